// Curves by Plotly, in the page's colours.

/* global Plotly */

const DASHES = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];
// The library's palette, which readers with any colour vision can tell apart; a test compares it.
const COLORS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"];

export function color(i) {
  const chosen = COLORS[i % COLORS.length];
  return chosen === "#000000" ? style("--ink") : chosen; // black is white on a dark page
}

export const dash = (i) => DASHES[i % DASHES.length];

function style(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export const MARGIN = { l: 56, r: 16, t: 36, b: 44 };

// `curves` are { x, y, name, color } with Plotly's options of lines; `marks` are vertical lines { x } and
// horizontal ones { y }; `notes` are Plotly's annotations.
export function draw(
  element,
  curves,
  { x, y = {}, marks = [], shapes = [], notes = [], drag = "zoom" },
) {
  const ink = style("--ink");
  const axis = {
    gridcolor: style("--grid"),
    zerolinecolor: style("--axis"),
    linecolor: style("--axis"),
    automargin: false,
  };
  const lines = marks.map(({ x: at, y: level }) => ({
    type: "line",
    xref: at === undefined ? "paper" : "x",
    yref: level === undefined ? "paper" : "y",
    x0: at ?? 0,
    x1: at ?? 1,
    y0: level ?? 0,
    y1: level ?? 1,
    line: { color: style("--quiet"), width: 1, dash: "dot" },
  }));
  const layout = {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: ink, family: style("--font"), size: 13 },
    margin: MARGIN,
    showlegend: true,
    legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom", bgcolor: "rgba(0,0,0,0)" },
    hovermode: "x unified",
    hoverlabel: { bgcolor: style("--paper"), bordercolor: style("--axis"), font: { color: ink } },
    dragmode: drag,
    xaxis: { ...axis, ...x, title: { text: x.title } },
    yaxis: { ...axis, ...y, title: { text: y.title } },
    shapes: [...shapes, ...lines],
    annotations: notes.map((note) => ({
      showarrow: false,
      font: { size: 12, color: style("--quiet") },
      ...note,
    })),
    uirevision: "kept", // a zoom stays while a slider moves
  };
  const traces = curves.map((curve) => ({
    type: "scatter",
    mode: curve.mode ?? "lines",
    x: curve.x,
    y: curve.y,
    name: curve.name,
    line: {
      color: curve.color,
      dash: curve.dash ?? "solid",
      width: curve.width ?? 2,
      simplify: false,
    },
    marker: { color: curve.color, size: 9, ...curve.marker },
    fill: curve.fill ?? "none",
    fillcolor: curve.fillcolor,
    hoverinfo: curve.silent ? "skip" : undefined,
    hovertemplate: curve.silent ? undefined : "%{y:.5g}",
    showlegend: curve.legend ?? true,
    connectgaps: false,
  }));
  const config = { responsive: true, displaylogo: false, displayModeBar: false, scrollZoom: false };
  return Plotly.react(element, traces, layout, config);
}

// Calls `move` with the x under a pointer that is dragged over a chart whose axis goes from low to high.
export function draggable(element, low, high, move) {
  const follow = (event) => {
    const box = element.getBoundingClientRect();
    const share = (event.clientX - box.left - MARGIN.l) / (box.width - MARGIN.l - MARGIN.r);
    move(low + Math.min(1, Math.max(0, share)) * (high - low));
  };
  let held = false;
  element.style.touchAction = "pan-y";
  element.addEventListener("pointerdown", (event) => {
    held = true;
    element.setPointerCapture(event.pointerId);
    follow(event);
  });
  element.addEventListener("pointermove", (event) => held && follow(event));
  element.addEventListener("pointerup", () => (held = false));
  element.addEventListener("pointercancel", () => (held = false));
}

// Runs a drawing at most once a frame.
export function eachFrame(action) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      action();
    });
  };
}
