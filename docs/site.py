"""What MkDocs cannot read from files: pages of functions, findings and examples, reports, links out of docs/.

`mkdocs build --strict` writes the site to site/.
"""

import io
import os
import re
from pathlib import Path
from typing import Any

import jupytext
from latex2mathml.converter import convert
from matplotlib.backends.backend_svg import FigureCanvasSVG
from mkdocs.structure.files import File, Files

from slopes.catalog import card, find, page
from slopes.doctor import pages as findings
from slopes.doctor.checks import rules
from slopes.doctor.languages import LANGUAGES
from slopes.plot import figure
from slopes.trial import report
from slopes.trial.charts import charts
from slopes.trial.files import header
from slopes.trial.ledger import read

os.environ.setdefault("KERAS_BACKEND", "torch")  # of the findings' examples: torch is there for the trials
ROOT = Path(__file__).parents[1]
MEASURED = {"Accuracy": "accuracy.md", "Speed": "speed.md"}


def on_files(files: Files, config: Any) -> Files:
    """Add the pages made from the library, the examples, ledgers of trials and the project's own pages."""
    functions = find()
    rows = ["# Functions", "", "| name | kind | |", "|---|---|---|"]
    for function in functions:
        text = page(function, picture(files, config, function), measured(function.name))
        add(files, config, f"functions/{function.name}.md", text)
        known = card(function)
        rows.append(f"| [{known.name}]({known.name}.md) | {known.kind} | {known.summary} |")
    add(files, config, "functions/index.md", "\n".join(rows) + "\n")
    for language in LANGUAGES:
        folder = "findings" if language == "en" else f"{language}/findings"
        add(files, config, f"{folder}/index.md", findings.index(language))
        for rule in rules():
            add(files, config, f"{folder}/{rule.name}.md", findings.page(rule, language))
    for example in sorted((ROOT / "examples").glob("*.py")):
        text = f"# {example.name}\n\n```python\n{example.read_text()}```\n"
        add(files, config, f"examples/{example.stem}.md", text)
    for ledger in sorted((ROOT / "docs/reports").glob("*.sqlite")):
        trial = read(ledger)
        html = report.render(trial, charts(trial), header(trial))
        add(files, config, f"reports/{ledger.stem}.html", html)
    for tutorial in (ROOT / "docs").rglob("tutorial.md"):
        notebook = jupytext.writes(jupytext.reads(tutorial.read_text(), "md"), "ipynb")
        add(files, config, str(tutorial.relative_to(ROOT / "docs").with_suffix(".ipynb")), notebook)
    for name in ("CONTRIBUTING", "CHANGELOG"):
        add(files, config, f"{name.lower()}.md", (ROOT / f"{name}.md").read_text())
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Write TeX as MathML, and let links that leave docs/ lead to the pages made above."""
    markdown = re.sub(r"\$\$(.+?)\$\$", lambda m: convert(m[1], display="block"), markdown, flags=re.DOTALL)
    markdown = re.sub(r"\]\(\.\./examples/(\w+)\.py\)", r"](examples/\1.md)", markdown)
    return re.sub(r"\]\(docs/([\w.]+)\)", r"](\1)", markdown)


def add(files: Files, config: Any, path: str, content: str | bytes) -> None:
    """Add one file that is made and not read."""
    files.append(File.generated(config, path, content=content))


def picture(files: Files, config: Any, function: Any) -> str:
    """Draw a function with its derivatives; give the picture's address, or "" for one without a curve."""
    try:
        drawn = figure(function, derivatives=True, second=True)
    except (TypeError, ValueError):
        return ""
    FigureCanvasSVG(drawn)
    content = io.BytesIO()
    # Without the date the same function gives the same file.
    drawn.savefig(content, format="svg", metadata={"Date": None})
    add(files, config, f"functions/{function.name}.svg", content.getvalue())
    return f"{function.name}.svg"


def measured(name: str) -> dict[str, str]:
    """Give the rows of a function in the measured tables, each below its heads."""
    found = {}
    for title, file in MEASURED.items():
        sections = []
        head: list[str] = []
        lines = (ROOT / "docs" / file).read_text().splitlines()
        for before, line in zip(["", *lines], lines, strict=False):
            if line.startswith("|---"):
                head = [before, line]
            elif line.startswith((f"| {name} |", f"| {name}-")) and head:
                sections += [*head, line]
                head = []
            elif line.startswith((f"| {name} |", f"| {name}-")):
                sections.append(line)
            elif not line.startswith("|"):
                sections += [""] if sections and sections[-1] else []
        if sections:
            found[title] = "\n".join([*sections, "", f"How it was measured: [{title.lower()}](../{file})."])
    return found
