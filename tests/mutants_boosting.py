"""Errors planted in boosting and in graphs on Dask arrays: file, old, new, functions, tests."""

OBJECTIVE = "tests/boosting/test_objective.py"
DASK = "tests/backends/test_dask.py"

BOOSTING = (
    ("src/slopes/boosting/start.py", "np.log(one / zero)", "np.log(zero / one)", "", OBJECTIVE),
    (
        "src/slopes/boosting/start.py",
        "wanted * (1 + 1e-12), side",
        "wanted * (1 - 1e-12), side",
        "",
        OBJECTIVE,
    ),
    ("src/slopes/boosting/curvature.py", "/ (2 * np.where(known", "/ (np.where(known", "", OBJECTIVE),
    ("src/slopes/boosting/curvature.py", "facts.lipschitz < inf", "False", "", OBJECTIVE),
    ("src/slopes/boosting/objective.py", "gradient * w, hessian * w", "gradient * w, hessian", "", OBJECTIVE),
    ("src/slopes/boosting/family.py", "mean * mean * second + slope", "mean * mean * second", "", OBJECTIVE),
    (
        "src/slopes/boosting/check.py",
        "moved[first] += STEP",
        "moved += STEP",
        "",
        "tests/boosting/test_check.py",
    ),
    ("src/slopes/backends/dask.py", "if x.numblocks[-1] > 1:", "if False:", "", DASK),
    ("src/slopes/backends/dask.py", "check(NUMPY, block, *rest", "(NUMPY, block, *rest", "", DASK),
)
