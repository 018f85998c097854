"""Real data sets by name: fetched once, checked against a pinned SHA-256, kept in the user's cache."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

#: Names the folder that sets are kept in, in place of the user's cache.
FOLDER_VARIABLE = "SLOPES_DATA"


@dataclass(frozen=True)
class Source:
    """A data set and where it lies.

    Attributes
    ----------
    kind : str
        The subcommand of ``slopes trial`` that reads it.
    licence : str
        Under which it may be used.
    mirrors : sequence of str
        Addresses that the names of the files are appended to, tried in order.
    files : mapping
        SHA-256 of each file, by name. An archive is unpacked.
    """

    kind: str
    licence: str
    mirrors: Sequence[str]
    files: Mapping[str, str]


SOURCES: dict[str, Source] = {
    "mnist": Source(
        "images",
        "CC BY-SA 3.0, Yann LeCun and Corinna Cortes",
        (
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ),
        {
            "train-images-idx3-ubyte.gz": "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            "train-labels-idx1-ubyte.gz": "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            "t10k-images-idx3-ubyte.gz": "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            "t10k-labels-idx1-ubyte.gz": "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        },
    ),
    "fashion-mnist": Source(
        "images",
        "MIT, Zalando SE",
        (
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        ),
        {
            "train-images-idx3-ubyte.gz": "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            "train-labels-idx1-ubyte.gz": "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            "t10k-images-idx3-ubyte.gz": "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            "t10k-labels-idx1-ubyte.gz": "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
        },
    ),
    # The packer's own address always holds the newest pairs, which no checksum can be pinned for;
    # this is the state of 2020-08-23, in a repository at a fixed commit.
    "tatoeba-cmn": Source(
        "translation",
        "CC BY 2.0 FR, tatoeba.org by manythings.org/anki; the third column names the authors",
        (
            "https://raw.githubusercontent.com/vvvLong/BiLSTM_Seq2Seq_with_Attention/"
            "25530967f38089e196df9cce92bf11c5ed187442/data/",
        ),
        {"cmn.txt": "ea9fff40aedc0f601d3267c2ca5dd6203972c6fd3fd777aa5b40d7dfb18a088d"},
    ),
    "librispeech-dev-clean": Source(
        "audio",
        "CC BY 4.0, Vassil Panayotov",
        ("https://www.openslr.org/resources/12/", "https://openslr.trmal.net/resources/12/"),
        {"dev-clean.tar.gz": "76f87d090650617fca0cac8f88b9416e0ebf80350acb97b343a85fa903728ab3"},
    ),
    "speech-commands-noise": Source(
        "audio",
        "CC BY 4.0, Google; the recorded noises of Speech Commands",
        (
            "https://raw.githubusercontent.com/chaeyoung-lee/wids_tutorial/"
            "7d028e7211c846244903eb59664087f1fb3e4c07/data/_background_noise_/",
        ),
        {
            "doing_the_dishes.wav": "0bd0e1871727560369c5bc59041713714e06e998fb2c75913c39eeba24f5f249",
            "dude_miaowing.wav": "1acd62f115d4c3f9daca9c5ec0c2e0c3e174a2a08be30200003a51de52b288ff",
            "exercise_bike.wav": "9a18c2a48248aa5000c27d86f8c7a1070474b9d2aa3b115ab50274de81bb291d",
            "running_tap.wav": "9df9e1144041d45e7c7a9294395ea507b68525e98446857508ecd8da035b10c2",
        },
    ),
}


def known(kind: str) -> list[str]:
    """Give the names of the sets of one kind."""
    return [name for name, source in SOURCES.items() if source.kind == kind]


def fetch(name: str, kind: str) -> Path:
    """Give the folder of a set, fetched if it is not there yet.

    Parameters
    ----------
    name : str
        Its name.
    kind : str
        The subcommand that wants it.

    Returns
    -------
    Path
        The folder, in the user's cache or in the one that SLOPES_DATA names.

    Raises
    ------
    ValueError
        If no set of that kind has the name.
    OSError
        If a file cannot be fetched, or is not the one that is pinned.
    """
    if name not in known(kind):
        raise ValueError(f"no set of {kind} is called {name!r}; these are known: {', '.join(known(kind))}")
    try:
        import pooch
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(f'fetching {name} needs pooch: pip install "slopes[trial]"') from error
    source = SOURCES[name]
    folder = Path(os.environ.get(FOLDER_VARIABLE) or pooch.os_cache("slopes")) / name
    for file, checksum in source.files.items():
        _fetch_file(name, folder, file, checksum, source.mirrors)
    return folder


def _fetch_file(name: str, folder: Path, file: str, checksum: str, mirrors: Sequence[str]) -> None:
    import pooch
    import requests

    causes = []
    for mirror in mirrors:
        try:
            pooch.retrieve(
                mirror + file,
                known_hash=f"sha256:{checksum}",
                fname=file,
                path=folder,
                processor=pooch.Untar(extract_dir=".") if file.endswith(".tar.gz") else None,
                progressbar=sys.stderr.isatty(),
            )
            return
        except requests.exceptions.RequestException as error:
            causes.append(f"{urlsplit(mirror).netloc}: {_short(error)}")
        except ValueError:  # how pooch says that the checksum differs
            causes.append(f"{urlsplit(mirror).netloc}: another file, its SHA-256 is not the pinned one")
    raise OSError(
        f"{name} cannot be fetched: {file} from {'; '.join(causes)}. Put the files of {mirrors[0]} into "
        f"{folder}, or give another path"
    )


def _short(error: Exception) -> str:
    import requests

    if isinstance(error, requests.exceptions.HTTPError):
        return str(error)
    if isinstance(error, requests.exceptions.Timeout):
        return "no answer in time"
    if isinstance(error, requests.exceptions.ConnectionError):
        return "no connection"
    return f"{type(error).__name__}: {error}"
