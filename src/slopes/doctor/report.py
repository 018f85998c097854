"""Findings as text, Markdown, JSON and SARIF, in the language that they are in."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from slopes.doctor.languages import Language, Text, say
from slopes.doctor.scene import Finding

LEVELS = {"error": "error", "warning": "warning", "information": "note"}
SCHEMA = 1  #: of the JSON; a field that goes or changes its meaning raises it
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
SEVERITIES = {"error": Text("error"), "warning": Text("warning"), "information": Text("information")}


def heading(finding: Finding) -> str:
    """Return the code, the name and the severity of a finding."""
    severity = SEVERITIES[finding.severity]
    return say(
        Text("{code} {name} ({severity})", code=finding.code, name=finding.name, severity=severity),
        finding.language,
    )


def lines(finding: Finding) -> list[str]:
    """Return what a finding has to say: evidence, cure, and what the cure does."""
    found = [
        Text("Evidence: {evidence}{share}.", evidence=finding.evidence, share=finding.share),
        Text("Cure: {cure}.", cure=finding.cure),
        *([Text("Tried: {tried}.", tried=finding.tried)] if finding.tried else []),
    ]
    return [say(text, finding.language) for text in found]


def more(finding: Finding) -> list[str]:
    """Return where more is said about its rule, if there is such a page."""
    return [say(Text("More: {url}", url=finding.url), finding.language)] if finding.url else []


def as_markdown(findings: Sequence[Finding], language: Language = "en") -> str:
    """Return the findings as Markdown, for people; the language is that of none at all."""
    if not findings:
        return say(Text("Nothing found."), language) + "\n"
    return "\n\n".join(_one(finding) for finding in findings) + "\n"


def _one(finding: Finding) -> str:
    parts = [
        f"## {heading(finding)}",
        "",
        f"`{finding.place}`",
        *(["", f"    {finding.place.code}"] if finding.place.code else []),
        "",
        finding.text,
        "",
        *(f"- {line}" for line in (*lines(finding), *more(finding))),
    ]
    return "\n".join(parts)


def as_json(findings: Sequence[Finding]) -> str:
    """Return the findings as JSON with a stable schema, for programs."""
    rows = [asdict(f) | {"place": f.place._asdict()} for f in findings]
    return json.dumps({"schema": SCHEMA, "findings": rows}, indent=2)


def as_sarif(findings: Sequence[Finding], version: str) -> str:
    """Return the findings as SARIF 2.1.0, for code hosts."""
    named = {f.name: f for f in findings}
    driver = {"name": "slopes doctor", "version": version, "rules": [_rule(f) for f in named.values()]}
    results = [_result(f) | {"ruleIndex": [*named].index(f.name)} for f in findings]
    runs = [{"tool": {"driver": driver}, "results": results}]
    return json.dumps({"version": "2.1.0", "$schema": SARIF, "runs": runs}, indent=2)


def _rule(finding: Finding) -> dict[str, Any]:
    about = {"id": finding.code, "name": finding.name, "shortDescription": {"text": finding.text}}
    return about | ({"helpUri": finding.url} if finding.url else {})


def _result(finding: Finding) -> dict[str, Any]:
    location = {
        "artifactLocation": {"uri": Path(finding.place.file).as_posix()},
        "region": {"startLine": finding.place.line},
    }
    return {
        "ruleId": finding.code,
        "level": LEVELS[finding.severity],
        "message": {"text": " ".join([finding.text, *lines(finding)])},
        "locations": [{"physicalLocation": location}],
        "properties": dict(finding.numbers),
    }
