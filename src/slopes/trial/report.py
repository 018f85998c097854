"""The report of a trial: one HTML file that loads nothing from anywhere."""

from functools import partial
from typing import Any

import jinja2
import plotly.offline

from slopes.trial import plotly_charts, style, tables
from slopes.trial.charts import Chart
from slopes.trial.headline import headline, method
from slopes.trial.outcome import Trial


def render(trial: Trial, charts: dict[str, Chart], header: dict[str, Any]) -> str:
    """Give the report as one HTML page, the same for the same runs."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("slopes.trial"),
        # The parts that it includes are code, not text for people.
        autoescape=jinja2.select_autoescape(("html",)),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    metric = trial.problem.metric
    for shown in (style.number, style.interval, style.difference, style.difference_interval):
        environment.filters[shown.__name__] = partial(shown, metric)
    environment.filters["probability"] = style.probability
    standings, confirmation = trial.standings(), trial.confirmation()
    return environment.get_template("report.html").render(
        metric=metric,
        headline=headline(metric, standings, confirmation),
        standings=standings,
        confirmation=confirmation,
        charts=charts,
        tables={name: tables.of_chart(chart) for name, chart in charts.items()},
        costs=tables.of_costs(trial),
        failures=[run for run in trial.runs if run.status == "failed"],
        failure_shares=tables.of_failures(standings),
        method=method(trial),
        header=header,
        figures={name: plotly_charts.figure(chart) for name, chart in charts.items()},
        plotly_script=plotly.offline.get_plotlyjs(),
    )
