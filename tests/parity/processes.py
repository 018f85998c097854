"""Other processes: for Keras, which takes its backend from the environment, and JAX at single precision."""

import os
import subprocess
import sys
from pathlib import Path

import slopes

ROOT = Path(__file__).parents[2]


def printed(module: str, *arguments: str) -> str:
    """Return what `python -m module` prints, with the slopes that is imported here."""
    paths = [str(Path(slopes.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
