"""The explorer: a page in the browser, whose every number comes from the library."""

from slopes.explorer.server import Server
from slopes.explorer.site import build

__all__ = ["Server", "build"]
