"""The page as files that any web host can serve."""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

from slopes.emit import javascript
from slopes.explorer import coefficients
from slopes.explorer.contents import contents

HERE = Path(__file__).parent
PLOTLY = "plotly.min.js"


def build(folder: Path) -> list[Path]:
    """Write the explorer as a static site.

    Parameters
    ----------
    folder : Path
        Where to; it is made if need be. Files of the same names are written over, others are left alone.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    ImportError
        If Plotly is not installed, whose script draws the curves.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     written = build(Path(folder))
    >>> sorted(path.name for path in written)[:2]
    ['app.js', 'catalog.json']
    """
    plotly = _plotly()
    sources = {f"static/{path.relative_to(HERE / 'static')}": path for path in _files("static")}
    sources |= {f"words/{path.name}": path for path in _files("words")}
    sources["static/" + PLOTLY] = plotly
    written = []
    for name, source in sources.items():
        target = folder / name.removeprefix("static/")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        written.append(target)
    made = {
        "functions.js": javascript.text(),
        "coefficients.js": coefficients.text(),
        "catalog.json": json.dumps(contents(), ensure_ascii=False, allow_nan=False),
    }
    for name, content in made.items():
        (folder / name).write_text(content, encoding="utf-8")
        written.append(folder / name)
    return written


def _files(room: str) -> list[Path]:
    return sorted(path for path in (HERE / room).rglob("*.*") if path.is_file())


def _plotly() -> Path:
    """The script that the Python package of Plotly brings with it."""
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise ImportError('plotly is not installed; pip install "slopes[explore]" installs it')
    return Path(spec.origin).parent / "package_data" / PLOTLY
