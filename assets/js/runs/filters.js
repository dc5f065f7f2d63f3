// Above the list of runs or comparisons: which of the two, the search, the filters; and which runs they let through.

import {fill, h} from "../core/dom.js";
import {localized, t} from "../core/words.js";

export const matches = (view, run) =>
  (!view.status || run.status === view.status) &&
  (!view.method || run.method.split(", ").includes(view.method)) &&
  isMarked(view, run) &&
  isFound(view, [
    run.id,
    run.name,
    localized(run.name),
    run.recipe,
    localized(run.recipe),
    run.base,
    run.method,
    localized(run.method_name),
    run.note,
    ...run.tags.map((tag) => `#${tag}`),
  ]);

// of a run or a comparison: whether its star, tags and place in the archive are those asked for
export const isMarked = (view, one) =>
  one.archived === view.archived && (!view.starred || one.starred) && (!view.tag || one.tags.includes(view.tag));

export const isFound = (view, words) =>
  !view.find || words.some((one) => one.toLowerCase().includes(view.find.trim().toLowerCase()));

export function drawHead(view) {
  view.search.placeholder = t(view.mode === "runs" ? "runs.search" : "runs.search_comparisons");
  view.search.setAttribute("aria-label", view.search.placeholder);
  const had = document.activeElement === view.search;
  const [from, to] = [view.search.selectionStart, view.search.selectionEnd];
  fill(view.head, view.runs.length ? [modes(view), view.search, filters(view), view.bringIn()] : view.bringIn());
  if (had) {
    view.search.focus();
    view.search.setSelectionRange(from, to);
  }
}

const chip = (data, now, words, press) =>
  h("button.chip", {type: "button", [`data-${data}`]: "", "aria-pressed": String(now), onclick: press}, words);

const modes = (view) =>
  h(
    "div.chips",
    {role: "group", "aria-label": t("runs.list")},
    chip("list-runs", view.mode === "runs", t("runs.single"), () => view.actions.go({})),
    chip("list-comparisons", view.mode === "comparisons", t("runs.comparisons"), () =>
      view.actions.go({list: "comparisons"}),
    ),
  );

function filters(view) {
  const methods = [...new Set(view.runs.flatMap((run) => run.method.split(", ")))].toSorted();
  const statuses = [...new Set(view.runs.map((run) => run.status))];
  const tags = [...new Set(view.runs.flatMap((run) => run.tags))].toSorted();
  if (view.tag && !tags.includes(view.tag)) view.tag = "";
  const archived = view.runs.some((run) => run.archived);
  if (!archived) view.archived = false;
  const own = view.mode === "runs";
  const plain = (names) => names.map((name) => [name, name]);
  return [
    own ? choose(view, "method", t("runs.any_method"), plain(methods)) : null,
    own
      ? choose(
          view,
          "status",
          t("runs.any_status"),
          statuses.map((id) => [id, t(`status.${id}`)]),
        )
      : null,
    tags.length
      ? choose(
          view,
          "tag",
          t("runs.any_tag"),
          tags.map((tag) => [tag, `#${tag}`]),
        )
      : null,
    view.starred || view.runs.some((run) => run.starred) ? toggle(view, "starred", t("runs.only_starred")) : null,
    archived ? toggle(view, "archived", t("runs.archive_shown")) : null,
  ];
}

const choose = (view, key, words, options) =>
  h(
    "select",
    {
      "aria-label": words,
      [`data-filter-${key}`]: "",
      onchange: (event) => {
        view[key] = event.target.value;
        view.actions.draw();
      },
    },
    h("option", {value: ""}, words),
    options.map(([id, name]) => h("option", {value: id, selected: id === view[key]}, name)),
  );

const toggle = (view, key, words) =>
  chip(`filter-${key}`, view[key], words, () => {
    view[key] = !view[key];
    view.actions.redraw();
  });
