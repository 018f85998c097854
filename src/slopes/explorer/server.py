"""A small web server for one folder on this machine."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"  #: reached from this machine only


class Server(ThreadingHTTPServer):
    """Serves a folder until it is shut down.

    Parameters
    ----------
    folder : Path
        What is served.
    port : int, default 0
        The port; 0 takes a free one.

    Raises
    ------
    OSError
        If the port is taken.

    Examples
    --------
    >>> with Server(Path(".")) as server:
    ...     print(server.address.startswith("http://127.0.0.1:"))
    True
    """

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0) -> None:
        super().__init__((HOST, port), partial(_Handler, directory=str(folder)))

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://{HOST}:{self.server_port}/"


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 - of the base class, which Windows' registry may override
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".json": "application/json",
        ".css": "text/css",
    }

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by the base class
        """Say nothing: the terminal belongs to the user."""
        del format, args
