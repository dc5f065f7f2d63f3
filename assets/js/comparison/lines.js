// A run's lines on shared axes: each has a dash of its own, and its first and last value stand in words below.

import {logTicks, ticks} from "./plot_layout.js";
import {h, svg} from "../core/dom.js";
import {formatFigure} from "../core/format.js";
import {nameOf} from "../core/words.js";

const WIDTH = 300;
const HEIGHT = 150;
const LEFT = 40;
const BELOW = 20;
const DASHES = ["", "6 4", "2 3", "9 3 2 3"];

// beside: the same picture of all runs side by side, which are drawn to one scale
export function lines(name, picture, beside = [picture]) {
  const all = beside.flatMap((one) => (one.kind === picture.kind ? one.points.flat() : []));
  if (!picture.points.flat().length) return h("p.soft", {}, "–");
  const place = placer(all, picture.log);
  return h(
    "div.lines-picture",
    {},
    svg(
      "svg",
      {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "lines", role: "img", "aria-label": nameOf("picture", name)},
      place.ticks.map((value) => [
        svg("line", {x1: LEFT, x2: WIDTH, y1: place.y(value), y2: place.y(value), class: "grid"}),
        svg("text", {x: LEFT - 5, y: place.y(value) + 4, class: "tick end"}, short(value)),
      ]),
      [place.first, place.last].map((value, i) =>
        svg("text", {x: place.x(value), y: HEIGHT - 4, class: `tick ${i ? "end" : ""}`}, short(value)),
      ),
      svg("text", {x: (LEFT + WIDTH) / 2, y: HEIGHT - 4, class: "tick middle"}, nameOf("picture", `${name}_x`)),
      picture.points.map((line, i) =>
        svg("path", {d: path(line, place), class: `line line-${i}`, "stroke-dasharray": DASHES[i % DASHES.length]}),
      ),
    ),
    h(
      "ul.lines-key",
      {},
      picture.names.map((line, i) => entry(name, line, picture.points[i], i)),
    ),
  );
}

const entry = (name, line, points, i) =>
  h(
    "li",
    {"data-line": line},
    svg(
      "svg",
      {viewBox: "0 0 26 8", class: "lines-swatch"},
      svg("path", {d: "M0 4H26", class: `line line-${i}`, "stroke-dasharray": DASHES[i % DASHES.length]}),
    ),
    lineName(name, line),
    points.length
      ? h("b", {}, `${formatFigure(points[0][1], 2)} → ${formatFigure(points.at(-1)[1], 2)}`)
      : h("b", {}, "–"),
  );

// a line between tasks is called by them, any other by the picture's words
const lineName = (name, line) =>
  line.includes(" · ")
    ? line
        .split(" · ")
        .map((task) => nameOf("task", task))
        .join(" · ")
    : nameOf("picture", `${name}_${line}`);

// where values stand: x from the first to the last, y with a little air, by the logarithm where that is asked for
export function placer(points, log) {
  const xs = points.map((point) => point[0]);
  const scale = log ? (value) => Math.log10(Math.max(value, 1e-9)) : (value) => value;
  const ys = points.map((point) => scale(point[1]));
  const air = (Math.max(...ys) - Math.min(...ys) || 1) * 0.06;
  const [low, high, first, last] = [Math.min(...ys) - air, Math.max(...ys) + air, Math.min(...xs), Math.max(...xs)];
  return {
    first,
    last,
    ticks: log ? logTicks([low, high]).map((power) => 10 ** power) : ticks([low, high], 4),
    x: (value) => LEFT + ((value - first) / (last - first || 1)) * (WIDTH - LEFT),
    y: (value) => (1 - (scale(value) - low) / (high - low)) * (HEIGHT - BELOW),
  };
}

const path = (line, place) =>
  line.map(([x, y], i) => `${i ? "L" : "M"}${place.x(x).toFixed(1)} ${place.y(y).toFixed(1)}`).join("");

const short = (value) => String(Number(value.toPrecision(3)));
