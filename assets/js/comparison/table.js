// The table of a comparison: results, or the settings that made the difference; sorted, searched, one row a variant or
// a run. A click on a row picks it, here and in every picture beside it.

import {againstChoice, fetchVersus} from "./against.js";
import {certainty, leadWords} from "./certainty.js";
import {familySwatch} from "./families.js";
import {mountPooled} from "./pooled.js";
import {tableLine} from "./save.js";
import {leads, nextOrder, sorted} from "./sorting.js";
import {columns, settingColumns} from "./table_columns.js";
import {MANY_VARIANTS, variantsOf} from "./variants.js";
import {swatch} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {formatFigure, isNumber} from "../core/format.js";
import {callServer} from "../core/server.js";
import {currentLanguage, localized, nameOf, t} from "../core/words.js";
import {mountTakeHome} from "../runs/take_home.js";

const VIEWS = ["results", "differences", "settings"];

export function mountResults(place, server, {pick, point}) {
  const view = {
    place,
    server,
    pick,
    point,
    runs: [],
    what: {},
    alike: true,
    picked: new Set(),
    mode: "results",
    order: null,
    up: true,
    find: "",
    together: true,
    settings: null,
    asked: "",
    against: "",
    versus: null,
    problem: null,
    leaders: {},
    words: h("div"),
    saving: h("div"),
    tools: h("div.table-tools"),
    box: h("div.scroll-x"),
  };
  view.search = h("input", {
    type: "search",
    "data-find-variant": "",
    oninput: () => {
      view.find = view.search.value;
      drawTable(view);
    },
  });
  const tasks = h("div");
  view.pooled = mountPooled(tasks, server);
  if (server.take_home) view.takeHome = mountTakeHome(server);
  fill(view.place, view.tools, view.box, view.saving, view.takeHome?.element, view.words, tasks);
  return {
    draw: (next, chosen, state) => draw(view, next, chosen, state),
    mark: (chosen, pointed, reveal) => mark(view, chosen, pointed, reveal),
  };
}

function draw(view, next, chosen, state) {
  if (JSON.stringify(state.what) !== JSON.stringify(view.what)) Object.assign(view, {against: "", versus: null});
  else if (view.against && overIn(next) !== overIn(view.runs)) setTimeout(() => fetchVersus(view, drawTable));
  view.runs = next;
  view.what = state.what;
  view.picked = chosen;
  Object.assign(view, {leaders: state.leaders, recorded: state.recorded, alike: state.alike});
  view.pooled.draw(state);
  if (view.mode !== "results") fetchSettings(view);
  drawTools(view);
  drawTable(view);
  fill(view.words, certainty(view));
  drawSaving(view, state.title);
}

// drawn anew only for other runs: a button that was just pressed stays under the mouse and the keyboard
function drawSaving(view, title) {
  const over = view.runs.filter((run) => run.over);
  const now = JSON.stringify([currentLanguage(), view.together, title, over.map((run) => run.id)]);
  if (view.saved === now) return;
  view.saved = now;
  view.takeHome?.draw(view.recorded || view.runs.length < 2 ? [] : view.runs);
  fill(
    view.saving,
    over.length ? tableLine(view.server, view.runs, {together: view.together, title: localized(title)}) : null,
  );
}

const overIn = (runs) => runs.filter((run) => run.over).length;

const repeated = (view) => variantsOf(view.runs).some((one) => one.runs.length > 1);

const rows = (view) =>
  view.together && repeated(view)
    ? variantsOf(view.runs)
    : view.runs.map((run) => ({name: run.name, place: run.place, runs: [run]}));

async function fetchSettings(view) {
  const wanted = view.runs.map((run) => run.id).join();
  if (view.asked === wanted) return;
  view.asked = wanted;
  const got = await callServer(view.server.settings, view.what);
  view.problem = got.problem || null;
  view.settings = view.problem ? null : got.runs;
  if (view.problem) view.asked = "";
  drawTable(view);
}

function drawTools(view) {
  if (view.runs.length < 2) return fill(view.tools);
  const chip = (name, now, words, choose) =>
    h("button.chip", {[`data-${name}`]: "", "aria-pressed": String(now), onclick: choose}, words);
  const had = document.activeElement === view.search;
  const caret = [view.search.selectionStart, view.search.selectionEnd];
  view.search.placeholder = t("result.search");
  view.search.setAttribute("aria-label", t("result.search"));
  fill(
    view.tools,
    rows(view).length > MANY_VARIANTS ? view.search : null,
    h(
      "div.chips",
      {role: "group", "aria-label": t("result.view")},
      VIEWS.map((name) =>
        chip(`view-${name}`, view.mode === name, t(`result.view_${name}`), () => {
          view.mode = name;
          view.order = null;
          if (name !== "results") fetchSettings(view);
          drawTools(view);
          drawTable(view);
        }),
      ),
    ),
    repeated(view)
      ? h(
          "div.chips",
          {},
          chip("together", view.together, t("result.by_variant"), () => {
            view.together = true;
            drawTools(view);
            drawTable(view);
          }),
          chip("single", !view.together, t("result.every_run"), () => {
            view.together = false;
            drawTools(view);
            drawTable(view);
          }),
        )
      : null,
    view.mode === "results" && view.alike && variantsOf(view.runs).length > 1
      ? againstChoice(view, () => fetchVersus(view, drawTable))
      : null,
  );
  if (had) {
    view.search.focus();
    view.search.setSelectionRange(...caret);
  }
}

