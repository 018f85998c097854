"""Plant one error at a time, in a copy; a test must notice.

    python -m tests.mutants            # all of them
    python -m tests.mutants silu       # those whose file or text contains a word

Prints who noticed each error; exits with 1 if one survives, which is a bug in the tests.
"""

import multiprocessing
import os
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.mutants_arrays import ARRAYS
from tests.mutants_audio import AUDIO
from tests.mutants_boosting import BOOSTING
from tests.mutants_calls import CALLS
from tests.mutants_classification import CLASSIFICATION
from tests.mutants_conformance import CONFORMANCE
from tests.mutants_frameworks import FRAMEWORKS
from tests.mutants_of_activations import ERRORS
from tests.mutants_pointwise import POINTWISE
from tests.mutants_running import RUNNING
from tests.mutants_static import STATIC
from tests.mutants_tables import TABLES
from tests.mutants_torch import TORCH
from tests.mutants_translation import TRANSLATION
from tests.mutants_verdicts import CONCLUDING

ROOT = Path(__file__).parents[1]
FORKS = multiprocessing.get_context("forkserver")
FIRST = ("formula", "derivatives", "array_losses", "facts", "edges")  #: laws that notice most, and soon
FILES = {path.stem.removeprefix("test_"): path for path in sorted((ROOT / "tests/laws").glob("test_*.py"))}
LAWS = " ".join(str(FILES[name].relative_to(ROOT)) for name in dict.fromkeys((*FIRST, *FILES)))
NOT_EDITABLE = """
import sys
sys.meta_path[:] = [f for f in sys.meta_path if "_editable" not in type(f).__module__]
"""
KERNELS = find_spec("slopes._kernels")
PRELOADED = ("numpy", "mpmath", "torch", "pytest")  #: imported once, before the processes that test part


@dataclass(frozen=True)
class Mutant:
    """One planted error: in `file`, `old` becomes `new`; `functions` and `tests` say who must notice."""

    file: str
    old: str
    new: str
    functions: str = ""
    tests: str = ""


def definition(file: str, *changes: tuple[str, str]) -> list[Mutant]:
    """Errors in one definition, to be noticed by the laws for it."""
    name = file.rpartition("/")[2]
    return [Mutant(f"src/slopes/{file}.py", old, new, name) for old, new in changes]


def defaults(*changes: tuple[str, str, str]) -> list[Mutant]:
    """Changed defaults, which only parity with other libraries can see."""
    return [
        Mutant(f"src/slopes/{file}.py", old, new, file.rpartition("/")[2], "tests/parity")
        for file, old, new in changes
    ]


def elsewhere(file: str, *changes: tuple[str, str], functions: str = "", tests: str = "") -> list[Mutant]:
    """Errors in what definitions rest on, or in the laws' own helpers."""
    return [Mutant(file, old, new, functions, tests) for old, new in changes]


