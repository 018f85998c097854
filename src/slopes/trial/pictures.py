"""Pictures of a trial for papers and slides, by matplotlib, without a display."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from slopes.plot.palette import COLORS
from slopes.trial.curves import mean_learning_curve
from slopes.trial.design import Design
from slopes.trial.outcome import Standing
from slopes.trial.records import Metric, Run
from slopes.trial.style import DASHES, cycle, scaled

_DPI = 150


def outcomes(metric: Metric, standings: Sequence[Standing], path: Path, problem: str) -> None:
    """Draw each candidate's outcomes, their mean and its interval."""
    count = len(standings)
    figure = Figure(figsize=(8, 1.6 + 0.42 * count), layout="constrained")
    axes = figure.add_subplot()
    baseline = standings[0].mean
    if baseline is not None:
        axes.axvline(scaled(metric, baseline), color="0.6", linestyle="--", linewidth=1, zorder=0)
    for row, standing in enumerate(standings):
        values = [scaled(metric, value) for value in standing.values.values()]
        axes.plot(values, [row] * len(values), "o", color=COLORS[0], alpha=0.35, markersize=5)
        if standing.interval is not None:
            low, high = (scaled(metric, end) for end in standing.interval)
            axes.plot([low, high], [row, row], color=COLORS[1], linewidth=2)
        if standing.mean is not None:
            mean = scaled(metric, standing.mean)
            axes.plot(mean, row, "D", color=COLORS[1], markersize=6)
        if standing.failed:
            # In the middle of the axes and not at a value: a failed run has no outcome.
            axes.annotate(
                standing.verdict,
                (0.5, row),
                xycoords=("axes fraction", "data"),
                ha="center",
                va="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
    axes.set_yticks(range(count), [standing.candidate.name for standing in standings])
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_xlabel(f"test {metric.label}")
    axes.set_title(
        f"Trial on {problem}: each seed (dots), mean and 95 % interval (diamond, line);\n"
        "dashed: mean of the baseline, the first row",
        fontsize=10,
    )
    axes.grid(axis="x", alpha=0.3)
    _save(figure, path)


def learning_curves(metric: Metric, design: Design, runs: Sequence[Run], path: Path, problem: str) -> None:
    """Draw the training score against steps, one panel for each loss."""
    losses = design.losses
    columns = min(len(losses), 3)
    rows = -(-len(losses) // columns)
    figure = Figure(figsize=(1 + 4 * columns, 0.8 + 3.2 * rows), layout="constrained")
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).flat
    for panel, loss in zip(panels, losses, strict=False):
        for candidate in design.candidates:
            curve = mean_learning_curve(candidate, runs)
            if candidate.loss != loss or not curve:
                continue
            index = design.activations.index(candidate.activation)
            panel.plot(
                [step for step, _ in curve],
                [scaled(metric, value) for _, value in curve],
                color=cycle(COLORS, index),
                linestyle=cycle(DASHES, index),
                label=candidate.activation,
            )
        panel.set_title(loss)
        panel.set_xlabel("step")
        panel.set_ylabel(f"training {metric.label}")
        panel.grid(alpha=0.3)
        if panel.lines:
            panel.legend(title="activation", loc="lower right")
    for panel in list(figure.axes)[len(losses) :]:
        panel.remove()
    figure.suptitle(f"Trial on {problem}: mean over seeds, on training batches", fontsize=10)
    _save(figure, path)


def _save(figure: Figure, path: Path) -> None:
    # A canvas of its own, not pyplot: no window, no global state, safe beside the caller's figures.
    FigureCanvasAgg(figure)
    # Without matplotlib's version and the date in it, the same runs give the same file.
    figure.savefig(path, dpi=_DPI, metadata={"Software": None})
