// The top of the page: name, language, light, and the row of tabs. What does not fit, Gradio hides in a menu of
// nameless buttons; so its own row stands out of sight and wide enough for all (assets/css), and ours, which scrolls,
// presses it.

import {fill, h} from "./dom.js";
import {setDark} from "./light.js";
import {enterTab, openTab} from "./tabs.js";
import {currentLanguage, languageList, onRedraw, setLanguage, t} from "./words.js";

const theirs = () => [...document.querySelectorAll("#lab-tabs > .tab-wrapper button[data-tab-id]")];

const isOpen = (button) => button.getAttribute("aria-selected") === "true";

export function mountHeader(place) {
  const view = {place, top: h("header.lab-header")};
  view.row = h("nav.lab-tabs", {role: "tablist", onkeydown: step});
  fill(view.place, view.top, view.row);
  onRedraw(() => draw(view));
  draw(view);
  watch(view);
}

function draw(view) {
  const others = languageList().filter(([code]) => code !== currentLanguage());
  fill(
    view.top,
    h("div.lab-brand", {}, h("strong", {}, "Parrot Lab"), h("span", {}, t("page.tagline"))),
    h(
      "div.lab-tools",
      {},
      others.map(([code, name]) =>
        h("button.quiet", {lang: code, "data-set-language": code, onclick: () => setLanguage(code, true)}, name),
      ),
      h(
        "button.quiet",
        {"data-toggle-dark": "", onclick: () => setDark(!document.body.classList.contains("dark"), true)},
        t("page.light"),
      ),
    ),
  );
  drawRow(view);
}

function drawRow(view) {
  const held = view.row.contains(document.activeElement);
  fill(
    view.row,
    theirs().map((button) => {
      const name = button.dataset.tabId;
      const open = isOpen(button);
      return h(
        "button",
        {
          role: "tab",
          "data-tab": name,
          "aria-selected": String(open),
          "aria-controls": `tab-${name}`,
          tabindex: open ? 0 : -1,
          onclick: () => enterTab(name),
        },
        t(`page.${name}`),
      );
    }),
  );
  const now = view.row.querySelector("[aria-selected=true]");
  if (now) view.row.scrollTo({left: now.offsetLeft - (view.row.clientWidth - now.offsetWidth) / 2});
  if (held) now?.focus();
}

function step(event) {
  const by = {ArrowLeft: -1, ArrowRight: 1}[event.key];
  const all = theirs();
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  openTab(all[(all.findIndex(isOpen) + by + all.length) % all.length].dataset.tabId);
}

function watch(view) {
  const wrapper = document.querySelector("#lab-tabs > .tab-wrapper");
  if (!wrapper) return setTimeout(() => watch(view), 30);
  let last = "";
  const look = () => {
    const now = theirs()
      .map((button) => button.dataset.tabId + isOpen(button))
      .join();
    if (now !== last) {
      last = now;
      drawRow(view);
    }
  };
  new MutationObserver(look).observe(wrapper, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["aria-selected"],
  });
  look();
}
