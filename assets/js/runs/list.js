// The table of all runs: those that the filters let through, sorted; boxes to pick some.

import {isFound, isMarked, matches} from "./filters.js";
import {origin} from "./lineage.js";
import {swatch} from "../core/colours.js";
import {fill, h, keepFocus} from "../core/dom.js";
import {formatBytes, formatDuration, formatFigure, formatShare, formatTime} from "../core/format.js";
import {openTab} from "../core/tabs.js";
import {localized, t} from "../core/words.js";

// by what a column sorts
const WORTH = {
  created: (run) => run.created,
  name: (run) => run.name,
  time: (run) => run.seconds ?? -1,
  held_out: (run) => run.held_out[1] ?? Infinity,
  trainable: (run) => run.trainable ?? -1,
  disk: (run) => run.disk,
};

export function drawList(view) {
  if (view.problem) return fill(view.list, h("p.problem", {role: "alert"}, view.problem));
  if (!view.runs.length) return fill(view.list, nothingYet());
  const shown = view.runs.filter((run) => matches(view, run)).toSorted((a, b) => compare(view, a, b));
  if (!shown.length) return fill(view.list, h("p.empty", {}, t("runs.none_match")));
  const heads = [
    h("th", {}, boxOfAll(view, shown)),
    heading(view, "name", t("result.variant")),
    h("th.left", {}, t("runs.recipe")),
    h("th.left", {}, t("runs.status")),
    heading(view, "trainable", t("result.trainable"), true),
    heading(view, "time", t("result.time"), true),
    heading(view, "held_out", t("result.held_out"), true),
    heading(view, "disk", t("runs.disk"), true),
    heading(view, "created", t("runs.created"), true),
  ];
  keepFocus(view.list, () =>
    fill(
      view.list,
      h(
        "table.results.runs",
        {},
        h("thead", {}, h("tr", {}, heads)),
        h(
          "tbody",
          {},
          shown.map((run) => line(view, run)),
        ),
      ),
    ),
  );
}

export const nothingYet = () =>
  h(
    "div.empty.first",
    {},
    h("h2", {}, t("runs.empty_title")),
    h("p", {}, t("runs.empty_words")),
    h("button.primary", {onclick: () => openTab("train")}, t("runs.to_train")),
  );

// picks all that are shown, or none
function boxOfAll(view, shown) {
  const all = shown.every((run) => view.picked.has(run.id));
  return h("input", {
    type: "checkbox",
    checked: all,
    "data-pick-all": "",
    "aria-label": t("runs.pick_all"),
    onchange: () => {
      for (const run of shown) {
        if (all) view.picked.delete(run.id);
        else view.picked.add(run.id);
      }
      view.removal = null;
      view.actions.draw();
    },
  });
}

// a box that picks a run or a comparison
export const pickBox = (view, id, name) =>
  h("input", {
    type: "checkbox",
    checked: view.picked.has(id),
    "data-pick": id,
    "aria-label": t("runs.pick", {name}),
    onclick: (event) => event.stopPropagation(),
    onchange: (event) => view.actions.pick(id, event.target.checked),
  });

export const tagList = (tags) => tags.map((tag) => h("span.tag", {}, `#${tag}`));

export const star = (one) => (one.starred ? h("span.star", {role: "img", "aria-label": t("runs.starred")}, "★") : null);

function compare(view, a, b) {
  const [x, y] = [a, b].map(WORTH[view.order]);
  return (x < y ? -1 : x > y ? 1 : 0) * (view.up ? 1 : -1);
}

function heading(view, key, words, right) {
  const now = view.order === key;
  const sort = () => {
    view.up = now ? !view.up : key === "name" || key === "held_out";
    view.order = key;
    drawList(view);
  };
  return h(
    right ? "th.right" : "th.left",
    {"aria-sort": now ? (view.up ? "ascending" : "descending") : "none"},
    h("button.sort", {onclick: sort, "data-sort-runs": key}, words, now ? (view.up ? " ↑" : " ↓") : ""),
  );
}

const lineOf = (run) =>
  run.parent ? h("small", {}, t("runs.after", {id: run.parent}), run.forked_at ? ` · ${origin(run)}` : "") : null;

function line(view, run) {
  const choose = () => view.actions.choose(run.id);
  const attributes = {
    tabindex: 0,
    "data-run": run.id,
    "aria-selected": String(run.id === view.open),
    onclick: choose,
    onkeydown: (event) => {
      if (event.target !== event.currentTarget) return;
      if (event.key === "Enter") view.actions.enter(run.id);
      if (event.key !== " ") return;
      event.preventDefault();
      view.actions.pick(run.id, !view.picked.has(run.id));
    },
  };
  const step = run.status === "running" && run.total ? h("small", {}, `${run.step}/${run.total}`) : null;
  return h(
    "tr",
    attributes,
    h("td.pick", {onclick: (event) => event.stopPropagation()}, pickBox(view, run.id, localized(run.name))),
    h(
      "td.name",
      {title: run.note || null},
      swatch(run.place),
      h("span", {}, localized(run.name), star(run)),
      h("small", {}, localized(run.method_name), " ", tagList(run.tags)),
    ),
    h("td.left", {}, localized(run.recipe), lineOf(run)),
    h("td.left", {}, h("span.status", {"data-status": run.status}, t(`status.${run.status}`)), step),
    h("td", {}, formatShare(run.trainable, run.all_params)),
    h("td", {}, formatDuration(run.seconds)),
    h("td", {}, formatFigure(run.held_out[1])),
    h("td", {}, formatBytes(run.disk)),
    h("td", {}, formatTime(run.created)),
  );
}

// of comparisons, those that the filters let through
export const shownComparisons = (view, all) =>
  all.filter(
    (one) =>
      isMarked(view, one) &&
      isFound(view, [
        one.id,
        one.name,
        localized(one.name),
        one.base,
        ...one.methods,
        ...one.variants.flatMap((name) => [name, localized(name)]),
        ...one.tags.map((tag) => `#${tag}`),
      ]),
  );
