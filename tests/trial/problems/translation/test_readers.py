"""The readers on files made here, on damaged ones, on an installed language pack and on Tatoeba."""

from collections.abc import Callable
from pathlib import Path

import polib  # type: ignore[import-untyped]
import pytest

from slopes.trial.problems.translation import Sentences, language_pack, read, read_pairs

NUMBERS = [(f"number {n}", f"{n} 号") for n in range(40)]
LINES = "".join(f"{a}\t{b}\tCC-BY\n" for a, b in NUMBERS)


def pairs_of(sentences: Sentences) -> set[tuple[str, str]]:
    return {*sentences.training, *sentences.test}


def catalogue() -> polib.POFile:
    result = polib.POFile(encoding="utf-8")
    result.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    result += [polib.POEntry(msgid=a, msgstr=b) for a, b in NUMBERS]
    result += [
        polib.POEntry(msgid="%d file", msgid_plural="%d files", msgstr_plural={0: "%d 个文件"}),
        polib.POEntry(msgid="guessed", msgstr="猜的", flags=["fuzzy"]),
        polib.POEntry(msgid="gone", msgstr="没了", obsolete=True),
        polib.POEntry(msgid="not yet", msgstr=""),
        polib.POEntry(msgid="Markdown", msgstr="Markdown"),
    ]
    return result


@pytest.mark.parametrize("suffix", ["po", "mo"])
def test_catalogues(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"zh.{suffix}"
    {"po": catalogue().save, "mo": catalogue().save_as_mofile}[suffix](str(path))
    sentences = read_pairs(path)
    assert sentences.name == "zh"
    assert pairs_of(sentences) == set(NUMBERS)


def test_tab_separated_pairs(tmp_path: Path) -> None:
    path = tmp_path / "cmn.txt"
    path.write_bytes(b"\xef\xbb\xbf" + LINES.replace("\n", "\r\n").encode() + b"\r\n")
    assert pairs_of(read_pairs(path)) == set(NUMBERS)


def test_parallel_text(tmp_path: Path) -> None:
    source, target = tmp_path / "text.en", tmp_path / "text.zh"
    source.write_text("\n".join(a for a, _ in NUMBERS), encoding="utf-8")
    # A line separator inside a sentence ends no line.
    target.write_text("\n".join(b.replace(" ", "\u2028") for _, b in NUMBERS) + "\n", encoding="utf-8")
    assert pairs_of(read_pairs(source, target)) == set(NUMBERS)


def test_only_short_sources_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "pairs"
    path.write_text(LINES + "one two three\t一二三\n", encoding="utf-8")
    assert pairs_of(read_pairs(path, longest=2)) == set(NUMBERS)
    assert len(pairs_of(read_pairs(path, longest=3))) == len(NUMBERS) + 1


@pytest.mark.parametrize(
    ("content", "suffix", "words"),
    [
        (b"", "txt", "0 of 0 pairs are usable"),
        (b"one\ttwo\n", "txt", r"1 of 1 pairs are usable .*; at least 20 are needed"),
        (b"Hi.\tHola.\n\nno tab here\n", "txt", "line 3 has no tab, 'no tab here'"),
        ("Grüße\tgreetings\n".encode("latin-1"), "txt", "not UTF-8 text .* at byte 2"),
        (b"no catalogue", "po", "not a gettext catalogue"),
        (b"no catalogue", "mo", "not a gettext catalogue"),
        (b"\xde\x12\x04\x95" + bytes(6), "mo", "not a gettext catalogue"),
        (b"", "mo", "not a gettext catalogue"),
    ],
)
def test_damaged_files(content: bytes, suffix: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / f"given.{suffix}"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=words) as caught:
        read_pairs(path)
    assert path.stem in str(caught.value)


def test_missing_files_and_parallel_text_of_two_lengths(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.po is not a file"):
        read_pairs(tmp_path / "nowhere.po")
    short, long = tmp_path / "short", tmp_path / "long"
    short.write_text("a\n")
    long.write_text("a\nb\n")
    with pytest.raises(FileNotFoundError, match="is not a file"):
        read_pairs(short, tmp_path)
    with pytest.raises(ValueError, match=r"short has 1 lines and .*long has 2"):
        read_pairs(short, long)


def test_a_language_pack_that_is_missing_says_what_to_install() -> None:
    with pytest.raises(ValueError, match="pip install jupyterlab-language-pack-xx-XX"):
        language_pack("xx-XX")
    with pytest.raises(ValueError, match="not installed"):
        language_pack("../zh")


def test_the_default_language_pack() -> None:
    sentences = language_pack()
    assert sentences.name == "jupyterlab-zh-CN"
    assert ("Redo", "重做") in pairs_of(sentences)
    assert len(sentences.training) > 1500
    assert len(sentences.test) > 150


@pytest.mark.parametrize("change", [reversed, lambda pairs: [*pairs, ("another", "另一个")]])
def test_a_split_depends_on_each_source_alone(change: Callable[..., list[tuple[str, str]]]) -> None:
    pairs = [(f"{word} {n}", f"{n}") for n in range(100) for word in ("Number", "number")]
    given, changed = Sentences.split("a", pairs), Sentences.split("a", change(pairs))
    assert set(given.test) == set(changed.test) - {("another", "另一个")}
    folded = [{source.casefold() for source, _ in part} for part in (given.training, given.test)]
    assert not folded[0] & folded[1]
    assert len(folded[0]) + len(folded[1]) == 100
    assert 4 <= len(folded[1]) <= 16


def test_the_search_never_sees_a_test_source() -> None:
    sentences = Sentences.split("a", NUMBERS)
    searched = sentences.for_search()
    assert pairs_of(searched) == set(sentences.training)
    assert set(searched.test) <= set(sentences.training)
    assert searched.checksum != sentences.checksum
    assert Sentences.split("b", reversed(NUMBERS)).checksum == sentences.checksum


def test_spaces_and_forms_of_characters_are_made_one() -> None:
    pairs = [*NUMBERS, ("  cafe\u0301\tau  lait ", "咖啡"), ("café au lait", "咖啡"), (" ", "x"), ("x", "")]
    sentences = Sentences.split("a", pairs)
    assert pairs_of(sentences) == {*NUMBERS, ("café au lait", "咖啡")}


def test_tatoeba(data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = data_folder / "tatoeba-cmn-eng" / "cmn.txt"
    sentences = read_pairs(file)
    (tmp_path / "tatoeba-cmn").mkdir()
    (tmp_path / "tatoeba-cmn" / "cmn.txt").symlink_to(file)
    monkeypatch.setenv("SLOPES_DATA", str(tmp_path))
    fetched = read("tatoeba-cmn")
    assert fetched.name == "tatoeba-cmn"
    assert fetched.checksum == sentences.checksum
    assert len(pairs_of(sentences)) == 19_003
    assert ("Hi.", "你好。") in pairs_of(sentences)
    assert max(len(source.split()) for source, _ in sentences.training) == 7