function drawTable(view) {
  if (!view.runs.length) return fill(view.box);
  const all = columns(view);
  const name = {
    key: "variant",
    words: t("result.variant"),
    help: t("result.variant_help"),
    left: true,
    worth: (row) => row.name,
  };
  const order = [name, ...all].find((column) => column.key === view.order);
  const shown = sorted(
    rows(view).filter((row) => matches(row, view.find)),
    order,
    view.up,
  );
  const head = [name, ...all].map((column) => heading(view, column));
  const lines = shown.map((row) => line(view, row, all));
  const same = view.mode === "differences" && view.settings && !settingColumns(view).length;
  view.box.classList.toggle("tall", rows(view).length > MANY_VARIANTS);
  const top = view.box.scrollTop;
  const aside = view.box.scrollLeft;
  fill(
    view.box,
    view.problem && view.mode !== "results" ? h("p.problem", {role: "alert"}, view.problem) : null,
    same ? h("p.soft", {}, t("result.no_differences")) : null,
    h("table.results", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, lines), usualLine(all)),
    shown.length ? null : h("p.empty", {}, t("result.none_match")),
  );
  view.box.scrollTop = top;
  view.box.scrollLeft = aside;
}

// by the variant's name, its method in any language, or its family
function matches(row, find) {
  const wanted = find.trim().toLowerCase();
  const said = row.runs.flatMap((run) => [run.method, ...Object.values(run.method_name), nameOf("family", run.family)]);
  return !wanted || [row.name, localized(row.name), ...said].some((words) => words.toLowerCase().includes(wanted));
}

function heading(view, column) {
  const sortedBy = view.order === column.key;
  const direction = view.up ? "ascending" : "descending";
  const arrow = view.up ? " ↑" : " ↓";
  return h(
    column.left ? "th.left" : "th",
    {title: column.help, scope: "col", "aria-sort": sortedBy ? direction : "none"},
    view.runs.length > 1
      ? h(
          "button.sort",
          {"data-sort": column.key, onclick: () => sortBy(view, column)},
          column.words,
          sortedBy ? arrow : "",
        )
      : column.words,
  );
}

function line(view, row, all) {
  const variant = row.runs[0].variant;
  const alone = view.runs.length === 1;
  const choose = () => !alone && view.pick(variant);
  return h(
    "tr",
    {
      "data-run": row.runs[0].id,
      "data-of": variant,
      "aria-selected": String(view.picked.has(variant)),
      tabindex: alone ? null : 0,
      onclick: choose,
      onkeydown: (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          choose();
        }
      },
      onmouseenter: () => view.point(variant),
      onmouseleave: () => view.point(null),
    },
    h(
      "td.name",
      {},
      variantsOf(view.runs).length > MANY_VARIANTS ? familySwatch(row.runs[0].family) : swatch(row.place),
      h("span", {}, localized(row.name)),
      h(
        "small",
        {},
        method(row),
        row.runs.length > 1 ? `${method(row) ? " · " : ""}${t("result.seeds", {n: row.runs.length})}` : "",
      ),
    ),
    all.map((column) => {
      const lead = leads(column, row);
      const kind = column.left ? "td.left" : lead ? "td.best" : "td";
      return h(kind, {title: lead ? leadWords(column) : null}, column.cell(row));
    }),
  );
}

// the last line: what a model would get that always gives the commonest answer of the training rows
function usualLine(all) {
  if (!all.some((column) => isNumber(column.usual))) return null;
  const cell = (column) =>
    h(column.left ? "td.left" : "td", {}, isNumber(column.usual) ? formatFigure(column.usual, column.digits) : "");
  return h(
    "tfoot",
    {},
    h("tr.usual", {}, h("td.name", {title: t("result.usual_help")}, t("result.usual")), all.map(cell)),
  );
}

// the method, where the variant is not called after it
const method = (row) =>
  Object.values(row.runs[0].method_name).includes(row.name) ? "" : localized(row.runs[0].method_name);

function sortBy(view, column) {
  Object.assign(view, nextOrder(view, column));
  drawTable(view);
}

// what is picked or pointed at elsewhere, without drawing the table again; reveal: a variant to scroll to
function mark(view, chosen, pointed, reveal) {
  view.picked = chosen;
  const lines = [...view.box.querySelectorAll("tbody tr")];
  for (const row of lines) {
    row.setAttribute("aria-selected", String(view.picked.has(row.dataset.of)));
    row.classList.toggle("pointed", row.dataset.of === pointed);
  }
  const row = reveal && lines.find((one) => one.dataset.of === reveal);
  if (row)
    view.box.scrollTop +=
      row.getBoundingClientRect().top -
      view.box.getBoundingClientRect().top -
      (view.box.clientHeight - row.clientHeight) / 2;
}
