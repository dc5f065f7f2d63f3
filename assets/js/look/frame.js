// The frame of a page that shows one comparison and nothing else: a line with what can be done there, or, embedded in
// another page, only what it is. No part of Gradio is on it.

import {addressTo} from "../core/address.js";
import {fill, h} from "../core/dom.js";
import {isDark, setDark} from "../core/light.js";
import {currentLanguage, languageList, onRedraw, readWords, setLanguage, t} from "../core/words.js";

// words, language and light, before anything is drawn; language: the one to begin in, where nobody chose another
export function beginFrame(language = null) {
  lendStorage();
  readWords();
  const asked = new URLSearchParams(location.search).get("lang");
  setLanguage(asked || localStorage.getItem("lab.language") || language || navigator.language || "en", Boolean(asked));
  const system = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    const kept = localStorage.getItem("lab.dark");
    setDark(kept === null ? system.matches : kept === "1");
  };
  follow();
  system.addEventListener("change", follow);
}

export const isEmbedded = () => new URLSearchParams(location.search).get("embed") === "1";

// what a page has put into itself as JSON
export const dataOf = (id) => JSON.parse(document.getElementById(id).textContent);

// place: where it goes; what(): the words beside the name; tools(): more to do; lab: an address of the whole lab.
// Returns the element for what is shown.
export function mountFrame(place, {what, tools = () => null, lab = null}) {
  const view = {what, tools, lab, top: h("header.lab-header"), foot: h("footer.soft.look-foot"), main: h("main")};
  const embedded = isEmbedded();
  document.body.classList.toggle("embedded", embedded);
  fill(place, embedded ? null : view.top, view.main, view.foot);
  const draw = () => {
    if (!embedded) fill(view.top, brand(view), h("div.lab-tools", {}, tools(), language(), light()));
    fill(view.foot, foot(view, embedded));
  };
  onRedraw(draw);
  draw();
  return view.main;
}

const brand = ({what, lab}) =>
  h(
    "div.lab-brand",
    {},
    h("h1", {}, lab === null ? "Parrot Lab" : h("a.quiet", {href: lab || location.pathname}, "Parrot Lab")),
    h("span.look-what", {}, what()),
  );

const language = () =>
  languageList()
    .filter(([code]) => code !== currentLanguage())
    .map(([code, name]) =>
      h("button.quiet", {lang: code, "data-set-language": code, onclick: () => setLanguage(code, true)}, name),
    );

const light = () =>
  h("button.quiet", {"data-toggle-dark": "", onclick: () => setDark(!isDark(), true)}, t("page.light"));

// an embedded page says what it is, and leads to itself in a window of its own
function foot({what}, embedded) {
  if (!embedded) return null;
  const alone = new URLSearchParams(location.search);
  alone.delete("embed");
  return [
    "Parrot Lab · ",
    what(),
    " · ",
    h("a", {href: `?${alone}`, target: "_blank", rel: "noopener", "data-alone": ""}, t("look.window")),
  ];
}

// the address of a comparison in the lab itself, with another language where one was asked for
export function labAddress(params) {
  const lang = new URLSearchParams(location.search).get("lang");
  return addressTo("train", params, lang ? `?lang=${lang}` : "");
}

// a browser may lend a frame of another site no storage: then what is chosen is kept as long as the page is open
function lendStorage() {
  try {
    localStorage.getItem("lab.language");
  } catch {
    const kept = new Map();
    const value = {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, said) => kept.set(key, String(said)),
      removeItem: (key) => kept.delete(key),
    };
    Object.defineProperty(window, "localStorage", {value});
    Object.defineProperty(window, "sessionStorage", {value});
  }
}
