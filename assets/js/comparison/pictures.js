// What runs have to show of their own, by name: pictures that their objective left. A kind of picture is a function here
// and a class in lab/store/pictures.py. Up to four runs stand side by side, drawn to one scale.

import {byValue} from "./by_value.js";
import {lines} from "./lines.js";
import {scores} from "./scores.js";
import {captions, drawings} from "./small_pictures.js";
import {spans} from "./spans.js";
import {texts} from "./texts.js";
import {runColour} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {localized, nameOf, t} from "../core/words.js";
import {reachable} from "../core/scrolling.js";

const KINDS = {matrix, lines, texts, scores, spans, drawings, captions, by_value: byValue};

// place: where they go; draw(runs) shows those of these runs, asked for once a run has some
export function mountPictures(place, server) {
  const view = {place, server, runs: [], got: new Map(), asked: "", problem: null};
  return {draw: (runs) => draw(view, runs)};
}

function draw(view, runs) {
  view.runs = runs;
  const some = runs.filter((run) => run.pictures?.length);
  const wanted = some.map((run) => `${run.id} ${run.over} ${run.pictures}`).join();
  if (wanted !== view.asked) fetchPictures(view, some, wanted);
  redraw(view);
}

async function fetchPictures(view, some, wanted) {
  view.asked = wanted;
  if (!some.length) return;
  const answer = await callServer(view.server.pictures, {runs: some.map((run) => run.id)});
  if (wanted !== view.asked) return;
  view.problem = answer.problem || null;
  if (view.problem) view.asked = "";
  else view.got = new Map(answer.runs.map((one) => [one.id, one.pictures]));
  redraw(view);
}

function redraw(view) {
  if (view.problem) return fill(view.place, h("p.problem", {role: "alert"}, view.problem));
  const known = view.runs.map((run) => [run, view.got.get(run.id)]).filter(([, pictures]) => pictures);
  const names = [...new Set(known.flatMap(([, pictures]) => Object.keys(pictures)))];
  fill(
    view.place,
    names.map((name) => {
      const drawn = known.filter(([, pictures]) => KINDS[pictures[name]?.kind]);
      return drawn.length ? section(name, drawn) : null;
    }),
  );
}

function section(name, drawn) {
  const [plain, task] = name.split("/"); // a picture of one task of several is called after it
  const help = t(`picture.${plain}_help`);
  return h(
    "section.own-pictures",
    {"data-picture": name},
    h("h3", {}, nameOf("picture", plain) + (task ? ` · ${nameOf("task", task)}` : "")),
    help === `picture.${plain}_help` ? null : h("p.soft", {}, help),
    reachable(
      h(
        "div.own-columns",
        {style: `--columns:${drawn.length}`},
        drawn.map(([run, pictures]) =>
          h(
            "div.own-column",
            {style: `--mine:${runColour(run.place)}`, "data-picture-of": run.id},
            h("div.column-name", {}, h("b", {}, localized(run.name))),
            KINDS[pictures[name].kind](
              plain,
              pictures[name],
              drawn.map(([, others]) => others[name]),
            ),
          ),
        ),
      ),
    ),
  );
}

// counts by two names: a row adds up to all of its name, and a cell is as dark as its share of them
function matrix(name, picture) {
  return reachable(
    h(
      "div.scroll-x",
      {},
      h(
        "table.matrix",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th.corner", {scope: "col"}, `${nameOf("picture", `${name}_rows`)} ↓`),
            h(
              "th.over",
              {scope: "colgroup", colspan: picture.columns.length},
              `${nameOf("picture", `${name}_columns`)} →`,
            ),
          ),
          h(
            "tr",
            {},
            h("td", {}),
            picture.columns.map((column) => h("th.upright", {scope: "col"}, h("span", {}, column))),
          ),
        ),
        h(
          "tbody",
          {},
          picture.rows.map((row, i) =>
            h(
              "tr",
              {},
              h("th", {scope: "row"}, row),
              picture.values[i].map((count, j) => cell(name, row, picture.columns[j], count, picture.values[i])),
            ),
          ),
        ),
      ),
    ),
  );
}

function cell(name, row, column, count, values) {
  const whole = values.reduce((sum, one) => sum + one, 0);
  const share = whole ? count / whole : 0;
  return h(
    "td.count",
    {
      "data-cell": `${row}/${column}`,
      class: `count${row === column ? " same" : ""}${share > 0.55 ? " strong" : ""}`,
      style: `--share:${share.toFixed(3)}`,
      title: t("picture.cell", {row, column, n: count, of: whole}),
    },
    count ? String(count) : "·",
  );
}
