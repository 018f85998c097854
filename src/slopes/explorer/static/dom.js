// Elements, and the controls that all views share.

import { t } from "./words.js";

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null));
  return element;
}

let count = 0;
const identity = () => `control-${(count += 1)}`;

export function field(label, control, ...rest) {
  control.id ||= identity();
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control, ...rest);
}

// `groups` is a list of [title, [[value, text], ...]]; an empty title leaves the group out.
export function choice(label, groups, value, onchange) {
  const option = ([key, text]) => h("option", { value: key, selected: key === value }, text);
  const made = groups.flatMap(([title, options]) =>
    title ? [h("optgroup", { label: title }, options.map(option))] : options.map(option),
  );
  const select = h("select", { onchange: () => onchange(select.value) }, made);
  return field(label, select);
}

// A slider over a list of positions, so that its ends and steps may be of any kind.
export function slider(label, positions, value, oninput, meaning) {
  const at = positions.reduce(
    (best, position, i) => (Math.abs(position - value) < Math.abs(positions[best] - value) ? i : best),
    0,
  );
  const output = h("output", {}, number(value));
  const input = h("input", {
    type: "range",
    min: 0,
    max: positions.length - 1,
    step: 1,
    value: at,
    "aria-valuetext": number(value),
    oninput: () => {
      const chosen = positions[Number(input.value)];
      output.textContent = number(chosen);
      input.setAttribute("aria-valuetext", number(chosen));
      oninput(chosen);
    },
  });
  const element = field(label, input, output, meaning ? h("small", {}, meaning) : null);
  element.move = (to) => {
    const nearest = positions.reduce(
      (b, p, i) => (Math.abs(p - to) < Math.abs(positions[b] - to) ? i : b),
      0,
    );
    input.value = nearest;
    output.textContent = number(to);
    input.setAttribute("aria-valuetext", number(to));
  };
  return element;
}

export function checkbox(label, checked, onchange) {
  const input = h("input", { type: "checkbox", checked, onchange: () => onchange(input.checked) });
  return h("label", { class: "check" }, input, label);
}

export function copyable(text) {
  const button = h("button", { type: "button", class: "copy" }, t("copy"));
  button.addEventListener("click", async () => {
    await navigator.clipboard?.writeText(text);
    button.textContent = t("copied");
    setTimeout(() => (button.textContent = t("copy")), 1500);
  });
  return h("div", { class: "code" }, h("pre", { tabindex: 0 }, h("code", {}, text)), button);
}

export function section(title, ...children) {
  return h("section", { class: "card" }, h("h2", {}, title), ...children);
}

export function table(headings, rows) {
  const head = h("thead", {}, h("tr", {}, headings.map((text) => h("th", { scope: "col" }, text))));
  const body = rows.map(([first, ...rest]) =>
    h("tr", {}, h("th", { scope: "row" }, first), rest.map((cell) => h("td", {}, cell))),
  );
  return h(
    "div",
    { class: "wide", tabindex: 0 },
    h("table", {}, headings.length ? head : null, h("tbody", {}, body)),
  );
}

// MathML of the catalog: printed by the library, never typed by users.
export function formula(markup) {
  const element = h("div", { class: "formula", tabindex: 0 });
  element.innerHTML = markup;
  return element;
}

export function number(value, digits = 4) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const text = Number(value.toPrecision(digits)).toString();
  return text.replace("-", "−").replace(/e\+?(−|-)?(\d+)/, (_, sign, power) => `e${sign ? "−" : ""}${power}`);
}

export function range(start, end, steps) {
  return Array.from(
    { length: steps + 1 },
    (_, i) => Number((start + ((end - start) * i) / steps).toPrecision(6)),
  );
}
