// The page's words and its language. The words come as data with the page (lab/words.py); which language is spoken now
// is the one thing all views share, and who shows words says so with `onRedraw`.

const state = {language: "en", languages: {en: "English"}, words: {en: {}}, drawers: new Set()};

// {languages: {code: its own name}, words: {code: {key: words}}}
export function setWords({languages, words}) {
  Object.assign(state, {languages, words});
}

export const readWords = () => setWords(JSON.parse(document.getElementById("lab-words").textContent));
export const currentLanguage = () => state.language;
export const languageName = (code) => state.languages[code] || code;
export const languageList = () => Object.entries(state.languages);

// the language of the list that a code asks for: zh-CN is zh; English where there is none
export function languageOf(code) {
  return [code, code.split("-")[0]].find((one) => Object.hasOwn(state.languages, one)) || "en";
}

// t("train.start", {n: 3}): the words for a key, with {n} filled in, and of {n|row|rows} the one that goes with n
export function t(key, values = {}) {
  const words = state.words[state.language]?.[key] ?? state.words.en[key] ?? key;
  const given = (name) => Object.hasOwn(values, name);
  return words
    .replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (all, name, one, many) =>
      given(name) && String(values[name]) === "1" ? one : many,
    )
    .replace(/\{(\w+)\}/g, (all, name) => (given(name) ? String(values[name]) : all));
}

// the words for one of many names, which may be newer than our words
export function nameOf(group, name) {
  const key = `${group}.${name}`;
  const words = t(key);
  return words === key ? name.replaceAll("_", " ") : words;
}

// what a card says: {en, zh, …} in the language of the page
export const localized = (text) => (text && typeof text === "object" ? text[state.language] || text.en : (text ?? ""));
export const comma = () => t("page.comma");

// called after each change of the language
export const onRedraw = (draw) => state.drawers.add(draw);

export function setLanguage(code, keep) {
  state.language = languageOf(code);
  document.documentElement.lang = state.language;
  if (keep) localStorage.setItem("lab.language", state.language);
  document.title = t("page.title");
  for (const draw of state.drawers) draw();
  turnGradio(state.language);
}

// Gradio's own labels: its client has the function, in a file with a hashed name; a browser test watches over this.
async function turnGradio(code) {
  const tags = [...document.querySelectorAll("link[href], script[src]")].map((tag) => tag.href || tag.src);
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const url = [...loaded, ...tags].find((name) => /\/core-[\w-]+\.js/.test(name));
  const client = url && (await import(url));
  client?.changeLocale?.(code);
}
