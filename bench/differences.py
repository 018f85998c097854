"""The page of deliberate differences from other libraries, from the table that the parity tests measure.

python -m bench.differences > docs/differences.md
"""

from tests.parity.differences import DIFFERENCES

HEAD = """# Deliberate differences

Where a value, a derivative, a default or an error differs from another library on purpose, and why. Each
row is measured on both sides by a test in `tests/parity`. Made by `python -m bench.differences`.

| here | there | what | why |
|---|---|---|---|
"""


def page():
    rows = (
        f"| {', '.join(f'`{name}`' for name in d.ours)} | {d.library}: {d.theirs} | {d.what} | {d.why} |"
        for d in DIFFERENCES
    )
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(page(), end="")
