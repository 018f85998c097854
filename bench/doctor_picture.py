"""Write docs/doctor.svg: what the doctor says of a program of nine lines.

python -m bench.doctor_picture
"""

import io
import re
import tempfile
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI

from slopes.cli.doctor import show
from slopes.doctor.script import run

OUT = Path(__file__).parents[1] / "docs" / "doctor.svg"
PROGRAM = """\
import torch

torch.manual_seed(0)
x, y = torch.randn(64, 20), torch.arange(64) % 10
model = torch.nn.Sequential(torch.nn.Linear(20, 10), torch.nn.Softmax(dim=1))
optimizer = torch.optim.Adam(model.parameters())
for _ in range(20):
    optimizer.zero_grad()
    torch.nn.functional.cross_entropy(model(x), y).backward()
    optimizer.step()
"""


def main():
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "train.py"
        script.write_text(PROGRAM, encoding="utf-8")
        case, _ = run(script, (), steps=20)
    findings = [replace(f, place=f.place._replace(file="train.py")) for f in case.findings()]
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, highlight=False)
    show(findings[:1], case.examined, console)
    # a dark window of its own is readable on light and on dark pages; fonts of other hosts are left out
    svg = console.export_svg(title="slopes doctor train.py", theme=MONOKAI, unique_id="doctor")
    OUT.write_text(re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL), encoding="utf-8")


if __name__ == "__main__":
    main()
