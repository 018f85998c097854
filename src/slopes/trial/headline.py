"""What a trial found, in a sentence or two, and how that was decided."""

from collections.abc import Sequence

from slopes.trial import statistics, style
from slopes.trial.outcome import Confirmation, Standing, Trial, winner
from slopes.trial.records import Metric


def headline(metric: Metric, standings: Sequence[Standing], confirmation: Confirmation | None = None) -> str:
    """Say in a sentence or two what a trial found."""
    baseline, *others = standings
    name = baseline.candidate.name
    if baseline.failed == baseline.seeds:
        return f"The baseline {name} failed in each of its runs, so nothing can be compared with it."
    if not others:
        return f"One candidate, {name}: nothing to compare."
    if baseline.seeds == 1:
        return "One seed: outcomes without intervals, and so no verdict. Give more seeds."
    best = winner(metric, standings)
    better = sum(standing.finding == "better" for standing in others)
    if best is None:
        candidates = others[0].candidate.name if len(others) == 1 else f"None of {len(others)} candidates"
        was = "was not" if len(others) == 1 else "was"
        sentences = [f"{candidates} {was} found better than the baseline {name}."]
    elif len(others) == 1:
        sentences = [f"{best.name} did better than the baseline {name}."]
    else:
        sentences = [
            f"{better} of {len(others)} candidates did better than the baseline {name}; "
            f"the best was {best.name}."
        ]
    if confirmation is not None:
        change = style.change(metric, confirmation.comparison.difference)
        seen = f" ({change})" if confirmation.comparison.seeds else ""
        sentences.append(f"{confirmation.candidate.name} run again: {confirmation.verdict}{seen}.")
    for word, finding in (("Worse", "worse"), ("Failed", "failed")):
        found = [s.candidate.name for s in others if s.finding == finding]
        if found:
            sentences.append(f"{word}: {', '.join(found)}.")
    if baseline.failed:
        sentences.append(f"The baseline failed in {baseline.failed} of its {baseline.seeds} runs.")
    return " ".join(sentences)


def method(trial: Trial) -> list[str]:
    """Say in words how the verdicts were come to, a paragraph each."""
    design, others = trial.design, len(trial.design.candidates) - 1
    seeds, looks = len(design.seeds), design.planned_looks
    if not others:
        return []
    comparisons = "comparison" if others == 1 else "comparisons"
    result = [
        "Differences are to the baseline, seed by seed: one seed gives every candidate the same initial "
        "weights, as far as shapes allow, and the same batches. A verdict is the paired t test's, corrected "
        f"for {others} {comparisons} by Holm's steps. The chance that any candidate without a true "
        "difference is called better or worse is at most 5 %."
    ]
    if len(looks) > 1:
        shares = ", ".join(f"{share:.2%}" for share in statistics.spend(looks))
        result.append(
            f"The trial was planned to look after {', '.join(map(str, looks))} seeds and to end when every "
            f"candidate had a verdict. The looks spend {shares} of that chance, so that looking early does "
            "not add to it. p is on the scale of the whole trial, where 0.05 decides at every look. The "
            "difference of a candidate that an early look decided is a little too large on average."
        )
    kind = "the BCa bootstrap's" if seeds >= statistics.BOOTSTRAP_SEEDS else "Student's t"
    result.append(
        f"Intervals are {kind} at 95 %, for each candidate alone, so one may leave out 0 without a verdict. "
        "They describe the luck of training, not the choice of the test data."
    )
    least = 2 / 2**seeds
    result.append(
        "The sign-flip test beside it needs no normal differences; its p is not corrected. "
        + (
            f"On {seeds} seeds it is never below {least:.2g}, so it could not decide alone."
            if least > statistics.FAMILY_ERROR / others
            else "Where the two disagree, trust neither without more seeds."
        )
    )
    result.append(
        "“We could have seen” is the true difference that so many seeds with this spread find in "
        f"{statistics.POWER:.0%} of trials, at the strictest level of the correction. A candidate that "
        "failed on a seed is not called better: the seeds that are left are the lucky ones."
    )
    return result
