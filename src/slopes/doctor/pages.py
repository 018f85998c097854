"""The page about a rule, from the docstring of its check."""

import re
from doctest import DocTestParser, Example
from inspect import getdoc

from slopes.doctor.checks import Rule, rules
from slopes.doctor.languages import Language, Text, say
from slopes.doctor.report import SEVERITIES
from slopes.doctor.scene import Finding

#: a section of a docstring -> the heading of its page
HEADINGS = {
    "Number": Text("The number, and how to recompute it"),
    "Cure": Text("The cure"),
    "Silent": Text("When nothing is said"),
}


def sections(rule: Rule) -> dict[str, str]:
    """Return the paragraphs of a rule's docstring by section: "" is why it harms, "Examples" runs.

    Raises
    ------
    ValueError
        If a section is missing.
    """
    text = (getdoc(type(rule)) or "").partition("\n\n")[2]
    why, *rest = re.split(r"^(\w+)\n-+\n", text, flags=re.MULTILINE)
    bodies = {"": why, **dict(zip(rest[::2], rest[1::2], strict=True))}
    missing = [
        name or "why it harms" for name in ("", *HEADINGS, "Examples") if not bodies.get(name, "").strip()
    ]
    if missing:
        raise ValueError(f"the docstring of {rule.name} does not say {', '.join(missing)}")
    code = bodies.pop("Examples")
    return {**{name: " ".join(body.split()) for name, body in bodies.items()}, "Examples": code.strip()}


def found(rule: Rule) -> Finding:
    """Run the example of a rule; return the finding that it prints."""
    printed: list[Finding] = []
    names: dict[str, object] = {"print": printed.append}
    code = "".join(part.source for part in _parts(rule))
    exec(compile(code, f"the example of {rule.name}", "exec"), names)
    return printed[-1]


def example(rule: Rule, language: Language = "en") -> str:
    """Return the example of a rule with what it prints, the finding in a language."""
    finding, lines = found(rule).in_language(language), []
    for part in _parts(rule):
        first, *more = part.source.splitlines()
        said = part.want.rstrip()
        if first.startswith("print("):
            said = str(finding)
            first = first if language == "en" else f'{first[:-1]}.in_language("{language}"))'
        lines += [f">>> {first}", *(f"... {line}" for line in more)]
        lines += [said] if said else []
    return "\n".join(lines)


def _parts(rule: Rule) -> list[Example]:
    return DocTestParser().get_examples(sections(rule)["Examples"])


def page(rule: Rule, language: Language = "en") -> str:
    """Return a rule's page in Markdown; its example is run.

    Parameters
    ----------
    rule : Rule
        One of `slopes.doctor.checks.rules()`.
    language : {"en", "zh"}, default "en"
        The language of the texts; code, but for the choice of the language, and numbers are the same in each.

    Raises
    ------
    ValueError
        If the rule's docstring lacks a section.

    Examples
    --------
    >>> from slopes.doctor.checks import rules
    >>> print(page(rules()[0]).partition("##")[0])
    # R1 one-class (error)
    <BLANKLINE>
    Cross-entropy over a single unit is 0 whatever its input, so nothing learns.
    <BLANKLINE>
    The loss looks perfect from the first step on, every gradient is 0, and the weights never move.
    <BLANKLINE>
    """
    said = sections(rule)
    severity = SEVERITIES[rule.severity]
    parts = [
        "# "
        + say(
            Text("{code} {name} ({severity})", code=rule.code, name=rule.name, severity=severity), language
        ),
        say(rule.text, language),
        say(said[""], language),
    ]
    for name, heading in HEADINGS.items():
        parts += [f"## {say(heading, language)}", say(said[name], language)]
    parts += [
        f"## {say(Text('An example, and what the doctor says of it'), language)}",
        f"```pycon\n{example(rule, language)}\n```",
    ]
    return "\n\n".join(parts) + "\n"


def index(language: Language = "en") -> str:
    """Return the list of all rules in Markdown, which leads to their pages."""
    title = say(Text("What the doctor finds"), language)
    heads = [say(head, language) for head in (Text("code"), Text("name"), Text("what it says"))]
    rows = [heads, ["---"] * 3]
    rows += [[rule.code, f"[{rule.name}]({rule.name}.md)", say(rule.text, language)] for rule in rules()]
    return "\n".join([f"# {title}", "", *(f"| {' | '.join(row)} |" for row in rows), ""])
