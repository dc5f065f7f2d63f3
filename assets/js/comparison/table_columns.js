// The columns of a comparison's table: what each says of a row, and by what it sorts.

import {figuresOf, summarize} from "./variants.js";
import {h} from "../core/dom.js";
import {formatBytes, formatCount, formatDuration, formatFigure, formatShare} from "../core/format.js";
import {nameOf, t} from "../core/words.js";

const change = (figure) => (row) => {
  const now = summarize(row.runs, figure.value);
  const before = summarize(row.runs, figure.before);
  if (!now && !before) return "–";
  return h(
    "span.change",
    {},
    h("span.soft", {}, before ? formatFigure(before.mean, figure.digits) : "–"),
    " → ",
    h("b", {}, now ? formatFigure(now.mean, figure.digits) : "–"),
    now?.deviation != null ? h("span.soft", {}, ` ± ${formatFigure(now.deviation, figure.digits)}`) : null,
  );
};

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
    ...[
      ["time", "seconds", formatDuration],
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
    help: figure.key === "held_out" || figure.key === "forgetting" ? t(`result.${figure.key}_help`) : null,
    lowest: figure.lowest,
    marked: figure.key !== "forgetting",
    worth: mean(figure.value),
    cell: change(figure),
  }));
  if (view.mode === "results") return [...results, ...figures];
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