MUTANTS = [
    *(Mutant(*fields) for fields in CLASSIFICATION),
    *(mutant for file, *changes in POINTWISE for mutant in definition(file, *changes)),
    *definition(
        "activations/silu",
        ("m.sigmoid_times(1 + m.sigmoid_times(u, -u), u)", "m.sigmoid_times(1 + m.sigmoid_times(u, u), u)"),
        ("bend = 2 - u", "bend = 2 + u"),
        ("m.sigmoid_times(x * x, u)", "m.sigmoid_times(x, u)"),
        ("-0.2784645427610738", "-0.2784645437610738"),
        ("1.0998393201288669", "1.0998393194516424"),
        ("(0, inf) if self.beta", "(-inf, inf) if self.beta"),
        ("m.sigmoid_times(x, m.times(self.beta, x))", "x * m.sigmoid(m.times(self.beta, x))"),
    ),
    *definition(
        "activations/sigmoid",
        ("m.sigmoid(x) * m.sigmoid(-x)  #", "m.sigmoid(x) * (1 - m.sigmoid(x))  #"),
        ("(-m.tanh(0.5 * x))", "m.tanh(0.5 * x)"),
        ("lipschitz=0.25", "lipschitz=0.26"),
        ("monotone=True, ", ""),
    ),
    *definition(
        "activations/tanh",
        ("m.sigmoid_times(m.sigmoid_times(4.0, 2 * x), -2 * x)", "1 - m.tanh(x) * m.tanh(x)"),
        ("-8.0", "-4.0"),
        ('parity="odd"', 'parity="even"'),
    ),
    *definition(
        "activations/relu", ("m.step(x)", "1 - m.step(-x)"), ("return m.fill(x, 0.0)", "return 0 * x")
    ),
    *definition("activations/leaky_relu", ("convex=True,", ""), ("1.0 - m.step(x)", "m.step(-x)")),
    *definition("activations/prelu", ("m.minimum(x, 0.0)", "m.maximum(x, 0.0)")),
    *definition(
        "activations/gelu",
        ("+ m.normal_times(x, x)", "- m.normal_times(x, x)"),
        ("2 - x * x", "1 - x * x"),
        ("limits=(0, inf)", "limits=(0, 1)"),
    ),
    *definition(
        "activations/gelu_tanh",
        ("0.044715\n", "0.044716\n"),
        ("3 * CUBIC * x * x)  # x u'", "CUBIC * x * x)  # x u'"),
    ),
    *definition("activations/softplus", ("m.maximum(x, 0.0) + ", ""), (") / self.beta", ")")),
    *definition(
        "activations/log_sigmoid", ("m.minimum(x, 0.0) - m.log1p(m.exp(-m.abs(x)))", "m.log(m.sigmoid(x))")
    ),
    *definition(
        "activations/softmax",
        ("others / (1 + others), m.log1p", "1 - e / (1 + others), m.log1p"),
        ("m.exp_difference(x, m.row_max(x))", "m.exp(x)"),
        ("s.p * (product - m.row_sum(s.p * product))", "s.p * product"),
        ('shift="invariant"', 'shift="equivariant"'),
    ),
    *definition(
        "activations/log_softmax",
        ("cotangent * s.rest - s.p * others", "cotangent - s.p * total"),
        ("- s.log_norm", "+ s.log_norm"),
    ),
    *definition("activations/maxout", ("/ m.row_sum(largest)", ""), ("convex=True", "convex=False")),
    *definition("losses/mse", ("return 2 * r", "return r"), ("m.fill(r, 2.0)", "m.fill(r, 1.0)")),
    *definition("losses/mae", ("m.sign(r)", "2 * m.step(r) - 1"), ("breaks=(0.0,)", "breaks=()")),
    *definition(
        "losses/huber",
        ("(r - 0.5 * q)", "(r - q)"),
        ("m.maximum(m.minimum(r, self.delta), -self.delta)", "m.minimum(r, self.delta)"),
        ("m.step(self.delta - m.abs(r))", "m.step(self.delta - r)"),
        ("breaks=(-d, d)", "breaks=(d,)"),
        ("smooth=1", "smooth=2"),
        ("lipschitz=d", "lipschitz=1"),
        ("delta * (abs(r) - delta / 2)", "delta * abs(r) - delta**3 / 2"),
    ),
    *definition("losses/quantile", ("m.less(0.0, r), 1 - self.level", "m.less(0.0, r), self.level")),
    *definition("losses/hinge", ("-m.step(1 - z)", "m.step(1 - z)"), ("limits=(inf, 0)", "limits=(0, inf)")),
    *definition(
        "losses/binary_cross_entropy",
        ("m.log1p(-p))", "m.log(1 - p))"),
        ("m.where(m.equal(t, 0.0), 1 / (1 - p),", "m.where(m.equal(t, 0.5), 1 / (1 - p),"),
        ("m.times(t, 1 / (p * p))", "t * (1 / (p * p))"),
    ),
    *definition(
        "losses/binary_cross_entropy_with_logits",
        ("zero - small", "both * m.sigmoid(z) - one"),
        ("m.times(wrong, m.abs(z))", "wrong * m.abs(z)"),
        ("(heavier - z)", "(heavier + z)"),
    ),
    *definition(
        "losses/cross_entropy",
        ("others - s.rest * total", "s.p * total - q"),
        ("m.where(s.top, s.rest, 1 - s.p)", "(1 - s.p)"),
        ("m.row_sum(m.times(q, ", "m.row_sum((q * "),
    ),
    *definition("losses/nll", ("m.times(q, -x)", "q * -x")),
    *defaults(
        ("losses/huber", "parameter(1.0", "parameter(2.0"),
        ("losses/quantile", "parameter(0.5", "parameter(0.25"),
        ("activations/leaky_relu", "0.01, ", "0.02, "),
        ("activations/softplus", "parameter(1.0", "parameter(2.0"),
        ("losses/cross_entropy", '        0.0, "share', '        0.1, "share'),
    ),
    *elsewhere(
        "src/slopes/core/op.py",
        ("result = factor * result if weight else result", "result = result"),
        ("m.where(keep, result, 0.0) if mask else result", "result"),
        ("m.where(keep, a, s) for a, s", "a for a, s"),
        ("return cotangent * call", "return call"),
        functions="mse",
    ),
    *elsewhere(
        "src/slopes/core/curves.py",
        ('down = Op(minus("second_derivative"))', 'down = Op(plus("second_derivative"))'),
        functions="mse",
    ),
    *elsewhere(
        "src/slopes/core/curves.py",
        ("t * t * second", "t * second"),
        ("p * first(m", "t * first(m"),
        functions="hinge",
    ),
    *elsewhere(
        "src/slopes/core/rows.py",
        ("share / m.row_sum(m.fill(x, 1.0))", "share"),
        ("(1 - self.loss.smoothing) * loss.mass_gradient", "loss.mass_gradient"),
        functions="cross_entropy",
        tests="tests/laws tests/api/test_targets.py tests/api/test_torch_gradients.py",
    ),
    *elsewhere(
        "src/slopes/backends/numpy_math.py",
        ("tail = a > TAIL", "tail = a > 10 * TAIL"),
        ("e + e * error", "e - e * error"),
        ("(1 - 0.5 * error)", "(1 + 0.5 * error)"),
        ("np.where(np.isnan(x), x, constant)", "np.full_like(x, constant)"),
        ("np.where(np.equal(x, 0) & np.isinf(y), 0.0, x * y)", "x * y"),
        ("np.where(x < 0, z, 1.0) / (1 + z)", "1 / (1 + np.exp(-x))"),
    ),
    *elsewhere(
        "src/slopes/backends/numpy.py", ("dtype=np.longdouble)\n    return", "dtype=np.float16)\n    return")
    ),
    *elsewhere("src/slopes/backends/mills.py", ("0.0005448989960971598", "0.000544898996"), functions="gelu"),
    *elsewhere(
        "src/slopes/backends/torch_math.py",
        ("return torch.ceil(torch.clamp(x, 0, 1))", "return (x >= 0).to(x.dtype)"),
        ("return cls._growing(x, z) / (1 + z)", "return torch.sigmoid(x)"),
        functions="relu,sigmoid,softplus",
        tests="tests/laws/test_torch.py tests/api",
    ),
    *elsewhere(
        "src/slopes/backends/torch_kernels.py",
        ("return a.float() if a.dtype in", "return a if a.dtype in"),
        functions="relu,sigmoid,softplus",
        tests="tests/laws/test_torch.py tests/api",
    ),
    *elsewhere(
        "src/slopes/api/loss.py",
        ("backend.where(keep, weight, 0.0)", "weight"),
        (
            "return divisor_of_mean(backend, name, backend.count(keep))",
            "return divisor_of_mean(backend, name, keep.size)",
        ),
        functions="mse,cross_entropy",
    ),
    *elsewhere("src/slopes/api/row_loss.py", ("backend.widen(weight) * carried", "carried"), functions="nll"),
    *elsewhere(
        "src/slopes/api/row_shortcut.py",
        ("parameters or not options.default or", "not options.default or"),
        ("all(other is None for other in others)", "True"),
        ("axis == -1 and", ""),
        functions="cross_entropy",
        tests="tests/api/test_targets.py tests/api/test_losses.py tests/kernels/test_rows.py",
    ),
    *elsewhere(
        "src/slopes/api/linear_cross_entropy.py",
        ("if rows.start == 0:", "if True:"),
        ("of_hidden /= self.divisor", "of_hidden /= 1"),
        ("part += bias[0]", "part += 0"),
        functions="cross_entropy",
        tests="tests/api/test_linear_cross_entropy.py",
    ),
    *elsewhere(
        "src/slopes/emit/tape.py",
        ("key = (word, *", "key = (*"),
        ("for inner in operand.operands:", "for inner in operand.operands[1:]:"),
        functions="mish,huber",
    ),
    *elsewhere(
        "src/slopes/emit/formula.py",
        ('own + (word in "-/")', "own"),
        ('f"-{self._show(operands[0], NEGATIVE)}"', 'f"{self._show(operands[0], NEGATIVE)}"'),
        functions="mish,huber",
    ),
    *elsewhere(
        "tests/laws/reference.py",
        ("return all(mp.almosteq(", "return any(mp.almosteq("),
        ("mp.mpf(tolerance), mp.mpf(tolerance)", "mp.mpf(1), mp.mpf(1)"),
        ("/ (2 * h)", "/ h"),
        ("/ spacing(want, dtype))", "/ spacing(want, np.float16))"),
        ('return 0.0 if overflow and mp.sign(want) == np.sign(float(got)) else float("inf")', "return 0.0"),
        ("mp.mp.dps = 50", "mp.mp.dps = 15"),
        ('mp.mpf("0.37")) / 8', 'mp.mpf("0.00")) / 8'),
        functions="identity",
    ),
    *elsewhere(
        "tests/laws/test_facts.py",
        ("if ends[0] * ends[1] < 0:", "if ends[0] * ends[1] > 1e9:"),
        ("return got * mp.sign(claimed) > 25", "return True"),
        ('mp.mpf("1e-13") * max', 'mp.mpf("1e-2") * max'),
        functions="identity",
    ),
    *elsewhere(
        "tests/laws/test_accuracy.py",
        ("generator.uniform(-760, 760, 150)", "generator.uniform(-7, 7, 150)"),
        ("function(a) * function(b) < 0 and", "function(a) * function(b) < 9 and"),
        functions="identity",
    ),
    *(Mutant(f"src/slopes/{file}", old, new, functions) for file, old, new, functions in ERRORS),
]
OTHERS = (*CONFORMANCE, *ARRAYS, *CALLS, *TORCH, *FRAMEWORKS, *BOOSTING, *STATIC)
OF_TRIALS = (*RUNNING, *CONCLUDING, *AUDIO, *TABLES, *TRANSLATION)
MUTANTS += [Mutant(*row) for row in (*OTHERS, *OF_TRIALS)]


