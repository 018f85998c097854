"""Run one suite and print its outcomes as JSON."""

import json
import sys
from dataclasses import asdict
from importlib import import_module

outcomes = import_module(f"tests.parity.suites.{sys.argv[1]}").run()
print(json.dumps([asdict(outcome) for outcome in outcomes], indent=1))
