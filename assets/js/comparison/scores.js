// How each task of a staged run is done after each of its stages: the matrix of forgetting. A cell is as dark as its score;
// framed ones are of tasks that the row's stage learned, and what no stage has learned yet is pale.

import {h} from "../core/dom.js";
import {formatCount, formatFigure, isNumber, percent} from "../core/format.js";
import {t} from "../core/words.js";
import {reachable} from "../core/scrolling.js";

const LOSS = "eval_loss";
const STRONG = 0.55;

// picture: Scores of lab/store/pictures.py
export function scores(name, picture) {
  const shown = {rows: picture.rows.length, lost: mostForgotten(picture)};
  return h(
    "div.scores",
    {},
    reachable(
      h(
        "div.scroll-x",
        {},
        h(
          "table.matrix.of-scores",
          {},
          h("thead", {}, head(picture)),
          h(
            "tbody",
            {},
            picture.rows.map((_, i) => drawRow(picture, i)),
          ),
        ),
      ),
    ),
    shown.rows > 1 ? h("p.soft", {"data-lost": ""}, lostWords(picture, shown.lost)) : null,
  );
}

function head(picture) {
  return [
    h(
      "tr",
      {},
      h("th.corner", {scope: "col"}, `${t("picture.tasks_rows")} ↓`),
      h("th.over", {scope: "colgroup", colspan: picture.columns.length}, `${t("picture.tasks_columns")} →`),
      h("th.over", {scope: "colgroup", colspan: 3}, t("picture.tasks_cost")),
    ),
    h(
      "tr",
      {},
      h("td", {}),
      picture.columns.map((column, j) =>
        h("th.upright", {scope: "col", title: measureWords(picture, j)}, h("span", {}, column)),
      ),
      ["steps", "tokens", "old"].map((part) => h("th.took", {scope: "col"}, t(`picture.tasks_${part}`))),
    ),
  ];
}

function drawRow(picture, i) {
  const cost = i
    ? [picture.steps[i], formatCount(Math.round(picture.tokens[i])), `${percent(picture.old_rows[i])} %`]
    : ["", "", ""];
  return h(
    "tr",
    {},
    h("th", {scope: "row"}, i ? `${i} ${picture.rows[i]}` : t("picture.tasks_start")),
    picture.columns.map((_, j) => cell(picture, i, j)),
    cost.map((words) => h("td.took", {}, String(words ?? ""))),
  );
}

function cell(picture, i, j) {
  const value = picture.values[i][j];
  const share = isNumber(value) && picture.measures[j] !== LOSS ? value : 0;
  const known = picture.learned.slice(0, i + 1).some((tasks) => tasks.includes(j));
  const kind = picture.learned[i].includes(j) ? "learned" : known ? "known" : "ahead";
  return h(
    "td",
    {
      "data-cell": `${i}/${j}`,
      class: `score ${kind}${share > STRONG ? " strong" : ""}`,
      style: `--share:${share.toFixed(3)}`,
      title: t("picture.tasks_cell", {
        task: picture.columns[j],
        row: i ? picture.rows[i] : t("picture.tasks_start"),
        value: figure(picture, j, value),
        n: picture.counts[j],
      }),
    },
    figure(picture, j, value),
  );
}

const figure = (picture, j, value) =>
  !isNumber(value) ? "–" : picture.measures[j] === LOSS ? formatFigure(value, 2) : String(percent(value));

const measureWords = (picture, j) =>
  t("picture.tasks_measure", {measure: t(`picture.measure_${picture.measures[j] || LOSS}`), n: picture.counts[j]});

// the task of an earlier stage that lost most since it was learned: {task, before, after}; null where none was
export function mostForgotten(picture) {
  const last = picture.rows.length - 1;
  const lost = picture.columns.map((task, j) => {
    const row = picture.learned.findIndex((tasks) => tasks.includes(j));
    const [before, after] = [picture.values[row]?.[j], picture.values[last][j]];
    const told = row > 0 && row < last && isNumber(before) && isNumber(after);
    const down = picture.measures[j] === LOSS ? after - before : before - after;
    return told ? {task, before: figure(picture, j, before), after: figure(picture, j, after), down} : null;
  });
  return lost.filter(Boolean).toSorted((one, other) => other.down - one.down)[0] || null;
}

const lostWords = (picture, lost) =>
  !lost ? "" : lost.down > 0 ? t("picture.tasks_lost", lost) : t("picture.tasks_none_lost");
