"""The code in the project's pages."""

import re
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[1]


def blocks(page, language):
    """The blocks of code of a page, a path from the project's folder."""
    found = re.findall(rf"^ *```{language}\n(.*?)^ *```", (ROOT / page).read_text(), re.DOTALL | re.MULTILINE)
    return [dedent(block) for block in found]
