// The page's words and its language. The words come as data with the page (lab/words.py); which language is spoken now
// is the one thing all views share, and who shows words says so with `onRedraw`.

const state = {
  language: "en",
  languages: {en: "English"},
  words: {en: {}},
  names: {},
  english: new Map(),
  drawers: new Set(),
};

// {languages: {code: its own name}, words: {code: {key: words}}}
// names: {code: {a variant's or recipe's English name: its name}}
export function setWords({languages, words, names = {}}) {
  Object.assign(state, {languages, words, names, english: englishNames(names)});
}

const englishNames = (names) =>
  new Map(Object.values(names).flatMap((known) => Object.entries(known).map(([english, own]) => [own, english])));

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

// what a card says, {en, zh, …}, in the language of the page; and the name of a variant or recipe that comes with the lab
export const localized = (text) =>
  text && typeof text === "object"
    ? text[state.language] || text.en
    : typeof text === "string"
      ? named(text)
      : (text ?? "");

// a name in whichever language it was given, in the language of the page; one of one's own stays. Of a name made of
// several (of a sweep, a seed, what a method was chosen for) each is looked up.
function named(name) {
  const found = (part) => {
    const english = state.english.get(part) ?? part;
    const known = state.names[state.language];
    return known && Object.hasOwn(known, english) ? known[english] : english;
  };
  const counted = (part) =>
    part.replace(/^(\p{L}+) (\d+)$/u, (all, word, n) => (found(word) === word ? all : `${found(word)} ${n}`));
  const whole = found(name);
  return whole === name
    ? name
        .split(" · ")
        .map((part) => counted(found(part)))
        .join(" · ")
    : whole;
}
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
