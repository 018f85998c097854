"""Readers of translated sentences: gettext catalogues, tab-separated pairs, Moses parallel text."""

import struct
from importlib import metadata
from pathlib import Path

import polib  # type: ignore[import-untyped]

from slopes.trial.problems.fetch import SOURCES, fetch, known
from slopes.trial.problems.translation.pairs import LONGEST, Pair, Sentences

LANGUAGES = ("zh-CN", "fr-FR", "de-DE")
_PACK = "jupyterlab-language-pack-"


def language_pack(language: str = LANGUAGES[0], longest: int = LONGEST) -> Sentences:
    """Read the catalogues of an installed JupyterLab language pack, which is English and another language.

    Parameters
    ----------
    language : str
        The language and country of a pack, such as ``"zh-CN"``.
    longest : int
        Sources of more words are left out.

    Raises
    ------
    ValueError
        If that pack is not installed, or holds no catalogues.
    """
    package = _PACK + language
    try:
        files = metadata.distribution(package).files or []
    except (metadata.PackageNotFoundError, ValueError):
        raise ValueError(
            f"the catalogues of {language!r} are not installed; pip install {package} installs them "
            f"(packs that were tried: {', '.join(LANGUAGES)}), or give sentences of your own by --data"
        ) from None
    paths = sorted(Path(str(file.locate())) for file in files if file.suffix == ".mo")
    if not paths:
        raise ValueError(f"{package} is installed without catalogues (.mo); install it again")
    pairs = [pair for path in paths for pair in _catalogue(path)]
    return Sentences.split(f"jupyterlab-{language}", pairs, longest)


def read(source: str, target: Path | None = None, longest: int = LONGEST) -> Sentences:
    """Read sentences and their translations from files, or fetch a set that is known by name.

    Parameters
    ----------
    source : str
        A file, as `read_pairs` takes it, or the name of a set, such as ``tatoeba-cmn``, where no such file
        exists.
    target : Path, optional
        A file of translations; see `read_pairs`.
    longest : int
        Sources of more words are left out.

    Raises
    ------
    FileNotFoundError
        If the source is neither a file nor a name.
    ValueError
        If what is there cannot be read.
    OSError
        If a set cannot be fetched.
    """
    sets = known("translation")
    if Path(source).exists() or target is not None:
        return read_pairs(Path(source), target, longest)
    if source not in sets:
        raise FileNotFoundError(
            f"{source} is neither a file nor the name of a set; these are known: {', '.join(sets)}"
        )
    folder = fetch(source, "translation")
    pairs = [pair for file in SOURCES[source].files for pair in _tab_separated(folder / file)]
    return Sentences.split(source, pairs, longest)


def read_pairs(path: Path, target: Path | None = None, longest: int = LONGEST) -> Sentences:
    """Read sentences and their translations.

    Parameters
    ----------
    path : Path
        A gettext catalogue (``.po`` or ``.mo``), or lines of UTF-8 text: a source, a tab, its
        translation and anything behind another tab, as Tatoeba and Anki write them. With ``target``,
        lines that are sources.
    target : Path, optional
        Lines that are the translations of the lines of ``path``: Moses parallel text.
    longest : int
        Sources of more words are left out.

    Returns
    -------
    Sentences
        The pairs, split into training and test part by source.

    Raises
    ------
    FileNotFoundError
        If a file is missing.
    ValueError
        If a file is not what it must be, or too few pairs are usable.
    """
    for given in (path, target):
        if given is not None and not given.is_file():
            raise FileNotFoundError(f"{given} is not a file")
    if target is not None:
        pairs = _parallel(path, target)
    elif path.suffix in (".po", ".mo"):
        pairs = _catalogue(path)
    else:
        pairs = _tab_separated(path)
    return Sentences.split(path.stem, pairs, longest)


def _catalogue(path: Path) -> list[Pair]:
    """Read the translated messages of a catalogue, without plural ones.

    Which plural form is meant depends on a number that is not in the sentence.
    """
    read = polib.mofile if path.suffix == ".mo" else polib.pofile
    try:
        entries = read(str(path)).translated_entries()  # without fuzzy and obsolete ones
    except (OSError, ValueError, LookupError, struct.error) as error:
        raise ValueError(f"{path}: not a gettext catalogue, or a damaged one ({error})") from error
    return [(entry.msgid, entry.msgstr) for entry in entries if not entry.msgid_plural]


def _tab_separated(path: Path) -> list[Pair]:
    pairs = []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        fields = line.split("\t")
        if len(fields) < 2:
            raise ValueError(
                f"{path}: line {number} has no tab, {line[:40]!r}; a line is a sentence, a tab and its "
                "translation (the two files of parallel text are given by --data and --target)"
            )
        pairs.append((fields[0], fields[1]))
    return pairs


def _parallel(sources: Path, targets: Path) -> list[Pair]:
    left, right = _lines(sources), _lines(targets)
    if len(left) != len(right):
        raise ValueError(
            f"{sources} has {len(left)} lines and {targets} has {len(right)}; parallel text has as many "
            "lines in both"
        )
    return list(zip(left, right, strict=True))


def _lines(path: Path) -> list[str]:
    try:
        # Not splitlines: it also breaks at characters that stand inside sentences, such as U+2028.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from error
    return lines[:-1] if lines[-1] == "" else lines
