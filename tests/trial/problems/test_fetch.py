"""Sets by name, from a server of this test; the network is never asked."""

import functools
import hashlib
import http.server
import io
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from slopes.trial.problems import fetch as room
from slopes.trial.problems.fetch import SOURCES, Source, fetch, known

CONTENT = {"a.txt": b"first file", "b.txt": b"second file"}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[str, Path, list[str]]]:
    """Give the address of a server, the folder that it serves and the paths that were asked for."""
    folder = tmp_path / "served"
    folder.mkdir()
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder))
    )
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", folder, server.asked  # type: ignore[attr-defined]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(room.FOLDER_VARIABLE, str(tmp_path / "cache"))


def register(monkeypatch: pytest.MonkeyPatch, *mirrors: str, files: dict[str, bytes] = CONTENT) -> None:
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    monkeypatch.setattr(room, "SOURCES", {"made": Source("images", "none", mirrors, sums)})


def test_files_are_fetched_once(
    served: tuple[str, Path, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address, folder, asked = served
    for name, content in CONTENT.items():
        (folder / name).write_bytes(content)
    register(monkeypatch, address)
    for _ in range(2):
        assert fetch("made", "images") == tmp_path / "cache" / "made"
    assert {path.name: path.read_bytes() for path in (tmp_path / "cache" / "made").iterdir()} == CONTENT
    assert sorted(asked) == ["/a.txt", "/b.txt"]
    (tmp_path / "cache" / "made" / "a.txt").write_bytes(b"damaged")
    fetch("made", "images")
    assert len(asked) == 3


def test_the_next_mirror_is_asked_and_archives_are_unpacked(
    served: tuple[str, Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, folder, _ = served
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        entry = tarfile.TarInfo("speech/one.wav")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"RIFF"))
    (folder / "all.tar.gz").write_bytes(packed.getvalue())
    register(monkeypatch, f"{address}nothing/", address, files={"all.tar.gz": packed.getvalue()})
    assert (fetch("made", "images") / "speech" / "one.wav").read_bytes() == b"RIFF"


def test_another_file_is_refused(
    served: tuple[str, Path, list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address, folder, _ = served
    (folder / "a.txt").write_bytes(b"another file")
    register(monkeypatch, address, files={"a.txt": CONTENT["a.txt"]})
    with pytest.raises(OSError, match=r"a\.txt from 127\.0\.0\.1:\d+: another file, its SHA-256 is not"):
        fetch("made", "images")
    assert not (tmp_path / "cache" / "made" / "a.txt").exists()


def test_without_a_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    register(monkeypatch, "http://127.0.0.1:9/")  # the port to discard to; nobody listens
    with pytest.raises(
        OSError, match=r"made cannot be fetched: a\.txt from 127\.0\.0\.1:9: no connection"
    ) as error:
        fetch("made", "images")
    assert str(tmp_path / "cache" / "made") in str(error.value)


def test_unknown_names() -> None:
    with pytest.raises(ValueError, match="no set of audio is called 'mnist'; these are known: librispeech"):
        fetch("mnist", "audio")
    assert known("images") == ["mnist", "fashion-mnist"]


def test_what_is_pinned() -> None:
    for name, source in SOURCES.items():
        assert source.kind in {"images", "translation", "audio"}
        assert source.licence
        assert all(mirror.startswith("http") and mirror.endswith("/") for mirror in source.mirrors), name
        assert all(len(bytes.fromhex(checksum)) == 32 for checksum in source.files.values()), name


def test_pinned_files_are_those_of_the_test_data(data_folder: Path) -> None:
    for set_name, folder in (
        ("tatoeba-cmn", "tatoeba-cmn-eng"),
        ("speech-commands-noise", "speechcommands-noise"),
    ):
        for name, checksum in SOURCES[set_name].files.items():
            assert hashlib.sha256((data_folder / folder / name).read_bytes()).hexdigest() == checksum
