// The top of the page: name, language, light, and the row of tabs. What does not fit, Gradio hides in a menu of
// nameless buttons; so its own row stands out of sight and wide enough for all (assets/css), and ours, which scrolls,
// presses it.

import {addressProblem, addressTab, onAddressProblem, tabOpened} from "./address.js";
import {fill, h} from "./dom.js";
import {setDark} from "./light.js";
import {enterTab, openTab} from "./tabs.js";
import {currentLanguage, languageList, onRedraw, setLanguage, t} from "./words.js";
import {mountWho} from "./who.js";
import {mountTour} from "../tour/tour.js";

const theirs = () => [...document.querySelectorAll("#lab-tabs > .tab-wrapper button[data-tab-id]")];

const isOpen = (button) => button.getAttribute("aria-selected") === "true";

export function mountHeader(place, server) {
  const view = {place, top: h("header.lab-header")};
  view.row = h("nav.lab-tabs", {role: "tablist", onkeydown: step});
  view.box = h("div.lab-tabs-box", {}, view.row);
  view.notice = h("div", {role: "alert"});
  view.who = h("span");
  view.touring = false;
  view.invitation = h("div");
  fill(view.place, view.top, view.box, view.notice, view.invitation);
  view.row.addEventListener("scroll", () => tellMore(view), {passive: true});
  new ResizeObserver(() => tellMore(view)).observe(view.row);
  onRedraw(() => draw(view));
  onAddressProblem(() => drawNotice(view));
  draw(view);
  watch(view);
  view.tour = mountTour(view.invitation, (open) => tellTour(view, open), server);
  mountWho(view.who, server).then((me) => me && view.tour.tell(me));
}

function tellTour(view, open) {
  view.touring = open;
  view.top.querySelector("[data-tour-toggle]")?.setAttribute("aria-expanded", String(open));
}

function draw(view) {
  const others = languageList().filter(([code]) => code !== currentLanguage());
  fill(
    view.top,
    h("div.lab-brand", {}, h("h1", {}, "Parrot Lab"), h("span", {}, t("page.tagline"))),
    h(
      "div.lab-tools",
      {},
      view.who,
      h(
        "button.quiet",
        {
          "data-tour-toggle": "",
          "aria-expanded": String(view.touring),
          title: t("tour.toggle_help"),
          onclick: () => view.tour.toggle(),
        },
        t("tour.toggle"),
      ),
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
  drawNotice(view);
}

// what is wrong in the address that one came with, until one goes somewhere
function drawNotice(view) {
  const problem = addressProblem();
  const words = problem && t(problem.name === "tab" ? "page.no_tab" : "page.no_place", problem);
  fill(view.notice, words ? h("p.problem", {"data-address-problem": ""}, words) : null);
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
  tellMore(view);
}

// on a narrow screen: whether more tabs follow, on which side
function tellMore({box, row}) {
  box.toggleAttribute("data-more-before", row.scrollLeft > 4);
  box.toggleAttribute("data-more-after", row.scrollLeft + row.clientWidth < row.scrollWidth - 4);
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
      const open = theirs().find(isOpen)?.dataset.tabId;
      if (open) tabOpened(open);
    }
  };
  if (theirs().length) openTab(addressTab());
  new MutationObserver(look).observe(wrapper, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["aria-selected"],
  });
  look();
}
