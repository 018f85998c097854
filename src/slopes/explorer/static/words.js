// The words of the chosen language, by key.

const LANGUAGES = { en: "English", zh: "中文" };
const dictionaries = {};
let language = "en";

export async function speak(wanted) {
  language = wanted in LANGUAGES ? wanted : (navigator.languages ?? []).some((l) => l.startsWith("zh")) ? "zh" : "en";
  dictionaries[language] ??= await (await fetch(`words/${language}.json`)).json();
  document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
  return language;
}

export const languages = () => Object.entries(LANGUAGES);
export const spoken = () => language;

// The text of a key, with {names} filled in.
export function t(key, values = {}) {
  const text = dictionaries[language][key];
  if (text === undefined) throw new Error(`no words for ${key} in ${language}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

// Text about one function, which only the library's own language has for all of them.
export function about(key, original) {
  return dictionaries[language][key] ?? original;
}
