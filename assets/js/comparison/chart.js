// The learning curves: one axis, one colour a run; training loss solid (smoothed, over the faint raw values), held-out
// loss dashed. Drawn by uPlot. The key above reads out the values under the mouse, or the latest ones. Of many runs,
// those that are picked or pointed at stand out, and only they are in the key.

import uPlot from "../vendor/uplot.js";
import {familyPlace} from "./families.js";
import {axisRange, columnsOf, lastStep, mean, noCurves, partedAt, stemsOf, upTo, withPoints} from "./series.js";
import {MANY_VARIANTS, variantsOf} from "./variants.js";
import {resolvedColour, swatch} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {onLight} from "../core/light.js";
import {localized, nameOf, onRedraw, t} from "../core/words.js";

export function mountChart(place, {point} = {}) {
  const view = {
    place,
    point,
    plot: null,
    runs: [],
    variants: [],
    name: "loss",
    curves: noCurves(0),
    chosen: new Map(),
    box: h("div.chart-box"),
    legend: h("div.chart-key"),
  };
  fill(view.place, view.legend, view.box);
  new ResizeObserver(() => {
    if (!view.box.clientWidth) return;
    if (!view.plot) return view.curves.steps.length ? rebuild(view) : undefined;
    if (Math.abs(view.plot.width - view.box.clientWidth) > 2) rebuild(view);
  }).observe(view.place);
  onLight(() => rebuild(view));
  onRedraw(() => rebuild(view));
  return {
    clear: (newRuns, curve) => clear(view, newRuns, curve),
    add: (points, runs) => add(view, points, runs),
    parted: (run) => partedAt(view.curves, run),
    emphasise: (variants) => emphasise(view, variants),
    get points() {
      return view.curves.steps.length;
    },
    get curves() {
      return view.curves;
    },
  };
}

function clear(view, newRuns, curve) {
  view.runs = newRuns;
  view.variants = variantsOf(view.runs);
  view.name = curve || view.name;
  view.curves = noCurves(view.runs.length);
  rebuild(view);
}

// points: [run, 0 training | 1 held-out, step, value]; runs: the same runs as they are now
function add(view, points, runs = view.runs) {
  view.runs = runs;
  if (!points.length) return;
  view.curves = withPoints(view.curves, points);
  show(view);
}

function show(view) {
  if (!view.plot) return rebuild(view);
  view.plot.setData(columnsOf(view.curves, stemsOf(view.runs)));
  drawKey(view);
}

function axis(label) {
  const style = getComputedStyle(document.body);
  const ink = style.getPropertyValue("--lab-soft").trim();
  const line = style.getPropertyValue("--lab-line").trim();
  return {
    stroke: ink,
    grid: {stroke: line, width: 1},
    ticks: {show: false},
    font: "12px ui-sans-serif, system-ui, sans-serif",
    label,
    labelFont: "12px ui-sans-serif, system-ui, sans-serif",
    labelSize: 18,
    size: label === t("chart.step") ? 30 : 46,
    gap: 4,
  };
}

function rebuild(view) {
  if (view.plot) {
    view.plot.destroy();
    view.plot = null;
  }
  drawKey(view);
  if (!view.curves.steps.length || !view.box.clientWidth)
    return fill(view.box, h("p.empty.chart-empty", {}, t(view.runs.length ? "chart.waiting" : "chart.empty")));
  fill(view.box);
  const many = tooMany(view);
  const lines = view.runs.flatMap((run) => {
    const stroke = () => resolvedColour(placeOf(view, run));
    const shared = {stroke, spanGaps: true};
    return [
      {...shared, width: 1, show: !many, points: {show: false}},
      {...shared, width: 2, points: {show: false}},
      {
        ...shared,
        width: 2,
        dash: [7, 5],
        points: {show: () => !many || view.chosen.has(run.variant), size: 6, fill: stroke},
      },
    ];
  });
  view.plot = new uPlot(
    {
      width: view.box.clientWidth,
      height: Math.max(230, Math.min(360, view.box.clientWidth * 0.42)),
      legend: {show: false},
      cursor: {
        drag: {x: true, y: false},
        points: many ? {show: false} : {size: 7},
        ...(many && view.point ? {focus: {prox: 12}} : {}),
      },
      focus: {alpha: 1},
      hooks: {
        setCursor: [() => drawKey(view)],
        draw: [
          (plot) =>
            view.runs.forEach((run, i) => {
              markKept(view, plot, run, i);
              markFork(view, plot, run, i);
            }),
        ],
        setSeries: [
          (_, i) => many && view.point && view.point(i ? (view.runs[Math.floor((i - 1) / 3)]?.variant ?? null) : null),
        ],
      },
      scales: {
        x: {time: false, range: (_, low, high) => stepRange(view, low, high)},
        y: {range: (_, low, high) => axisRange(low, high)},
      },
      axes: [axis(t("chart.step")), axis(nameOf("curve", view.name))],
      series: [{}, ...lines],
    },
    columnsOf(view.curves, stemsOf(view.runs)),
    view.box,
  );
  shine(view);
}

