// The measured table as a table: a row a method, sorted by a click on a heading.

import {familySwatch} from "../comparison/families.js";
import {nextOrder, sorted} from "../comparison/sorting.js";
import {fill, h} from "../core/dom.js";
import {formatBytes, formatCount, formatDuration, formatShare, isNumber, percent} from "../core/format.js";
import {localized, nameOf, t} from "../core/words.js";

const range = (one) =>
  isNumber(one?.low) ? h("small.interval", {}, ` ${percent(one.low)}–${percent(one.high)}`) : null;

const share = (one) => (one ? [`${percent(one.mean)} %`, range(one)] : "–");

// accuracy as a bar with its interval
const bar = (one) =>
  h(
    "div.measured-bar",
    {},
    h("i", {style: `width:${percent(one.mean)}%`}),
    isNumber(one.low)
      ? h("b", {style: `left:${percent(one.low)}%;width:${Math.max(1, percent(one.high - one.low))}%`})
      : null,
  );

const points = (value) => `${value < 0 ? "−" : "+"}${Math.abs(percent(value))}`;

const standing = (one) => {
  if (one.standing === "best") return h("b", {}, t("measured.best"));
  const behind = one.behind ? points(one.behind.mean) : "";
  const told = one.behind && isNumber(one.behind.low) ? `${points(one.behind.low)} … ${points(one.behind.high)}` : "";
  return h(
    "span",
    {title: t("measured.behind_help", {pairs: one.behind?.pairs ?? 0, questions: one.behind?.questions ?? 0})},
    t(one.standing === "unsure" && one.behind?.pairs < 2 ? "measured.one_seed" : `measured.${one.standing}`),
    h("small.interval", {}, ` ${behind}${told ? ` (${told})` : ""}`),
  );
};

const COLUMNS = [
  {
    key: "accuracy",
    marked: true,
    worth: (one) => one.accuracy.mean,
    cell: (one) => [bar(one.accuracy), share(one.accuracy)],
  },
  {key: "standing", left: true, marked: true, worth: (one) => one.behind?.mean ?? 0, cell: standing},
  {
    key: "seeds",
    worth: (one) => one.accuracy.seeds,
    cell: (one) => `${one.accuracy.seeds}${one.failed ? ` (${t("measured.lost", {n: one.failed})})` : ""}`,
  },
  {key: "retained", marked: true, worth: (one) => one.retained?.mean ?? null, cell: (one) => share(one.retained)},
  {
    key: "perplexity",
    marked: true,
    lowest: true,
    worth: (one) => one.perplexity?.mean ?? null,
    cell: (one) => (one.perplexity ? one.perplexity.mean.toFixed(1) : "–"),
  },
  {
    key: "trainable",
    marked: true,
    lowest: true,
    worth: (one) => one.trainable,
    cell: (one) => [
      formatCount(one.trainable),
      one.equal ? "" : " ≠",
      h("small.interval", {}, ` ${formatShare(one.trained_share, 1)}`),
    ],
  },
  {
    key: "cpu",
    marked: true,
    lowest: true,
    worth: (one) => one.cpu_seconds,
    cell: (one) => formatDuration(one.cpu_seconds),
  },
  {
    key: "memory",
    marked: true,
    lowest: true,
    worth: (one) => one.memory_bytes,
    cell: (one) => formatBytes(one.memory_bytes),
  },
  {
    key: "rate",
    worth: (one) => one.learning_rate,
    cell: (one) => `${Number(one.learning_rate.toPrecision(2))}${one.at_edge ? " ↕" : ""}`,
  },
];

export function drawMeasuredTable(view, list) {
  const name = {key: "method", left: true, worth: (one) => localized(view.table.methods[one.method].name)};
  const all = [name, ...COLUMNS];
  const rows = sorted(
    list,
    all.find((one) => one.key === view.order),
    view.up,
  );
  const [top, aside] = [view.box.scrollTop, view.box.scrollLeft];
  fill(
    view.box,
    h(
      "table.results",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          all.map((column) => heading(view, column)),
          h("td", {}),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((one) => line(view, one)),
      ),
    ),
    rows.length ? null : h("p.empty", {}, t("result.none_match")),
  );
  [view.box.scrollTop, view.box.scrollLeft] = [top, aside];
}

function heading(view, column) {
  const now = view.order === column.key;
  const arrow = view.up ? " ↑" : " ↓";
  const choose = () => {
    Object.assign(view, nextOrder(view, column));
    view.redraw();
  };
  return h(
    column.left ? "th.left" : "th",
    {
      scope: "col",
      title: t(`measured.column_${column.key}_help`),
      "aria-sort": now ? (view.up ? "ascending" : "descending") : "none",
    },
    h(
      "button.sort",
      {"data-measured-sort": column.key, onclick: choose},
      t(`measured.column_${column.key}`),
      now ? arrow : "",
    ),
  );
}

function line(view, one) {
  const {name, family} = view.table.methods[one.method];
  const added = view.added.has(`${one.data} ${one.method}`);
  return h(
    "tr",
    {"data-measured": one.method, class: view.pointed === one.method ? "pointed" : null},
    h(
      "td.name",
      {},
      familySwatch(family),
      h("button.measured-name", {onclick: () => view.show(one.method)}, localized(name)),
      h("small", {}, nameOf("family", family)),
    ),
    COLUMNS.map((column) => h(column.left ? "td.left" : "td", {}, column.cell(one))),
    h(
      "td",
      {},
      h(
        "button.chip",
        {"data-add": one.method, title: t("measured.add_help"), disabled: added, onclick: () => view.add(one)},
        t(added ? "measured.added" : "measured.add"),
      ),
    ),
  );
}
