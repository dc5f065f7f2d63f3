// The Learn tab: the map of methods (a tree of families, a tile a method), one open card, and the advisor.

import {fill, h} from "../core/dom.js";
import {callServer, repeatWhileShown} from "../core/server.js";
import {receiveLetter, sendLetter} from "../core/tabs.js";
import {onRedraw, t} from "../core/words.js";
import {drawAdvisor, openAdvisor} from "./advisor.js";
import {drawCard} from "./card.js";
import {drawTree} from "./map.js";
import {mountMeasured} from "./measured.js";

export function mountLearn(place, server) {
  const view = {
    place,
    server,
    map: null,
    find: "",
    open: null,
    advising: false,
    measuring: false,
    asked: null,
    answers: null,
    advice: null,
    counsel: null,
    problem: null,
    round: 0,
    unfolded: new Set(),
    head: h("div.learn-head"),
    advisor: h("section.advisor", {hidden: true}),
    tree: h("div.tree"),
    card: h("aside.method-card"),
  };
  view.actions = {choose: (id) => choose(view, id), tryIt: (wish) => tryIt(view, wish), show: (id) => show(view, id)};
  view.measured = mountMeasured(server, view.actions.show);
  const split = h("div.learn-split", {}, view.tree, view.card);
  fill(view.place, view.head, view.advisor, view.measured.place, split);
  // the map is fetched when the tab is first seen
  view.loading = repeatWhileShown(view.place, async () => {
    const got = await callServer(view.server.map);
    view.problem = got.problem || null;
    if (view.problem) {
      draw(view);
      return 3000;
    }
    view.map = got;
    view.loading.stop();
    if (view.open === null && innerWidth > 900) view.open = "lora";
    draw(view);
    receiveLetter("learn", ({method}) => choose(view, method));
    return 60000;
  });
  onRedraw(() => view.place.isConnected && draw(view));
  draw(view);
}

function draw(view) {
  drawHead(view);
  drawTree(view);
  drawCard(view);
  drawAdvisor(view);
  view.measured.draw();
}

function drawHead(view) {
  const search = h("input", {
    type: "search",
    placeholder: t("learn.search"),
    "aria-label": t("learn.search"),
    value: view.find,
    "data-find": "",
    oninput: () => {
      view.find = search.value;
      drawTree(view);
    },
  });
  fill(
    view.head,
    h("div.learn-words", {}, h("h2", {}, t("learn.title")), h("p.soft", {}, t("learn.intro"))),
    h(
      "div.learn-tools",
      {},
      search,
      h(
        "button",
        {"data-advisor": "", "aria-expanded": String(view.advising), onclick: () => toggleAdvisor(view)},
        t(view.advising ? "learn.choose_close" : "learn.choose"),
      ),
      h(
        "button",
        {"data-measured-open": "", "aria-expanded": String(view.measuring), onclick: () => toggleMeasured(view)},
        t(view.measuring ? "measured.close" : "measured.open"),
      ),
    ),
  );
}

function choose(view, id) {
  view.open = id;
  for (const one of view.tree.querySelectorAll(".tile"))
    one.setAttribute("aria-pressed", String(one.dataset.method === id));
  drawCard(view);
  view.card.scrollTop = 0;
  if (id) view.card.querySelector(".page-head button")?.focus({preventScroll: true});
}

// from the advisor, which may stand above where the card is
function show(view, id) {
  choose(view, id);
  view.card.scrollIntoView({behavior: "smooth", block: "nearest"});
}

async function tryIt(view, wish) {
  const got = await callServer(view.server.try_it, wish);
  if (got.problem)
    return fill(view.card.querySelector(".next") || view.card, h("p.problem", {role: "alert"}, got.problem));
  sendLetter("form", got, "train");
}

function toggleMeasured(view) {
  view.measuring = !view.measuring;
  drawHead(view);
  view.measured.toggle(view.measuring);
}

function toggleAdvisor(view) {
  view.advising = !view.advising;
  drawHead(view);
  if (view.advising) openAdvisor(view);
  else drawAdvisor(view);
}
