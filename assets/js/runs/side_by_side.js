// Any runs side by side, of one comparison or of several, as a comparison shows its own; of two, in which fields their
// recipes differ.

import {mountWatcher} from "../comparison/watcher.js";
import {fill, h} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {localized, nameOf, onRedraw, t} from "../core/words.js";

export function mountSideBySide(server, actions) {
  const view = {
    server,
    actions,
    ids: [],
    found: null,
    top: h("div.page-head"),
    box: h("div"),
    recipes: h("details.overview", {hidden: true}),
    watcher: null,
  };
  view.place = h("div.side-by-side", {hidden: true}, view.top, view.recipes, view.box);
  view.recipes.addEventListener("toggle", () => view.recipes.open && fetchDifferences(view));
  onRedraw(() => draw(view));
  draw(view);
  return {place: view.place, show: (ids) => show(view, ids)};
}

// ids of runs and of comparisons; none for nothing
function show(view, ids) {
  view.place.hidden = !ids;
  if (!ids || ids.join() === view.ids.join()) return;
  Object.assign(view, {ids, found: null});
  view.recipes.open = false;
  view.watcher ??= mountWatcher(view.box, view.server, {});
  view.watcher.show({runs: ids});
  draw(view);
}

function draw(view) {
  fill(
    view.top,
    h("button.quiet", {"data-back": "", onclick: () => view.actions.go({})}, t("runs.back")),
    h(
      "button.quiet",
      {"data-back-comparisons": "", onclick: () => view.actions.go({list: "comparisons"})},
      t("runs.back_comparisons"),
    ),
  );
  view.recipes.hidden = view.ids.length !== 2;
  fill(view.recipes, h("summary", {"data-diff": ""}, t("runs.diff")), view.found ? differences(view) : null);
}

async function fetchDifferences(view) {
  const [first, second] = view.ids;
  if (view.found) return;
  const got = await callServer(view.server.diff, {first, second});
  if (view.ids[0] !== first || view.ids[1] !== second) return;
  view.found = got;
  draw(view);
}

function differences({found, ids}) {
  if (found.problem) return h("p.problem", {role: "alert"}, found.problem);
  const rows = found.differences;
  if (!rows.length) return h("p.soft", {}, t("runs.diff_none"));
  const several = rows.some((one) => one.variant);
  const value = (text) => (text === null ? h("span.soft", {}, t("runs.diff_lacks")) : text);
  return h(
    "div.scroll-x",
    {},
    h(
      "table.results.diff",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          several ? h("th.left", {}, t("result.variant")) : null,
          [t("runs.diff_field"), ...ids].map((words) => h("th.left", {}, words)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((one) =>
          h(
            "tr",
            {"data-differs": one.field},
            several ? h("td.left", {}, one.variant ? localized(one.variant) : t("runs.diff_all")) : null,
            h("td.left", {}, fieldName(one.field)),
            h("td.left", {}, value(one.first)),
            h("td.left", {}, value(one.second)),
          ),
        ),
      ),
    ),
  );
}

// as the table of settings calls it; what it is called in a recipe stands in its title
const fieldName = (path) => h("span", {title: path}, nameOf("setting", path));
