"""Errors in what runs and judges the peers' suites and names: file, old, new, functions, tests."""

JUDGEMENT = "tests/parity/test_suites.py -k judgement"
MEASURING = "tests/parity/test_names.py -k measured"
PAGE = "tests/parity/test_names.py -k page"
FINDING = "tests/parity/test_finding.py"

CONFORMANCE = (
    ("tests/parity/suites/judgement.py", "if passed < at_least:", "if passed < 0:", "", JUDGEMENT),
    ("tests/parity/suites/judgement.py", "if o.called and not o.error", "if not o.error", "", JUDGEMENT),
    ("tests/parity/suites/judgement.py", "o.case not in listed", "o.case in listed", "", JUDGEMENT),
    ("tests/parity/suites/judgement.py", "if not o.error and o.case", "if o.error and o.case", "", JUDGEMENT),
    ("tests/parity/suites/judgement.py", "- set(later)", "- set(here)", "", JUDGEMENT),
    ("tests/parity/measuring.py", "ratios[0], rtol=1e-5", "ratios[0], rtol=1e5", "", MEASURING),
    ("tests/parity/names.py", '{"negative_slope": 0.2}', '{"negative_slope": 0.25}', "", PAGE),
    ("tests/parity/names.py", '"optax.losses.l2_loss", "1/2"', '"optax.losses.l2_loss", "1"', "", PAGE),
    ("src/slopes/core/register.py", 'name.replace("_", "")', "name", "", FINDING),
    (
        "src/slopes/core/register.py",
        " or spellings.get(_spelling(name))",
        "",
        "",
        "tests/test_house.py -k spelling",
    ),
)
