"""Findings as text, Markdown, JSON and SARIF."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from slopes.doctor.scene import Finding

LEVELS = {"error": "error", "warning": "warning", "information": "note"}
SCHEMA = 1  #: of the JSON; a field that goes or changes its meaning raises it
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def as_markdown(findings: Sequence[Finding]) -> str:
    """Return the findings as Markdown, for people."""
    return "\n\n".join(_one(finding) for finding in findings) + "\n" if findings else "Nothing found.\n"


def _one(finding: Finding) -> str:
    lines = [
        f"## {finding.code} {finding.name} ({finding.severity})",
        "",
        f"`{finding.place}`",
        *(["", f"    {finding.place.code}"] if finding.place.code else []),
        "",
        finding.text,
        "",
        f"- Evidence: {finding.evidence}{finding.share}.",
        f"- Cure: {finding.cure}.",
        *([f"- Tried: {finding.tried}."] if finding.tried else []),
    ]
    return "\n".join(lines)


def as_json(findings: Sequence[Finding]) -> str:
    """Return the findings as JSON with a stable schema, for programs."""
    rows = [asdict(f) | {"place": f.place._asdict()} for f in findings]
    return json.dumps({"schema": SCHEMA, "findings": rows}, indent=2)


def as_sarif(findings: Sequence[Finding], version: str) -> str:
    """Return the findings as SARIF 2.1.0, for code hosts."""
    rules = {f.name: {"id": f.code, "name": f.name, "shortDescription": {"text": f.text}} for f in findings}
    run = {
        "tool": {"driver": {"name": "slopes doctor", "version": version, "rules": [*rules.values()]}},
        "results": [_result(f) for f in findings],
    }
    return json.dumps({"version": "2.1.0", "$schema": SARIF, "runs": [run]}, indent=2)


def _result(finding: Finding) -> dict[str, Any]:
    location = {
        "artifactLocation": {"uri": Path(finding.place.file).as_posix()},
        "region": {"startLine": finding.place.line},
    }
    tried = f" Tried: {finding.tried}." if finding.tried else ""
    return {
        "ruleId": finding.code,
        "level": LEVELS[finding.severity],
        "message": {"text": f"{finding.text} Evidence: {finding.evidence}. Cure: {finding.cure}.{tried}"},
        "locations": [{"physicalLocation": location}],
        "properties": dict(finding.numbers),
    }
