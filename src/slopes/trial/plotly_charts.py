"""Charts as Plotly's figures, for the report. The page sets the colours of paper, text and grid."""

import json

import plotly.graph_objects as go

from slopes.plot.palette import COLORS
from slopes.trial.charts import Chart, RowChart, Series, SeriesChart
from slopes.trial.style import FINDING_COLORS, FINDING_MARKERS, MARKERS, PLOTLY_DASHES, cycle

# Pixels: a row with two lines of text, one line of it, what stands around rows, a chart of curves.
_ROW, _LINE, _FRAME, _HEIGHT = 46, 16, 110, 440


def figure(chart: Chart) -> str:
    """Give a chart as JSON that can stand inside a script element."""
    drawn = go.Figure()
    if isinstance(chart, RowChart):
        _draw_rows(drawn, chart)
    elif isinstance(chart, SeriesChart):
        _draw_series(drawn, chart)
    drawn.update_xaxes(title=chart.across, automargin=True)
    drawn.update_yaxes(title=chart.up or None, automargin=True)
    # The names of a row chart's lines stand above it.
    top = 15 + (_LINE * len(chart.lines) if isinstance(chart, RowChart) else 0)
    drawn.update_layout(template="none", margin={"l": 10, "r": 15, "t": top, "b": 10})
    # Inside a script element only "</" could end the element; JSON may write it "<\/".
    return json.dumps(json.loads(drawn.to_json()), allow_nan=False).replace("</", "<\\/")


def _draw_rows(drawn: go.Figure, chart: RowChart) -> None:
    for row in chart.rows:
        name, color = _in_two_lines(row.name), FINDING_COLORS[row.finding]
        drawn.add_scatter(
            x=row.dots,
            y=[name] * len(row.dots),
            mode="markers",
            marker={"color": color, "opacity": 0.35, "size": 8},
            hovertemplate="%{x:.4g}<extra>one seed</extra>",
        )
        if row.mean is not None:
            low, high = row.interval or (row.mean, row.mean)
            drawn.add_scatter(
                x=[row.mean],
                y=[name],
                mode="markers",
                marker={"color": color, "symbol": FINDING_MARKERS[row.finding], "size": 12},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [high - row.mean],
                    "arrayminus": [row.mean - low],
                    "color": color,
                    "thickness": 2.5,
                },
                hovertemplate="mean %{x:.4g}<extra></extra>",
            )
        if row.note:
            # In the middle and not at a value: a failed run has no outcome.
            drawn.add_annotation(x=0.5, xref="paper", y=name, text=row.note, showarrow=False)
    for place, (name, value) in enumerate(chart.lines):
        drawn.add_vline(x=value, line={"dash": "dash", "color": "gray", "width": 1.5})
        # One above the other: yardsticks often lie close together.
        drawn.add_annotation(
            x=value,
            y=1,
            yref="paper",
            yshift=10 + _LINE * place,
            text=name,
            showarrow=False,
            font={"size": 12},
        )
    drawn.update_layout(showlegend=False, height=_FRAME + _LINE * len(chart.lines) + _ROW * len(chart.rows))
    drawn.update_yaxes(
        categoryorder="array", categoryarray=[_in_two_lines(row.name) for row in reversed(chart.rows)]
    )


def _draw_series(drawn: go.Figure, chart: SeriesChart) -> None:
    for series in chart.series:
        color = cycle(COLORS, series.color)
        ends = [end or (y, y) for end, (_, y) in zip(series.intervals, series.points, strict=True)]
        drawn.add_scatter(
            x=[x for x, _ in series.points],
            y=[y for _, y in series.points],
            name=series.name,
            mode=_mode(chart),
            marker={"symbol": cycle(MARKERS, _marker(chart, series)), "size": 9, "color": color},
            line={"color": color, "dash": cycle(PLOTLY_DASHES, series.dash)},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [high - y for (_, high), (_, y) in zip(ends, series.points, strict=True)],
                "arrayminus": [y - low for (low, _), (_, y) in zip(ends, series.points, strict=True)],
                "color": color,
                "visible": any(series.intervals),
            },
        )
    for name, value in chart.lines:
        drawn.add_hline(
            y=value,
            line={"dash": "dash", "color": "gray", "width": 1.5},
            annotation={"text": name, "font": {"size": 12}},
        )
    if chart.logarithmic:
        drawn.update_xaxes(type="log", tickvals=chart.ticks, ticktext=[f"{tick:g}" for tick in chart.ticks])
    drawn.update_layout(
        # Below, where a phone has room.
        legend={"orientation": "h", "y": -0.2, "yanchor": "top"},
        height=_HEIGHT + 22 * len(chart.series),
        showlegend=True,
    )


def _mode(chart: SeriesChart) -> str:
    if chart.scattered:
        return "markers"
    return "lines+markers" if chart.logarithmic else "lines"


def _marker(chart: SeriesChart, series: Series) -> int:
    # Without a line its dash cannot tell the losses apart.
    return series.dash if chart.scattered else series.color


def _in_two_lines(name: str) -> str:
    return name.replace(" + ", " +<br>").replace(", ", ",<br>")
