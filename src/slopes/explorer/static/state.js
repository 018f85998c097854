// What is looked at lives in the address: #view?key=value&...

const listeners = [];
let current = read();

function read() {
  const [view, query = ""] = location.hash.slice(1).split("?");
  return { view: view || "one", query: new URLSearchParams(query) };
}

export const view = () => current.view;
export const get = (key, fallback = "") => current.query.get(key) ?? fallback;

export function getNumber(key, fallback) {
  const text = current.query.get(key);
  const value = text === null || text.trim() === "" ? NaN : Number(text);
  return Number.isFinite(value) ? value : fallback;
}

// Writes without a new step of the browser's history: a slider makes hundreds of states.
export function set(key, value) {
  if (value === "" || value === undefined) current.query.delete(key);
  else current.query.set(key, value);
  history.replaceState(null, "", address(current.view, current.query));
}

export function address(name, query = new URLSearchParams()) {
  const text = query.toString();
  return `#${name}${text ? `?${text}` : ""}`;
}

export function keep(...keys) {
  const kept = new URLSearchParams();
  for (const key of keys) if (current.query.has(key)) kept.set(key, current.query.get(key));
  return kept;
}

export function forget(...kept) {
  current.query = keep(...kept);
}

export function onchange(listener) {
  listeners.push(listener);
}

window.addEventListener("hashchange", () => {
  current = read();
  listeners.forEach((listener) => listener());
});
