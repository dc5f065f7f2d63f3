// The measured table as a plot: accuracy upwards against what it costs, with the methods that no other beats in both.

import {familyColour} from "../comparison/families.js";
import {BOTTOM, HIGH, LEFT, RIGHT, TOP, labels, logTicks, nearest, range, ticks} from "../comparison/plot_layout.js";
import {fill, h, svg as s} from "../core/dom.js";
import {formatCount, formatDuration, isNumber, percent} from "../core/format.js";
import {localized, nameOf, t} from "../core/words.js";

const SIZE = 5;

// what a method costs, the less the better: old answers lost, parameters trained, seconds
export const costOf = (one, cost) => {
  if (cost === "forgetting") return one.retained ? 1 - one.retained.mean : null;
  return cost === "parameters" ? one.trainable : one.cpu_seconds;
};

// the scores that no other beats at once in accuracy and cost, the cheapest first
export function frontOf(list, cost) {
  const found = [];
  const order = (a, b) => costOf(a, cost) - costOf(b, cost) || b.accuracy.mean - a.accuracy.mean;
  for (const one of list.toSorted(order))
    if (!found.length || one.accuracy.mean > found.at(-1).accuracy.mean) found.push(one);
  return found;
}

// scales from a cost and an accuracy to a place on a plot of that width, parameters by equal factors
export function scales(list, cost, wide) {
  const log = cost === "parameters";
  const value = (one) => (log ? Math.log10(costOf(one, cost)) : costOf(one, cost));
  const [least, most] = range(list.map(value));
  const across = [least, cost === "forgetting" ? Math.min(most, 1.02) : most];
  const part = (now, [low, high]) => (now - low) / (high - low);
  return {
    X: (now) => LEFT + part(log ? Math.log10(now) : now, across) * (wide - LEFT - RIGHT),
    Y: (now) => HIGH - BOTTOM - now * (HIGH - TOP - BOTTOM),
    xTicks: log ? logTicks(across).map((power) => 10 ** power) : ticks(across, 6),
  };
}

export function drawMeasuredPlot(view, all) {
  const wide = view.plot.clientWidth;
  const list = all.filter((one) => isNumber(costOf(one, view.cost)));
  if (!wide) return;
  if (!list.length) return fill(view.plot, h("p.empty", {}, t("result.none_match")));
  const {X, Y, xTicks} = scales(list, view.cost, wide);
  const placed = list.map((one) => ({
    one,
    name: localized(view.table.methods[one.method].name),
    cx: X(costOf(one, view.cost)),
    cy: Y(one.accuracy.mean),
    r: SIZE,
    x: {mean: costOf(one, view.cost)},
    y: {mean: one.accuracy.mean},
  }));
  const said = (value) =>
    ({forgetting: `${percent(value)} %`, parameters: formatCount(Math.round(value)), time: formatDuration(value)})[
      view.cost
    ];
  const words = view.words;
  const drawn = s(
    "svg",
    {
      class: "plot",
      width: wide,
      height: HIGH,
      viewBox: `0 0 ${wide} ${HIGH}`,
      role: "img",
      "aria-label": inWords(view, placed),
    },
    xTicks.map((value) => [
      s("path", {class: "grid", d: `M${X(value)} ${TOP} V${HIGH - BOTTOM}`}),
      s("text", {x: X(value), y: HIGH - BOTTOM + 16, "text-anchor": "middle"}, said(value)),
    ]),
    [0, 0.25, 0.5, 0.75, 1].map((value) => [
      s("path", {class: "grid", d: `M${LEFT} ${Y(value)} H${wide - RIGHT}`}),
      s("text", {x: LEFT - 8, y: Y(value) + 4, "text-anchor": "end"}, `${percent(value)} %`),
    ]),
    s("text", {x: (LEFT + wide - RIGHT) / 2, y: HIGH - 8, "text-anchor": "middle"}, t(`measured.axis_${view.cost}`)),
    frontLine(view, placed),
    placed.map((point) => bubble(view, point, Y)),
    labels(placed, {lowest: false}, wide).map(({name, x, y, anchor}) =>
      s("text", {class: "bubble-name", x, y, "text-anchor": anchor}, name),
    ),
  );
  const under = (event) => {
    const frame = drawn.getBoundingClientRect();
    return nearest(placed, event.clientX - frame.left, event.clientY - frame.top);
  };
  drawn.addEventListener("mousemove", (event) => tell(view, placed, under(event), said));
  drawn.addEventListener("mouseleave", () => tell(view, placed, null, said));
  drawn.addEventListener("click", (event) => {
    const i = under(event);
    if (i !== null) reveal(view, placed[i].one.method);
  });
  fill(view.plot, drawn, words);
}

// the methods that no other beats in both, joined
function frontLine(view, placed) {
  const best = frontOf(
    placed.map(({one}) => one),
    view.cost,
  );
  const on = placed.filter(({one}) => best.includes(one)).toSorted((a, b) => a.cx - b.cx);
  const steps = on.map(({cx, cy}, i) => (i ? `H${cx} V${cy}` : `M${cx} ${cy}`));
  return on.length > 1 ? s("path", {class: "front", d: steps.join(" ")}) : null;
}

function bubble(view, {one, cx, cy}, Y) {
  const {low, high} = one.accuracy;
  const colour = familyColour(view.table.methods[one.method].family);
  return s(
    "g",
    {class: "bubble", style: `--mine:${colour}`, "data-measured-bubble": one.method},
    isNumber(low) ? s("path", {class: "spread", d: `M${cx} ${Y(low)} V${Y(high)}`}) : null,
    s("circle", {cx, cy, r: SIZE}),
  );
}

function tell(view, placed, i, said) {
  const words = view.words;
  words.hidden = i === null;
  if (i === null) return;
  const {one, name, cx, cy} = placed[i];
  const {low, high, mean, seeds} = one.accuracy;
  fill(
    words,
    h("b", {}, name),
    h("span.soft", {}, nameOf("family", view.table.methods[one.method].family)),
    h(
      "span",
      {},
      `${percent(mean)} %${isNumber(low) ? ` (${percent(low)}–${percent(high)})` : ""} · ${t("result.seeds", {n: seeds})}`,
    ),
    h("span", {}, `${t(`measured.axis_${view.cost}`)}: ${said(costOf(one, view.cost))}`),
  );
  const half = words.offsetWidth / 2;
  words.style.left = `${Math.min(Math.max(cx, half), view.plot.clientWidth - half)}px`;
  const above = cy - SIZE - 8 - words.offsetHeight;
  words.style.top = `${above < 0 ? cy + SIZE + 8 : above}px`;
}

// a click on a point shows its row
function reveal(view, method) {
  view.pointed = method;
  view.redraw();
  view.box.querySelector(`[data-measured="${method}"]`)?.scrollIntoView({block: "nearest"});
}

const inWords = (view, placed) =>
  t("measured.in_words", {
    n: placed.length,
    names: placed
      .toSorted((a, b) => b.y.mean - a.y.mean)
      .slice(0, 3)
      .map(({name, y}) => `${name} ${percent(y.mean)} %`)
      .join(", "),
  });
