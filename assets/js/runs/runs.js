// The Runs tab: a table of runs and a list of comparisons, to search, filter and sort, with what can be done with those
// that are picked; a run's page with its curves, recipe, log, lineage and what to do next; any runs side by side.

import {mountGallery} from "./gallery.js";
import {drawHead} from "./filters.js";
import {mountBringIn} from "./giving.js";
import {drawList} from "./list.js";
import {familiesOf, lineageTree} from "./lineage.js";
import {drawMarks} from "./marks.js";
import {drawPicked, keepPicked, pickNone} from "./picked.js";
import {drawActions, drawFacts, drawPage} from "./run_page.js";
import {mountSideBySide} from "./side_by_side.js";
import {onPlace, placeOf, setPlace} from "../core/address.js";
import {fill, h} from "../core/dom.js";
import {callServer, repeatWhileShown} from "../core/server.js";
import {goTo} from "../core/tabs.js";
import {onRedraw, t} from "../core/words.js";

const freshView = (place, server) => ({
  place,
  server,
  runs: [],
  owner: false,
  find: "",
  status: "",
  method: "",
  tag: "",
  starred: false,
  archived: false,
  order: "created",
  up: false,
  mode: "runs",
  picked: new Set(),
  removal: null,
  open: null,
  about: null,
  problem: null,
  sure: false,
  head: h("div.runs-head"),
  bar: h("div"),
  families: h("details.overview", {hidden: true}),
  list: h("div.scroll-x"),
  page: h("div.run-page"),
  curves: h("div"),
  watcher: null,
  buttons: h("div.next"),
  forking: h("div"),
  marks: h("div"),
  facts: h("div"),
});

const actionsOf = (view) => ({
  choose: (id) => go(view, id ? {run: id} : {}),
  enter: (id) => {
    view.entering = true;
    go(view, {run: id});
  },
  go: (params) => go(view, params),
  refreshAbout: () => refreshAbout(view),
  act: (door, gone) => act(view, door, gone),
  pick: (id, whether) => pick(view, id, whether),
  draw: () => drawLists(view),
  redraw: () => drawAll(view),
  refresh: () => refresh(view),
});

export function mountRuns(place, server, upload) {
  const view = freshView(place, server);
  view.actions = actionsOf(view);
  view.bringIn = mountBringIn(view, upload);
  view.gallery = mountGallery(view);
  view.split = h("div.runs-split", {}, view.list, view.page);
  view.all = h("div", {}, view.head, view.bar, view.families, view.split, view.gallery.place);
  view.beside = mountSideBySide(server, view.actions);
  fill(view.place, view.all, view.beside.place);
  // one element for good: whoever types keeps the caret when the list is drawn again
  view.search = h("input", {
    type: "search",
    "data-search-runs": "",
    oninput: () => {
      view.find = view.search.value;
      drawLists(view);
    },
  });
  onRedraw(() => view.place.isConnected && drawAll(view));
  view.loop = repeatWhileShown(view.place, () => pull(view));
  onPlace("runs", (params) => apply(view, params));
  apply(view, placeOf("runs"));
}

// to what the address will say; the keyboard goes along
function go(view, params) {
  const [beside, was] = [!view.beside.place.hidden, view.open];
  const inside = view.page.contains(document.activeElement);
  setPlace("runs", params);
  apply(view, params);
  if (params.compare) goTo(() => view.beside.place.querySelector("[data-back]"));
  else if (beside) goTo(() => view.head.querySelector(`[data-list-${view.mode}]`));
  else if (was && !params.run && inside) goTo(() => view.list.querySelector(`[data-run="${was}"]`));
}

// what the address says: runs side by side, or one of the lists, with a run's page where one is open
function apply(view, {run, compare, list}) {
  view.all.hidden = Boolean(compare);
  view.beside.show(compare ? compare.split(",") : null);
  if (compare) return;
  const mode = list && !run ? "comparisons" : "runs";
  if (mode !== view.mode) pickNone(view);
  view.mode = mode;
  if ((run || null) !== view.open) choose(view, run || null);
  drawAll(view);
  if (mode === "comparisons") view.gallery.refresh();
}

function drawAll(view) {
  drawHead(view);
  drawLists(view);
  drawFamilies(view);
  if (!view.open) return;
  drawActions(view);
  if (view.about && !view.about.problem) {
    drawMarks(view);
    drawFacts(view);
  }
}

function drawLists(view) {
  view.split.hidden = view.mode !== "runs";
  view.gallery.place.hidden = view.mode === "runs";
  drawPicked(view);
  if (view.mode === "runs") drawList(view);
  else view.gallery.draw();
}

function pick(view, id, whether) {
  if (whether) view.picked.add(id);
  else view.picked.delete(id);
  view.removal = null;
  drawLists(view);
}

// after a change of what is listed
function refresh(view) {
  view.loop.now();
  view.gallery.refresh();
}

async function pull(view) {
  const got = await callServer(view.server.list_runs);
  if (got.problem) {
    view.problem = got.problem;
    drawLists(view);
    return 3000;
  }
  const before = JSON.stringify([view.problem, view.runs, view.owner]);
  view.problem = null;
  view.runs = got.runs;
  view.owner = got.owner;
  keepPicked(view);
  if (JSON.stringify([null, view.runs, view.owner]) !== before) {
    if (document.activeElement?.tagName !== "SELECT") drawHead(view);
    drawLists(view);
    drawFamilies(view);
    if (view.open) drawActions(view);
    if (view.open && view.about && !view.about.problem) {
      drawMarks(view);
      drawFacts(view);
    }
    if (view.mode === "comparisons") view.gallery.refresh();
  }
  return view.runs.some((run) => !run.over) ? 1000 : 4000;
}

// the trees of all families, as long as nobody moves about in them
function drawFamilies(view) {
  const families = familiesOf(view.runs);
  view.families.hidden = !families.length || view.mode !== "runs";
  if (view.families.contains(document.activeElement)) return;
  const words = families.length === 1 ? t("fork.lineage_one") : t("fork.lineage", {n: families.length});
  fill(
    view.families,
    h("summary", {"data-families": ""}, words),
    families.map((family) => lineageTree(family, view.open, view.actions.choose)),
  );
}

async function choose(view, id) {
  view.open = id;
  fill(view.forking);
  view.sure = false;
  view.about = null;
  view.place.classList.toggle("run-open", Boolean(id));
  drawList(view);
  if (!id) return fill(view.page);
  view.about = await callServer(view.server.details, {run: id});
  if (view.open !== id) return;
  drawPage(view);
  view.page.scrollIntoView({behavior: "smooth", block: "nearest"});
  if (view.entering) view.page.querySelector("button")?.focus({preventScroll: true});
  view.entering = false;
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
  if (gone) go(view, {});
  view.loop.now();
  view.watcher?.refresh();
}
