const dark = window.matchMedia("(prefers-color-scheme: dark)");
const palette = () => {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  return { ink: of("--ink"), rule: of("--rule"), paper: of("--paper") };
};
// Black lines would vanish on a dark page.
const visible = (value, ink) => (value === "#000000" ? ink : value);

function themed(figure) {
  const { ink, rule, paper } = palette();
  const axis = { gridcolor: rule, linecolor: rule, zerolinecolor: rule, color: ink };
  const layout = { ...figure.layout, paper_bgcolor: paper, plot_bgcolor: paper };
  layout.font = { ...layout.font, color: ink, size: 13, family: "system-ui, sans-serif" };
  layout.xaxis = { ...layout.xaxis, ...axis };
  layout.yaxis = { ...layout.yaxis, ...axis };
  layout.hoverlabel = { bgcolor: paper, font: { color: ink } };
  // Words stand over lines and dots; the page's own colour keeps them readable.
  layout.annotations = (layout.annotations || []).map((note) => ({ ...note, bgcolor: paper }));
  const data = figure.data.map((trace) => {
    const result = { ...trace };
    for (const part of ["line", "marker", "error_y"]) {
      if (trace[part]) result[part] = { ...trace[part], color: visible(trace[part].color, ink) };
    }
    return result;
  });
  return [data, layout];
}

function draw() {
  for (const [name, figure] of Object.entries(figures)) {
    Plotly.react(name, ...themed(figure), { responsive: true, displaylogo: false });
  }
}
draw();
dark.addEventListener("change", draw);
