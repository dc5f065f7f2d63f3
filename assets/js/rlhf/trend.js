// A small chart of one curve, or of two that are measured in different things (each with an axis of its own), with a
// sentence below that says what it means. A dashed line can mark a step. Drawn by uPlot.

import uPlot from "../vendor/uplot.js";
import {fill, h} from "../core/dom.js";
import {onLight} from "../core/light.js";
import {currentLanguage} from "../core/words.js";

const HEIGHT = 170;
const FONT = "11px ui-sans-serif, system-ui, sans-serif";
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

// lines: [{words, colour, points: [[step, value]]}], one or two; mark: {step, words}; draw() redraws where it stands
export function mountTrend(place) {
  const view = {
    place,
    title: "",
    plot: null,
    lines: [],
    mark: null,
    shown: "",
    head: h("div.trend-head"),
    box: h("div.trend-box"),
    below: h("p.trend-words"),
  };
  fill(view.place, view.head, view.box, view.below);
  new ResizeObserver(() => {
    if (view.box.clientWidth && (!view.plot || Math.abs(view.plot.width - view.box.clientWidth) > 2)) draw(view);
  }).observe(view.place);
  onLight(() => draw(view));
  return {show: (...given) => show(view, ...given), drawn: () => view.plot && drawn(view)};
}

function show(view, title, newLines, {words, warn, mark: newMark} = {}) {
  view.title = title;
  view.lines = newLines;
  view.mark = newMark || null;
  fill(
    view.head,
    h("b", {}, title),
    view.lines.length > 1
      ? view.lines.map((line) => h("span.key", {}, h("i", {style: `border-color:${line.colour}`}), line.words))
      : null,
  );
  fill(view.below, words || "");
  view.below.classList.toggle("flag", Boolean(warn));
  view.below.classList.toggle("soft", !warn);
  const key = JSON.stringify([view.lines, view.mark, currentLanguage()]);
  if (key === view.shown && view.plot) return;
  view.shown = key;
  draw(view);
}

function draw(view) {
  view.plot?.destroy();
  view.plot = null;
  if (!view.box.clientWidth || !view.lines.some((line) => line.points.length)) return;
  fill(view.box);
  const columns = columnsOf(view.lines);
  view.plot = new uPlot(options(view, columns[0].length), columns, view.box);
}

// as it is saved with others (comparison/save.js)
function drawn({plot, lines, title}) {
  const keys = lines.length > 1 ? lines.map((line) => [line.words, inkOf(line)]) : [];
  return {canvas: plot.ctx.canvas, words: title, keys};
}

// of a line's colour, var(--name), what it is now
const inkOf = ({colour}) => getComputedStyle(document.body).getPropertyValue(colour.slice(4, -1)).trim();

// all steps, then of each line its values at them and the same smoothed
function columnsOf(lines) {
  const every = lines.flatMap((line) => line.points.map((point) => point[0]));
  const steps = [...new Set(every)].toSorted((a, b) => a - b);
  const places = new Map(steps.map((step, i) => [step, i]));
  const values = lines.flatMap((line) => {
    const found = steps.map(() => null);
    for (const [step, value] of line.points) found[places.get(step)] = value;
    return [found, smooth(found)];
  });
  return [steps, ...values];
}

function options(view, steps) {
  const style = getComputedStyle(document.body);
  const soft = style.getPropertyValue("--lab-soft").trim();
  const grid = style.getPropertyValue("--lab-line").trim();
  const inks = view.lines.map(inkOf);
  const shared = {ticks: {show: false}, font: FONT};
  const axis = (_, i) => ({
    ...shared,
    scale: `y${i}`,
    side: i ? 1 : 3,
    stroke: view.lines.length > 1 ? inks[i] : soft,
    grid: {show: !i, stroke: grid, width: 1},
    size: 40,
    gap: 4,
  });
  const line = {spanGaps: true, points: {show: steps < 3}};
  const pair = (_, i) => [
    {...line, scale: `y${i}`, stroke: inks[i], width: 1, alpha: 0.35},
    {...line, scale: `y${i}`, stroke: inks[i], width: 2},
  ];
  const scale = (_, i) => [`y${i}`, {range: (plot, low, high) => air(low, high)}];
  return {
    width: view.box.clientWidth,
    height: HEIGHT,
    legend: {show: false},
    cursor: {show: false},
    scales: {x: {time: false}, ...Object.fromEntries(view.lines.map(scale))},
    axes: [{...shared, stroke: soft, grid: {show: false}, size: 24, gap: 2, incrs: WHOLE}, ...view.lines.map(axis)],
    series: [{}, ...view.lines.flatMap(pair)],
    hooks: {draw: [() => view.mark && drawMark(view, soft)]},
  };
}

// the mean of a window of some eighth of the curve around each value, as the readings see it (lab/feedback/readings.py)
function smooth(values) {
  const reach = Math.max(1, Math.floor(values.length / 16));
  return values.map((value, i) => {
    const near = values.slice(Math.max(0, i - reach), i + reach + 1).filter((one) => one !== null);
    return value === null ? null : near.reduce((sum, one) => sum + one, 0) / near.length;
  });
}

const air = (low, high) =>
  low == null
    ? [0, 1]
    : [
        low > 0 && low < 0.5 * high ? 0 : low - (high - low || Math.abs(low) || 1) * 0.08,
        high + (high - low || Math.abs(high) || 1) * 0.08,
      ];

function drawMark(view, ink) {
  const {ctx, bbox} = view.plot;
  const ratio = devicePixelRatio || 1;
  const x = view.plot.valToPos(view.mark.step, "x", true);
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = ink;
  ctx.setLineDash([4 * ratio, 4 * ratio]);
  ctx.lineWidth = 1.5 * ratio;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = FONT.replace("11px", `${11 * ratio}px`);
  const left = x > bbox.left + bbox.width * 0.6;
  ctx.textAlign = left ? "right" : "left";
  ctx.fillText(view.mark.words, x + (left ? -5 : 5) * ratio, bbox.top + 12 * ratio);
  ctx.restore();
}
