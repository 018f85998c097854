"""The report of a trial: one HTML file that loads nothing from anywhere."""

import json
from collections.abc import Sequence
from typing import Any

import jinja2
import plotly.graph_objects as go
import plotly.offline

from slopes.plot.palette import COLORS
from slopes.trial import style
from slopes.trial.curves import headline, mean_learning_curve, search_curve
from slopes.trial.design import Design
from slopes.trial.outcome import Standing
from slopes.trial.records import Run
from slopes.trial.style import MARKERS, PLOTLY_DASHES, cycle


def render(design: Design, standings: list[Standing], runs: Sequence[Run], header: dict[str, Any]) -> str:
    """Give the report as one HTML page."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("slopes.trial"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "percent": style.percent,
        "percent_range": style.percent_range,
        "points": style.points,
        "points_range": style.points_range,
    }
    figures = {"accuracy": _accuracy(standings), "learning_curves": _learning_curves(design, runs)}
    if design.searches:
        figures["search"] = _search(design, runs)
    return environment.get_template("report.html").render(
        headline=headline(standings),
        standings=standings,
        failures=[run for run in runs if run.status == "failed"],
        seconds=_mean_seconds(standings, runs),
        searches=design.searches,
        header=header,
        figures={name: _embedded(figure) for name, figure in figures.items()},
        plotly_script=plotly.offline.get_plotlyjs(),
    )


def _accuracy(standings: Sequence[Standing]) -> go.Figure:
    figure = go.Figure()
    for standing in standings:
        name = standing.candidate.name
        figure.add_scatter(
            x=[100 * value for value in standing.accuracies.values()],
            y=[name] * len(standing.accuracies),
            mode="markers",
            marker={"color": COLORS[0], "opacity": 0.4, "size": 8},
            hovertemplate="%{x:.2f} %<extra>one seed</extra>",
        )
        if standing.mean_accuracy is None:
            continue
        mean = 100 * standing.mean_accuracy
        low, high = standing.interval or (standing.mean_accuracy, standing.mean_accuracy)
        figure.add_scatter(
            x=[mean],
            y=[name],
            mode="markers",
            marker={"color": COLORS[1], "symbol": "diamond", "size": 11},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [100 * high - mean],
                "arrayminus": [mean - 100 * low],
                "color": COLORS[1],
                "thickness": 2,
            },
            hovertemplate="mean %{x:.2f} %<extra></extra>",
        )
    if standings[0].mean_accuracy is not None:
        figure.add_vline(
            x=100 * standings[0].mean_accuracy, line={"dash": "dash", "color": "gray", "width": 1}
        )
    figure.update_layout(showlegend=False, height=140 + 36 * len(standings))
    figure.update_yaxes(
        categoryorder="array", categoryarray=[standing.candidate.name for standing in reversed(standings)]
    )
    return _labelled(figure, "test accuracy (%)", None)


def _learning_curves(design: Design, runs: Sequence[Run]) -> go.Figure:
    figure = go.Figure()
    for candidate in design.candidates:
        curve = mean_learning_curve(candidate, runs)
        figure.add_scatter(
            x=[step for step, _ in curve],
            y=[100 * value for _, value in curve],
            name=candidate.name,
            mode="lines",
            line={
                "color": cycle(COLORS, design.activations.index(candidate.activation)),
                "dash": cycle(PLOTLY_DASHES, design.losses.index(candidate.loss)),
            },
        )
    figure.update_layout(height=420, showlegend=True)
    return _labelled(figure, "step", "training accuracy (%)")


def _search(design: Design, runs: Sequence[Run]) -> go.Figure:
    figure = go.Figure()
    for candidate in design.candidates:
        curve = search_curve(candidate, runs)
        index = design.activations.index(candidate.activation)
        figure.add_scatter(
            x=[rate for rate, _ in curve],
            y=[100 * value for _, value in curve],
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
    return _labelled(figure, "learning rate (log scale)", "validation accuracy (%)")


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
