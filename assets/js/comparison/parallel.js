// A sweep in one picture: an axis a setting that the variants differ by, the last one a figure; a line a variant, the
// darker the better it came out. Beside it how much each setting matters for the figure.

import {axisNames, axisOf, shortTick} from "./parallel_axes.js";
import {pictureLine} from "./save.js";
import {figuresOf} from "./variants.js";
import {choice} from "../core/controls.js";
import {fill, h, svg} from "../core/dom.js";
import {formatFigure, formatShare, isNumber} from "../core/format.js";
import {callServer} from "../core/server.js";
import {localized, nameOf, onRedraw, t} from "../core/words.js";

const WIDTH = 720;
const HEIGHT = 260;
const TOP = 26;
const BELOW = 24;
const SIDE = 70;
const MOST_AXES = 6;
const FRAME = {top: TOP, bottom: HEIGHT - BELOW};

// place: where it goes, a <details>; draw(runs) asks for what is new once runs are over
export function mountParallel(place, server, {pick}) {
  const view = {
    place,
    server,
    pick,
    runs: [],
    what: {},
    asked: "",
    table: null,
    figure: "held_out_loss",
    body: h("div"),
  };
  place.append(h("summary", {}), view.body);
  place.addEventListener("toggle", () => place.open && fetchTable(view));
  onRedraw(() => place.isConnected && redraw(view));
  return {draw: (runs, what) => draw(view, runs, what)};
}

const over = (view) => view.runs.filter((run) => run.over).length;

// what is shown, as one word
const keyOf = (what) => JSON.stringify(what);

function draw(view, runs, what) {
  Object.assign(view, {runs, what});
  view.place.hidden = new Set(runs.map((run) => run.variant)).size < 3;
  view.place.firstChild.textContent = t("plot.parallel");
  if (!view.place.hidden && view.place.open) fetchTable(view);
}

async function fetchTable(view) {
  const wanted = `${keyOf(view.what)} ${over(view)}`;
  if (view.asked === wanted || !view.runs.length) return;
  view.asked = wanted;
  const got = await callServer(view.server.sweep, view.what);
  if (view.asked !== wanted) return;
  view.table = got.problem ? null : got;
  if (got.problem) view.asked = "";
  redraw(view);
}

function redraw(view) {
  const {table} = view;
  if (!table) return fill(view.body);
  const known = figuresOf(view.runs).filter((one) => table.figures[one.name]?.some(isNumber));
  const figure = known.find((one) => one.name === view.figure) || known[0];
  const names = axisNames(table, figure?.name, MOST_AXES);
  if (!figure || !names.length) return fill(view.body, h("p.soft", {}, t("plot.parallel_none")));
  fill(
    view.body,
    choice({
      words: t("plot.parallel_figure"),
      data: "parallel-figure",
      inline: true,
      options: known.map((one) => ({value: one.name, words: one.words})),
      now: figure.name,
      choose: (value) => {
        view.figure = value;
        redraw(view);
      },
    }),
    picture(view, figure, names),
    pictureLine(() => view.body.querySelector("svg"), {data: "parallel", title: t("plot.parallel")}),
    matters(table.importance[figure.name] || []),
  );
}

function picture(view, figure, names) {
  const {table} = view;
  const axes = names.map((name) => axisOf(table.settings[name], FRAME));
  const values = table.figures[figure.name];
  axes.push(axisOf(values, FRAME));
  const x = (i) => SIDE + (i * (WIDTH - 2 * SIDE)) / (axes.length - 1);
  const known = values.filter(isNumber);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const good = (value) => (high > low ? (figure.lowest ? high - value : value - low) / (high - low) : 1);
  const lines = table.variants.map((variant, i) => ({
    variant,
    value: values[i],
    at: axes.map((axis, place) => [
      x(place),
      axis.y(place < names.length ? table.settings[names[place]][i] : values[i]),
    ]),
  }));
  return svg(
    "svg",
    {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "parallel", role: "img", "aria-label": t("plot.parallel")},
    lines
      .filter((one) => isNumber(one.value))
      .toSorted((a, b) => good(a.value) - good(b.value))
      .map((one) => {
        const path = svg(
          "path",
          {
            d: one.at.map(([left, top], i) => `${i ? "L" : "M"}${left.toFixed(1)} ${top.toFixed(1)}`).join(""),
            class: "variant-line",
            style: `opacity:${(0.12 + 0.88 * good(one.value)).toFixed(2)}`,
            "data-line-of": one.variant,
          },
          svg("title", {}, `${localized(one.variant)}: ${formatFigure(one.value, figure.digits)}`),
        );
        path.addEventListener("click", () => view.pick(one.variant));
        return path;
      }),
    axes.map((axis, i) => [
      svg("line", {x1: x(i), x2: x(i), y1: TOP, y2: HEIGHT - BELOW, class: "axis"}),
      svg(
        "text",
        {x: x(i), y: 14, class: "tick middle axis-name"},
        i < names.length ? nameOf("setting", names[i].split(".").at(-1)) : figure.words,
      ),
      axis.ticks.map(([value, words]) =>
        svg(
          "text",
          {x: x(i) - 6, y: axis.y(value) + 4, class: "tick end"},
          shortTick(words),
          svg("title", {}, String(words)),
        ),
      ),
    ]),
  );
}

// a bar a setting, with the interval of how much of the figure's differences go with it
function matters(found) {
  if (!found.length) return h("p.soft", {}, t("plot.importance_few"));
  return h(
    "div.importance",
    {},
    h("p.soft", {}, t("plot.importance_help")),
    found.map((one) =>
      h(
        "div.share",
        {"data-importance": one.setting},
        h("span", {}, nameOf("setting", one.setting.split(".").at(-1))),
        h("i", {}, h("b", {style: `width:${(100 * one.share).toFixed(1)}%`})),
        h("output", {}, `${formatShare(one.share, 1)} (${formatShare(one.low, 1)}–${formatShare(one.high, 1)})`),
      ),
    ),
  );
}
