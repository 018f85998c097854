"""The report of a trial: one HTML file that loads nothing from anywhere."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import jinja2
import plotly.graph_objects as go
import plotly.offline

from slopes.plot.palette import COLORS
from slopes.trial import style
from slopes.trial.curves import headline, mean_learning_curve, search_curve
from slopes.trial.design import Design
from slopes.trial.outcome import Standing
from slopes.trial.records import Metric, Run
from slopes.trial.style import MARKERS, PLOTLY_DASHES, cycle, scaled


def render(
    metric: Metric, design: Design, standings: list[Standing], runs: Sequence[Run], header: dict[str, Any]
) -> str:
    """Give the report as one HTML page."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("slopes.trial"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    for shown in (style.number, style.interval, style.difference, style.difference_interval):
        environment.filters[shown.__name__] = partial(shown, metric)
    figures = {
        "outcomes": _outcomes(metric, standings),
        "learning_curves": _learning_curves(metric, design, runs),
    }
    if design.searches:
        figures["search"] = _search(metric, design, runs)
    return environment.get_template("report.html").render(
        metric=metric,
        headline=headline(metric, standings),
        standings=standings,
        failures=[run for run in runs if run.status == "failed"],
        seconds=_mean_seconds(standings, runs),
        searches=design.searches,
        header=header,
        figures={name: _embedded(figure) for name, figure in figures.items()},
        plotly_script=plotly.offline.get_plotlyjs(),
    )


def _outcomes(metric: Metric, standings: Sequence[Standing]) -> go.Figure:
    figure = go.Figure()
    for standing in standings:
        name = standing.candidate.name
        figure.add_scatter(
            x=[scaled(metric, value) for value in standing.values.values()],
            y=[name] * len(standing.values),
            mode="markers",
            marker={"color": COLORS[0], "opacity": 0.4, "size": 8},
            hovertemplate="%{x:.3f}<extra>one seed</extra>",
        )
        if standing.mean is None:
            continue
        mean = scaled(metric, standing.mean)
        low, high = standing.interval or (standing.mean, standing.mean)
        figure.add_scatter(
            x=[mean],
            y=[name],
            mode="markers",
            marker={"color": COLORS[1], "symbol": "diamond", "size": 11},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [scaled(metric, high) - mean],
                "arrayminus": [mean - scaled(metric, low)],
                "color": COLORS[1],
                "thickness": 2,
            },
            hovertemplate="mean %{x:.3f}<extra></extra>",
        )
    if standings[0].mean is not None:
        figure.add_vline(
            x=scaled(metric, standings[0].mean), line={"dash": "dash", "color": "gray", "width": 1}
        )
    figure.update_layout(showlegend=False, height=140 + 36 * len(standings))
    figure.update_yaxes(
        categoryorder="array", categoryarray=[standing.candidate.name for standing in reversed(standings)]
    )
    return _labelled(figure, f"test {metric.label}", None)


def _learning_curves(metric: Metric, design: Design, runs: Sequence[Run]) -> go.Figure:
    figure = go.Figure()
    for candidate in design.candidates:
        curve = mean_learning_curve(candidate, runs)
        figure.add_scatter(
            x=[step for step, _ in curve],
            y=[scaled(metric, value) for _, value in curve],
            name=candidate.name,
            mode="lines",
            line={
                "color": cycle(COLORS, design.activations.index(candidate.activation)),
                "dash": cycle(PLOTLY_DASHES, design.losses.index(candidate.loss)),
            },
        )
    figure.update_layout(height=420, showlegend=True)
    return _labelled(figure, "step", f"training {metric.label}")


def _search(metric: Metric, design: Design, runs: Sequence[Run]) -> go.Figure:
    figure = go.Figure()
    for candidate in design.candidates:
        curve = search_curve(candidate, metric, runs)
        index = design.activations.index(candidate.activation)
        figure.add_scatter(
            x=[rate for rate, _ in curve],
            y=[scaled(metric, value) for _, value in curve],
            name=candidate.name,
            mode="lines+markers",
            marker={"symbol": cycle(MARKERS, index), "size": 8},
            line={
                "color": cycle(COLORS, index),
                "dash": cycle(PLOTLY_DASHES, design.losses.index(candidate.loss)),
            },
        )
    rates = list(design.learning_rates)
    figure.update_xaxes(type="log", tickvals=rates, ticktext=[f"{rate:g}" for rate in rates])
    figure.update_layout(height=420, showlegend=True)
    return _labelled(figure, "learning rate (log scale)", f"{metric.label} in the search")


def _labelled(figure: go.Figure, across: str, up: str | None) -> go.Figure:
    figure.update_xaxes(title=across)
    figure.update_yaxes(title=up, automargin=True)
    figure.update_layout(
        template="plotly_white", margin={"l": 60, "r": 20, "t": 20, "b": 60}, font={"size": 14}
    )
    return figure


def _embedded(figure: go.Figure) -> str:
    # Inside a script element only "</" could end the element; JSON may write it "<\/".
    document = json.loads(figure.to_json())
    return json.dumps(document, allow_nan=False).replace("</", "<\\/")


def _mean_seconds(standings: Sequence[Standing], runs: Sequence[Run]) -> dict[str, float]:
    result = {}
    for standing in standings:
        own = [
            run.seconds
            for run in runs
            if run.plan.candidate == standing.candidate and run.plan.phase == "trial"
        ]
        result[standing.candidate.name] = sum(own) / len(own)
    return result