// all steps of the runs, also those that are still to come; or what was zoomed to
const stepRange = ({curves, runs}, low, high) =>
  low === curves.steps[0] && high === curves.steps.at(-1) ? [Math.min(0, low), lastStep(runs, high)] : [low, high];

// a ring around the held-out loss of the step whose weights were kept
function markKept(view, plot, run, i) {
  const at = view.curves.steps.indexOf(run.kept_step);
  const value = at < 0 ? null : view.curves.series[2 * i + 1][at];
  if (value == null || (tooMany(view) && !view.chosen.has(run.variant))) return;
  const {ctx} = plot;
  ctx.save();
  ctx.beginPath();
  ctx.arc(plot.valToPos(run.kept_step, "x", true), plot.valToPos(value, "y", true), 7 * devicePixelRatio, 0, 7);
  ctx.strokeStyle = resolvedColour(placeOf(view, run));
  ctx.lineWidth = 2 * devicePixelRatio;
  ctx.stroke();
  ctx.restore();
}

// a diamond where a run forked from its parent
function markFork(view, plot, run, i) {
  const at = run.forked_at ? view.curves.steps.indexOf(run.forked_at) : -1;
  const value = at < 0 ? null : plot.data[2 + 3 * i][at];
  if (value == null || (tooMany(view) && !view.chosen.has(run.variant))) return;
  const {ctx} = plot;
  const [x, y] = [plot.valToPos(run.forked_at, "x", true), plot.valToPos(value, "y", true)];
  const reach = 6 * devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  for (const [dx, dy] of [
    [0, -reach],
    [reach, 0],
    [0, reach],
    [-reach, 0],
  ])
    ctx.lineTo(x + dx, y + dy);
  ctx.closePath();
  ctx.fillStyle = resolvedColour(placeOf(view, run));
  ctx.fill();
  ctx.restore();
}

const tooMany = (view) => view.variants.length > MANY_VARIANTS;

const placeOf = (view, run) => (!tooMany(view) ? run.place : (view.chosen.get(run.variant) ?? familyPlace(run.family)));

// which variants stand out, and in which colours where there are many; none: all alike
function emphasise(view, variants) {
  if (
    variants.size === view.chosen.size &&
    [...variants].every(([one, place]) => view.chosen.has(one) && view.chosen.get(one) === place)
  )
    return;
  view.chosen = new Map(variants);
  if (view.plot) {
    shine(view);
    drawKey(view);
  }
}

function shine(view) {
  const many = tooMany(view);
  const thin = many || view.runs.length > view.variants.length;
  const raw = many ? 0 : thin ? 0.12 : 0.28;
  view.runs.forEach((run, i) => {
    const out = view.chosen.has(run.variant);
    const alpha = out || !view.chosen.size ? (many && !out ? 0.5 : 1) : 0.13;
    [alpha < 1 ? raw * alpha : raw, alpha, alpha].forEach((value, kind) => {
      const line = view.plot.series[1 + 3 * i + kind];
      line.alpha = value;
      line.width = kind === 0 ? 1 : out && thin ? 2.6 : thin ? 1.3 : 2;
    });
  });
  view.plot.redraw(false);
}

function drawKey(view) {
  const under = view.plot && view.plot.cursor.idx != null ? view.plot.cursor.idx : view.curves.steps.length - 1;
  const many = tooMany(view);
  const keyed = view.variants.filter((one) => !many || view.chosen.has(one.name)).slice(0, MANY_VARIANTS);
  const few = keyed.length <= 6;
  const read = (one, kind) => {
    const known = view.runs
      .map((run, i) => (run.variant === one.name ? upTo(view.curves.series[2 * i + kind], under) : null))
      .filter((value) => value !== null);
    return known.length ? mean(known).toFixed(3) : "–";
  };
  fill(
    view.legend,
    view.curves.steps.length
      ? h("span.key.soft", {"data-at": ""}, t("chart.at", {step: view.curves.steps[under]}))
      : null,
    many && !keyed.length ? h("span.key.soft", {}, t("chart.many", {n: view.runs.length})) : null,
    keyed.map((one) =>
      h(
        "span.key",
        {"data-key": one.runs[0].id},
        swatch(placeOf(view, one.runs[0])),
        localized(one.name),
        view.curves.steps.length && few
          ? h("span.values", {}, h("i.line-solid"), read(one, 0), h("i.line-dashed"), read(one, 1))
          : null,
      ),
    ),
    view.runs.length
      ? h("span.key.soft", {}, h("i.line-solid"), t("chart.training"), h("i.line-dashed.second"), t("chart.held_out"))
      : null,
    view.runs.some((run) => run.forked_at) ? h("span.key.soft", {}, h("i.diamond"), t("chart.forked")) : null,
    view.runs.some((run) => run.kept_step != null) ? h("span.key.soft", {}, h("i.ring"), t("chart.kept")) : null,
    view.runs.length > view.variants.length
      ? h("span.key.soft", {}, t("chart.repeats", {n: Math.max(...view.variants.map((one) => one.runs.length))}))
      : null,
  );
}
