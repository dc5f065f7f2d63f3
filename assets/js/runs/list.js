// The list of all runs: searched, filtered, sorted.

import {swatch} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {formatDuration, formatFigure, formatShare, formatTime} from "../core/format.js";
import {openTab} from "../core/tabs.js";
import {localized, t} from "../core/words.js";

// by what a column sorts
const WORTH = {
  created: (run) => run.created,
  name: (run) => run.name,
  time: (run) => run.seconds ?? -1,
  held_out: (run) => run.held_out[1] ?? Infinity,
  trainable: (run) => run.trainable ?? -1,
};

const matches = (view, run) =>
  (!view.status || run.status === view.status) &&
  (!view.method || run.method.split(", ").includes(view.method)) &&
  (!view.find ||
    [run.id, run.name, run.recipe, run.base, run.method, localized(run.method_name)].some((words) =>
      words.toLowerCase().includes(view.find.toLowerCase()),
    ));

export function drawHead(view) {
  const methods = [...new Map(view.runs.flatMap((run) => run.method.split(", ")).map((id) => [id, id]))]
    .map(([id]) => id)
    .toSorted();
  const statuses = [...new Set(view.runs.map((run) => run.status))];
  view.search.placeholder = t("runs.search");
  view.search.setAttribute("aria-label", t("runs.search"));
  const pick = (now, words, options, set) =>
    h(
      "select",
      {
        "aria-label": words,
        onchange: (event) => {
          set(event.target.value);
          drawList(view);
        },
      },
      h("option", {value: ""}, words),
      options.map(([id, name]) => h("option", {value: id, selected: id === now}, name)),
    );
  const had = document.activeElement === view.search;
  const [from, to] = [view.search.selectionStart, view.search.selectionEnd];
  fill(
    view.head,
    view.runs.length
      ? [
          view.search,
          pick(
            view.method,
            t("runs.any_method"),
            methods.map((id) => [id, id]),
            (value) => {
              view.method = value;
            },
          ),
          pick(
            view.status,
            t("runs.any_status"),
            statuses.map((id) => [id, t(`status.${id}`)]),
            (value) => {
              view.status = value;
            },
          ),
        ]
      : null,
  );
  if (had) {
    view.search.focus();
    view.search.setSelectionRange(from, to);
  }
}

export function drawList(view) {
  if (view.problem) return fill(view.list, h("p.problem", {role: "alert"}, view.problem));
  if (!view.runs.length) return fill(view.list, nothingYet());
  const shown = view.runs.filter((run) => matches(view, run)).toSorted((a, b) => compare(view, a, b));
  if (!shown.length) return fill(view.list, h("p.empty", {}, t("runs.none_match")));
  const heads = [
    heading(view, "name", t("result.variant")),
    h("th.left", {}, t("runs.recipe")),
    h("th.left", {}, t("runs.status")),
    heading(view, "trainable", t("result.trainable"), true),
    heading(view, "time", t("result.time"), true),
    heading(view, "held_out", t("result.held_out"), true),
    heading(view, "created", t("runs.created"), true),
  ];
  const lines = shown.map((run) => line(view, run));
  fill(view.list, h("table.results.runs", {}, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, lines)));
}

const nothingYet = () =>
  h(
    "div.empty.first",
    {},
    h("h2", {}, t("runs.empty_title")),
    h("p", {}, t("runs.empty_words")),
    h("button.primary", {onclick: () => openTab("train")}, t("runs.to_train")),
  );

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
    right ? "th.right" : "th",
    {"aria-sort": now ? (view.up ? "ascending" : "descending") : "none"},
    h("button.sort", {onclick: sort}, words, now ? (view.up ? " ↑" : " ↓") : ""),
  );
}

function line(view, run) {
  const choose = () => view.actions.choose(run.id);
  const attributes = {
    tabindex: 0,
    "data-run": run.id,
    "aria-selected": String(run.id === view.open),
    onclick: choose,
    onkeydown: (event) => event.key === "Enter" && choose(),
  };
  const step = run.status === "running" && run.total ? h("small", {}, `${run.step}/${run.total}`) : null;
  return h(
    "tr",
    attributes,
    h("td.name", {}, swatch(run.place), h("span", {}, run.name), h("small", {}, localized(run.method_name))),
    h("td.left", {}, run.recipe, run.parent ? h("small", {}, t("runs.after", {id: run.parent})) : null),
    h("td.left", {}, h("span.status", {"data-status": run.status}, t(`status.${run.status}`)), step),
    h("td", {}, formatShare(run.trainable, run.all_params)),
    h("td", {}, formatDuration(run.seconds)),
    h("td", {}, formatFigure(run.held_out[1])),
    h("td", {}, formatTime(run.created)),
  );
}
