// The frame around the views: navigation, language, light and dark.

import { h } from "./dom.js";
import { load } from "./library.js";
import * as state from "./state.js";
import { chain } from "./views/chain.js";
import { compare } from "./views/compare.js";
import { one } from "./views/one.js";
import { own } from "./views/own.js";
import { pair } from "./views/pair.js";
import { precision } from "./views/precision.js";
import { languages, speak, spoken, t } from "./words.js";

const VIEWS = { one, pair, compare, precision, chain, own };
const MODES = ["auto", "light", "dark"];
const catalog = await load();

function mode() {
  const chosen = state.get("mode", "auto");
  return MODES.includes(chosen) ? chosen : "auto";
}

function header(view) {
  const links = Object.keys(VIEWS).map((name) =>
    h(
      "a",
      { href: state.address(
        name,
        state.keep("lang", "mode"),
      ), "aria-current": name === view ? "page" : undefined },
      t(`view.${name}`),
    ),
  );
  const language = h(
    "select",
    { "aria-label": t("language"), onchange: () => change("lang", language.value) },
  );
  language.append(
    ...languages().map(([key, text]) => h("option", { value: key, selected: key === spoken() }, text)),
  );
  const theme = h("select", { "aria-label": t("mode"), onchange: () => change("mode", theme.value) });
  theme.append(
    ...MODES.map((name) => h("option", { value: name, selected: name === mode() }, t(`mode.${name}`))),
  );
  return [
    h("p", { class: "brand" }, h("a", { href: "#one" }, "slopes")),
    h("nav", { "aria-label": t("views") }, links),
    h("div", { class: "switches" }, language, theme),
  ];
}

function change(key, value) {
  state.set(key, value);
  show();
}

async function show() {
  await speak(state.get("lang"));
  const view = Object.hasOwn(VIEWS, state.view()) ? state.view() : "one";
  document.documentElement.dataset.mode = mode();
  document.title = `${t(`view.${view}`)} – slopes`;
  document.getElementById("header").replaceChildren(...header(view));
  document.getElementById("footer").replaceChildren(h("p", {}, t("footer", { version: catalog.version })));
  const root = document.getElementById("view");
  root.className = view;
  root.replaceChildren(h("h1", {}, t(`view.${view}`)), h("p", { class: "lead" }, t(`lead.${view}`)));
  VIEWS[view](root);
  document.documentElement.dataset.shown = view;
}

state.onchange(show);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
await show();
