"""Errors planted in how a trial runs: file, old, new, functions, tests."""

ROOM = "src/slopes/trial/"
LEDGER = "tests/trial/test_ledger.py"
BUDGET = "tests/trial/test_budget.py"

RUNNING = (
    (ROOM + "ledger.py", "if held[name] != asked[name]:", "if False:", "", LEDGER),
    (ROOM + "ledger.py", "        lock.acquire(timeout=0)\n", "        pass\n", "", LEDGER),
    (ROOM + "ledger.py", 'runs[_plan(record)] for record in facts["plans"]', "runs.values()", "", LEDGER),
    (ROOM + "experiment.py", "plan for plan in plans if plan not in ended", "plans", "", LEDGER),
    (ROOM + "execution_processes.py", "target=watch, daemon", "daemon", "", LEDGER),
    (ROOM + "execution_processes.py", "(self._name,)", '("",)', "", "tests/trial/problems/test_own.py"),
    (ROOM + "budget.py", "len(design.seeds) * len(design.fractions)", "len(design.seeds)", "", BUDGET),
    (ROOM + "budget.py", "if confirm and len(time) > 1:", "if False:", "", BUDGET),
    (ROOM + "budget.py", "max(0.0, long - many * step)", "0.0", "", BUDGET),
    (ROOM + "budget.py", "times.get(candidate, slowest)", "times.get(candidate, (0, 0))", "", BUDGET),
)  # fmt: skip
