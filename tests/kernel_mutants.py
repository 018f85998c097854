"""Plant one error at a time in a copy of the kernels' vocabulary; the C++ test programs must notice.

    python -m tests.kernel_mutants            # all of them, in about a minute
    python -m tests.kernel_mutants circular   # those whose file or text contains a word

Only the programs of `cpp/tests` are compiled, not the Python module. The untouched copy has to pass first.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLAGS = ("-std=gnu++20", "-O1", "-march=native", "-fopenmp-simd", "-fno-math-errno", "-fno-trapping-math")
EDGES, FULL, NARROW = ("edges",), ("accuracy", "full", "20000"), ("accuracy", "narrow", "49999")
CALM: Sequence[tuple[str, ...]] = (EDGES, FULL, NARROW)  #: what the untouched vocabulary must pass
MUTANTS = (
    # file, what becomes what, and the program that must notice
    ("arithmetic.h", "select(limit < x, limit, x)", "select(!(limit >= x), limit, x)", EDGES),  # NaN
    ("arithmetic.h", "r * (remainder(1.0, r, d.high) - r * d.low)", "0.0", FULL),  # a low word
    (
        "circular.h",
        "square * polynomial(c, square) - r * low)",
        "square * polynomial(c, square) + r * low)",
        FULL,
    ),
    ("circular.h", "collect(sum, low, product_error(d, c[2], r));", "", EDGES),
    ("circular.h", "select(far, 0x1.1a62633145c07p-54, ", "select(far, 0x1.1a62633145c07p-53, ", FULL),
    ("circular.h", "0x1p266, 0x1p-212", "0x1p246, 0x1p-212", FULL),
    ("exponential.h", "0x1.6c16c16c14a51p-10", "0x1.6c16c17c14a51p-10", FULL),
    ("exponential.h", "0x1.110e6cd930bc8p-7", "0x1.111e6cd930bc8p-7", NARROW),
    ("exponential.h", "const bool tail = x < -600.0", "const bool tail = x < -720.0", FULL),
    ("exponential.h", "denominator.low += numerator.low;", "", FULL),
    ("exponential.h", "quotient * (d.low + e.m.low * down)", "quotient * d.low", FULL),
    ("logarithm.h", "(parts.m - 1.0) + error * down", "parts.m - 1.0", NARROW),
    ("logarithm.h", "low * (1.0 - 2.0 * (s - t))", "-low", FULL),
    ("logarithm.h", "select(x == 0, -infinity, nan)", "select(x == 0, -infinity, x)", EDGES),
    ("math.h", "return x < y || __builtin_isnan(y) ? y : x;", "return x < y ? y : x;", EDGES),
    ("normal.h", "Full{}, 0.5 * error)", "Full{}, 0.0)", FULL),
    ("normal_tail.h", "const bool far = a > 40.0;", "const bool far = a > 30.0;", FULL),
    ("power.h", "factor.low += 0x1.5555555555555p-55;", "", FULL),
    ("power.h", "(p > 0) == (x > 0)", "(p > 0) == (x < 0)", EDGES),
    ("roots.h", "larger > 0x1p500", "larger > 0x1p520", FULL),
    ("two_over_pi.h", "0x1.8135a2fbf209cp-1", "0x1.8135a2fbe209cp-1", FULL),
)


def run(folder: Path, program: tuple[str, ...]) -> str:
    """Compile and run a test program of a copy; return what it noticed, or nothing."""
    name, *arguments = program
    source, target = folder / "cpp" / "tests" / f"{name}.cc", folder / name
    libraries = ["-lquadmath"] if name == "accuracy" else []
    compiler = os.environ.get("CXX", "c++")
    subprocess.run([compiler, *FLAGS, source, "-o", target, *libraries], check=True)
    result = subprocess.run([target, *arguments], capture_output=True, text=True, check=False)
    if result.returncode < 0:
        return f"ended by signal {-result.returncode}"
    lines = result.stdout.splitlines()
    noticed = [line for line in lines if "expected" in line or "TOO FAR OFF" in line]
    return (noticed or ["failed"])[0].strip() if result.returncode else ""


def copy(folder: str) -> Path:
    shutil.copytree(ROOT / "cpp", Path(folder) / "cpp")
    return Path(folder)


def noticed(mutant: tuple[str, str, str, tuple[str, ...]]) -> str:
    """Return what a program said of a copy with one error; nothing if it survived."""
    file, old, new, program = mutant
    with tempfile.TemporaryDirectory() as folder:
        header = copy(folder) / "cpp" / file
        text = header.read_text()
        if old not in text:
            return "STALE: the text to change is not there"
        header.write_text(text.replace(old, new, 1))
        return run(Path(folder), program)


def main(words: list[str]) -> int:
    """Try every mutant, or those that contain one of the words."""
    chosen = [m for m in MUTANTS if not words or any(w in " ".join(m[:3]) for w in words)]
    with tempfile.TemporaryDirectory() as folder:
        untouched = copy(folder)
        for program in CALM:
            if complaint := run(untouched, program):
                print(f"the untouched vocabulary fails {' '.join(program)}: {complaint}")
                return 1
    escaped = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for mutant, said in zip(chosen, pool.map(noticed, chosen), strict=True):
            escaped += said == "" or said.startswith("STALE")
            print(f"{said or 'SURVIVED'}\n    cpp/{mutant[0]}: {mutant[1]!r} -> {mutant[2]!r}", flush=True)
    print(f"{len(chosen) - escaped} of {len(chosen)} planted errors noticed")
    return 1 if escaped or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
