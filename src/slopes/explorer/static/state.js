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

// A slider makes hundreds of states. They are no steps of the browser's history, and they are written to the
// address a few times a second only: browsers refuse more than 200 in ten seconds.
const PAUSE = 100; // milliseconds
let pause;
let written = true;

export function set(key, value) {
  if (value === "" || value === undefined) current.query.delete(key);
  else current.query.set(key, value);
  written = false;
  if (!pause) write();
}

function write() {
  clearTimeout(pause);
  if (!written) history.replaceState(null, "", address(current.view, current.query));
  pause = written ? undefined : setTimeout(write, PAUSE);
  written = true;
}

// Shows what has been set, where more than a picture depends on it.
export function show() {
  write();
  listeners.forEach((listener) => listener());
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
  written = true;
  current = read();
  listeners.forEach((listener) => listener());
});
