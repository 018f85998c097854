"""Measure how the translation of a trial reads its sources: python -m bench.translation

On the learning-rate search's part of the default sentences, so that the test part chooses nothing.
"""

from dataclasses import replace
from statistics import fmean

from slopes.trial import Candidate, Plan
from slopes.trial.execution import perform
from slopes.trial.problems.translation import TranslationProblem

SEEDS = (1, 2, 3)
PLAN = Plan(Candidate("tanh", "cross_entropy"), 0.01, seed=0, steps=300, phase="search")


def main() -> None:
    """Print chrF, BLEU and perplexity of each way, the mean over the seeds."""
    default = TranslationProblem().for_search()
    ways = {
        "words and pieces": default,
        "words": replace(default, source_units="words"),
        "characters": replace(default, source_units="characters"),
        "no attention": replace(default, sizes=replace(default.sizes, attention=False)),
    }
    for name, problem in ways.items():
        runs = [perform(replace(PLAN, seed=seed), problem).measures for seed in SEEDS]
        print(
            f"{name:18}",
            *(f"{key} {fmean(run[key] for run in runs):5.2f}" for key in ("chrF", "BLEU", "perplexity")),
        )


if __name__ == "__main__":
    main()
