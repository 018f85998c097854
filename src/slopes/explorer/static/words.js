// The words of the chosen language, by key.

const LANGUAGES = { en: "English", zh: "中文" };
const dictionaries = {};
const library = { en: {} };
let language = "en";

const fetched = async (file) => (await fetch(file)).json();

export async function speak(wanted) {
  language = wanted in LANGUAGES ? wanted : (navigator.languages ?? []).some(
    (l) => l.startsWith("zh"),
  ) ? "zh" : "en";
  dictionaries[language] ??= await fetched(`words/${language}.json`);
  if (language !== "en") library[language] ??= await fetched(`words/library.${language}.json`);
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

// The library's own text about a function: English, unless a translation of that very text is known.
export const about = (text) => library[language][text] ?? text;
