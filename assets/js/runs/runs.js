// The Runs tab: a table to search, filter and sort; a run's page with its curves, recipe, log, lineage and what to do
// next.

import {fill, h} from "../core/dom.js";
import {callServer, repeatWhileShown} from "../core/server.js";
import {onRedraw} from "../core/words.js";
import {drawHead, drawList} from "./list.js";
import {drawActions, drawFacts, drawPage} from "./run_page.js";

export function mountRuns(place, server) {
  const view = {
    place,
    server,
    runs: [],
    find: "",
    status: "",
    method: "",
    order: "created",
    up: false,
    open: null,
    about: null,
    problem: null,
    sure: false,
    head: h("div.runs-head"),
    list: h("div.scroll-x"),
    page: h("div.run-page"),
    curves: h("div"),
    watcher: null,
    buttons: h("div.next"),
    facts: h("div"),
  };
  view.actions = {
    choose: (id) => choose(view, id),
    refreshAbout: () => refreshAbout(view),
    act: (door, gone) => act(view, door, gone),
  };
  fill(view.place, view.head, h("div.runs-split", {}, view.list, view.page));
  // one element for good: whoever types keeps the caret when the list is drawn again
  view.search = h("input", {
    type: "search",
    oninput: () => {
      view.find = view.search.value;
      drawList(view);
    },
  });
  onRedraw(() => {
    if (!view.place.isConnected) return;
    drawHead(view);
    drawList(view);
    if (view.open) {
      drawActions(view);
      if (view.about) drawFacts(view);
    }
  });
  view.loop = repeatWhileShown(view.place, () => pull(view));
  drawList(view);
}

async function pull(view) {
  const got = await callServer(view.server.list_runs);
  if (got.problem) {
    view.problem = got.problem;
    drawList(view);
    return 3000;
  }
  view.problem = null;
  const before = JSON.stringify(view.runs);
  view.runs = got.runs;
  if (JSON.stringify(view.runs) !== before) {
    if (document.activeElement?.tagName !== "SELECT") drawHead(view);
    drawList(view);
    if (view.open) drawActions(view);
  }
  return view.runs.some((run) => !run.over) ? 1000 : 4000;
}

async function choose(view, id) {
  view.open = id;
  view.sure = false;
  view.about = null;
  view.place.classList.toggle("run-open", Boolean(id));
  drawList(view);
  if (!id) return fill(view.page);
  view.about = await callServer(view.server.details, {run: id});
  if (view.open !== id) return;
  drawPage(view);
  view.page.scrollIntoView({behavior: "smooth", block: "nearest"});
}

async function refreshAbout(view) {
  const got = await callServer(view.server.details, {run: view.open});
  if (!got.problem) {
    view.about = got;
    drawFacts(view);
  }
}

async function act(view, door, gone) {
  const got = await callServer(door, {run: view.open});
  if (got.problem) {
    view.sure = false;
    drawActions(view);
    return view.buttons.append(h("p.problem", {role: "alert"}, got.problem));
  }
  if (gone) await choose(view, null);
  view.loop.now();
  view.watcher?.refresh();
}