def survivors(mutant: Mutant) -> tuple[Mutant, str]:
    """Run the tests on a copy with one error; return the first test that failed, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for part in ("src", "tests", "bench", "docs", "pyproject.toml"):
            source = ROOT / part  # files compiled by Python come along: all but the changed one are valid
            if source.is_dir():
                shutil.copytree(source, Path(folder) / part, ignore=shutil.ignore_patterns("_kernels*.so"))
            else:
                shutil.copy(source, folder)
        # kernels would hide an error of a definition; what calls them needs them
        if "tests/kernels" in mutant.tests and KERNELS is not None:
            shutil.copy(str(KERNELS.origin), Path(folder) / "src/slopes")
        file = Path(folder) / mutant.file
        text = file.read_text()
        if text.count(mutant.old) == 0:
            return mutant, "STALE: the text to change is not there"
        file.write_text(text.replace(mutant.old, mutant.new, 1))
        only = [f"--functions={mutant.functions}"] if mutant.functions else []
        # the laws, unless others must notice; in their own order for all functions at once
        tests = mutant.tests or (LAWS if only else "tests/laws")
        status, printed = outcome_of(folder, ["-x", *only, *tests.split()])
        failed = [line for line in printed.splitlines() if line.startswith(("FAILED", "ERROR"))]
        if status == 0:
            return mutant, ""
        if status < 0:
            return mutant, f"STALE: the tests were ended by signal {-status}"
        return mutant, failed[0].split(" - ")[0] if failed else "the tests could not be collected"


def outcome_of(folder: str, arguments: list[str]) -> tuple[int, str]:
    """Run pytest in a copy of the project; return its exit status and what it printed."""
    process = FORKS.Process(target=_run, args=(folder, arguments))
    process.start()
    process.join()
    return process.exitcode or 0, (Path(folder) / "printed").read_text()


def _run(folder: str, arguments: list[str]) -> None:
    import pytest

    os.chdir(folder)
    with Path("printed").open("w") as printed:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(printed.fileno(), stream.fileno())
    # neither an editable install of the original nor what this process knows of it must come before the copy,
    # here and in the processes that tests start
    Path("sitecustomize.py").write_text(NOT_EDITABLE)
    os.environ["PYTHONPATH"] = os.pathsep.join((folder, str(Path(folder) / "src")))
    exec(NOT_EDITABLE)
    for name in [n for n in sys.modules if n.partition(".")[0] in ("tests", "slopes")]:
        del sys.modules[name]
    sys.path[:0] = [str(Path(folder) / "src"), folder]
    options = ["-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist"]
    sys.exit(pytest.main([*options, *arguments]))


def main(words: list[str]) -> int:
    """Try every mutant, or those that contain one of the words."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # as in conftest.py, which comes after torch here
    FORKS.set_forkserver_preload([*PRELOADED])
    chosen = [m for m in MUTANTS if not words or any(w in m.file + m.old + m.new for w in words)]
    escaped = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for mutant, noticed in pool.map(survivors, chosen):
            escaped += noticed == "" or noticed.startswith("STALE")
            print(f"{noticed or 'SURVIVED'}: {mutant.file}: {mutant.old!r} -> {mutant.new!r}", flush=True)
    print(f"{len(chosen) - escaped} of {len(chosen)} planted errors noticed")
    return 1 if escaped or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
