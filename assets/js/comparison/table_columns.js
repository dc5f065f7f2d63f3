// The columns of a comparison's table: what each says of a row, and by what it sorts.

import {figuresOf, reachOf, summarize, usualOf} from "./variants.js";
import {h} from "../core/dom.js";
import {formatBytes, formatCount, formatDuration, formatFigure, formatShare, isNumber} from "../core/format.js";
import {nameOf, t} from "../core/words.js";

const change = (figure, versus) => (row) => {
  const now = summarize(row.runs, figure.value);
  const before = summarize(row.runs, figure.before);
  if (!now && !before) return "–";
  return h(
    "span.change",
    {},
    h("span.soft", {}, before ? formatFigure(before.mean, figure.digits) : "–"),
    " → ",
    h("b", {}, now ? formatFigure(now.mean, figure.digits) : "–"),
    now?.deviation != null
      ? h("span.soft", {}, ` ± ${formatFigure(now.deviation, figure.digits)}`)
      : interval(row, figure),
    gap(versus?.[row.runs[0].variant]?.[figure.name], figure),
  );
};

// how far a variant differs from the one it is held against, and whether that is more than chance
function gap(found, figure) {
  if (!found) return null;
  const words = (value) => `${value < 0 ? "−" : "+"}${formatFigure(Math.abs(value), figure.digits)}`;
  const better = found.verdict === (figure.lowest ? "lower" : "higher");
  const verdict = found.verdict === "unsure" ? "unsure" : better ? "better" : "worse";
  return h(
    "small.gap",
    {
      class: `gap ${verdict}`,
      "data-gap": figure.key,
      title: t("result.gap_help", {pairs: found.pairs, questions: found.questions || "–"}),
    },
    found.low === null
      ? `${words(found.mean)} · ${t("result.unsure")}`
      : `${words(found.mean)} (${words(found.low)} … ${words(found.high)})${verdict === "unsure" ? ` · ${t("result.unsure")}` : ""}`,
  );
}

function interval(row, figure) {
  const reach = reachOf(row.runs, figure);
  if (!reach) return null;
  const words = t("result.interval", {n: figure.sure(row.runs[0]).n});
  return h(
    "small.interval",
    {title: words},
    `${[reach.low, reach.high].map((one) => formatFigure(one, figure.digits)).join("–")}`,
  );
}

const HELPED = {
  held_out: "result.held_out_help",
  retained: "result.retained_help",
  forgetting: "result.forgetting_help",
  "metric:exact_match": "result.exact_match_help",
  "metric:exact_match/new_dish": "result.new_dish_help",
  "metric:exact_match/trained": "result.trained_help",
  "metric:unmoved": "result.unmoved_help",
};

// seconds that looking for a learning rate took; null where nothing was searched
const searched = (row) => summarize(row.runs, (run) => run.search_seconds)?.mean ?? null;

// seconds in all, with the figures, once all runs of the row have them
const whole = (row) =>
  row.runs.every((run) => isNumber(run.whole_seconds)) ? summarize(row.runs, (run) => run.whole_seconds).mean : null;

export function columns(view) {
  const mean = (value) => (row) => summarize(row.runs, value)?.mean ?? null;
  const results = [
    {
      key: "trainable",
      worth: mean((run) => run.trainable),
      cell: (row) => [
        formatShare(row.runs[0].trainable, row.runs[0].all_params),
        h("small", {}, formatCount(row.runs[0].trainable)),
      ],
    },
    {
      key: "time",
      worth: mean((run) => (isNumber(run.seconds) ? run.seconds + (run.search_seconds || 0) : null)),
      cell: (row) => [
        formatDuration(mean((run) => run.seconds)(row)),
        searched(row) ? h("small", {}, t("result.searched", {time: formatDuration(searched(row))})) : null,
        whole(row) === null ? null : h("small", {}, t("result.whole", {time: formatDuration(whole(row))})),
      ],
    },
    ...[
      ["memory", "memory", formatBytes],
      ["size", "bytes", formatBytes],
    ].map(([key, field, words]) => ({
      key,
      worth: mean((run) => run[field]),
      cell: (row) => words(mean((run) => run[field])(row)),
    })),
  ].map((column) => ({...column, words: t(`result.${column.key}`), help: t(`result.${column.key}_help`)}));
  const figures = figuresOf(view.runs).map((figure) => ({
    key: figure.key,
    words: figure.words,
    help: HELPED[figure.key] ? t(HELPED[figure.key]) : null,
    usual: usualOf(view.runs, figure),
    digits: figure.digits,
    lowest: figure.lowest,
    leader: view.leaders?.[figure.name],
    marked: figure.key !== "forgetting",
    worth: mean(figure.value),
    cell: change(figure, view.versus),
  }));
  // what was learned and kept comes before what it cost: on a narrow page the last columns are out of sight
  if (view.mode === "results") return [results[0], ...figures, ...results.slice(1)];
  return [...settingColumns(view), ...figures.slice(0, 1)];
}

export function settingColumns(view) {
  if (!view.settings) return [];
  const names = [...new Set(view.runs.flatMap((run) => Object.keys(view.settings[run.id] || {})))];
  const value = (row, name) => [...new Set(row.runs.map((run) => view.settings[run.id]?.[name] ?? "–"))].join(", ");
  const differ = (name) => new Set(view.runs.map((run) => view.settings[run.id]?.[name] ?? "–")).size > 1;
  return names
    .filter((name) => view.mode === "settings" || differ(name))
    .map((name) => ({
      key: `setting:${name}`,
      words: nameOf("setting", name),
      left: true,
      worth: (row) => (Number.isFinite(Number(value(row, name))) ? Number(value(row, name)) : value(row, name)),
      cell: (row) => h("span.setting", {}, value(row, name)),
    }));
}
