// The picture of the plot, plain SVG, and what the mouse does in it.

import {familyColour} from "./families.js";
import {BOTTOM, HIGH, LARGEST, LEFT, RIGHT, TOP, labels, nearest, place, scalesOf} from "./plot_layout.js";
import {MANY_VARIANTS, summarize} from "./variants.js";
import {runColour} from "../core/colours.js";
import {fill, h, svg as s} from "../core/dom.js";
import {formatCount, formatDuration, formatFigure} from "../core/format.js";
import {comma, localized, t} from "../core/words.js";

export const few = (list) => list.length <= MANY_VARIANTS;

const colourOf = (one, list) => (few(list) ? runColour(one.place) : familyColour(one.family));

export function picture(view, figure, list) {
  const wide = view.box.clientWidth;
  const start = summarize(view.runs, figure.before)?.mean ?? null;
  const scales = scalesOf(list, {frontier: figure.frontier, start, usual: figure.usual, wide});
  const placed = place(list, scales, few(list) ? LARGEST.few : LARGEST.many);
  const bubbles = placed.map((one) =>
    s(
      "g",
      {class: "bubble", "data-bubble": one.name, "data-family": one.family, style: `--mine:${colourOf(one, list)}`},
      s("circle", {cx: one.cx, cy: one.cy, r: one.r}),
      spreads(one, scales, figure),
    ),
  );
  const names = labels(placed, figure, wide).map(({name, x, y, anchor}) =>
    s(
      "text",
      {
        class: name === figure.leader ? "bubble-name leader" : "bubble-name",
        "data-name-of": name,
        x,
        y,
        "text-anchor": anchor,
      },
      localized(name),
    ),
  );
  const frame = {class: "plot", width: wide, height: HIGH, viewBox: `0 0 ${wide} ${HIGH}`, role: "img"};
  const drawn = s(
    "svg",
    {...frame, "aria-label": inWords(figure, list)},
    grid(scales, figure, wide),
    axisWords(figure, wide),
    start === null ? null : levelLine(scales.Y(start), wide, t("plot.start"), "end"),
    figure.usual === null ? null : levelLine(scales.Y(figure.usual), wide, t("result.usual"), "start"),
    bubbles,
    names,
  );
  follow(view, drawn, placed, bubbles, figure);
  return drawn;
}

function grid({X, Y, xTicks, yTicks}, {frontier}, wide) {
  const said = (value) => (frontier ? formatFigure(value, value % 1 ? 1 : 0) : formatCount(Math.round(value)));
  return [
    xTicks.map((value) => [
      s("path", {class: "grid", d: `M${X(value)} ${TOP} V${HIGH - BOTTOM}`}),
      s("text", {x: X(value), y: HIGH - BOTTOM + 16, "text-anchor": "middle"}, said(value)),
    ]),
    yTicks.map((value) => [
      s("path", {class: "grid", d: `M${LEFT} ${Y(value)} H${wide - RIGHT}`}),
      s("text", {x: LEFT - 8, y: Y(value) + 4, "text-anchor": "end"}, String(value)),
    ]),
  ];
}

function axisWords(figure, wide) {
  const middle = (TOP + HIGH - BOTTOM) / 2;
  const upward = {x: 12, y: middle, "text-anchor": "middle", transform: `rotate(-90 12 ${middle})`};
  const good = t(figure.lowest ? "plot.lower" : "plot.higher");
  return [
    s(
      "text",
      {x: (LEFT + wide - RIGHT) / 2, y: HIGH - 8, "text-anchor": "middle"},
      t(figure.frontier ? "plot.kl" : "plot.trainable"),
    ),
    s("text", upward, figure.frontier ? figure.said : `${figure.words} · ${good}`),
  ];
}

// where all began, or what the commonest answer gets; their words stand at opposite ends, so that both can be read
const levelLine = (y, wide, words, end) => [
  s("path", {class: "start", d: `M${LEFT} ${y} H${wide - RIGHT}`}),
  s("text", {class: "start-word", x: end === "end" ? wide - RIGHT : LEFT + 6, y: y - 5, "text-anchor": end}, words),
];

// a standard deviation to both sides, over a variant's seeds; or the interval of one run's share of few answers
function spreads({cx, cy, x, reach}, {X, Y}, {frontier}) {
  const [low, high] = [Y(reach?.low), Y(reach?.high)];
  const [left, right] = [X(x.mean - x.deviation), X(x.mean + x.deviation)];
  return [
    reach && reach.high > reach.low
      ? s("path", {class: "spread", d: `M${cx} ${low} V${high} m-4 0 h8 M${cx - 4} ${low} h8`})
      : null,
    frontier && x.deviation
      ? s("path", {class: "spread", d: `M${left} ${cy} H${right} m0 -4 v8 M${left} ${cy - 4} v8`})
      : null,
  ];
}

// the mouse goes to the bubble whose middle is nearest, which comes to the front
function follow(view, drawn, placed, bubbles, figure) {
  let last = null;
  const under = (event) => {
    const frame = drawn.getBoundingClientRect();
    return nearest(placed, event.clientX - frame.left, event.clientY - frame.top);
  };
  const go = (i) => {
    if (i === last) return;
    last = i;
    drawn.style.cursor = i === null ? "" : "pointer";
    view.point(i === null ? null : placed[i].name);
    if (i === null) {
      view.words.hidden = true;
      return;
    }
    drawn.insertBefore(bubbles[i], drawn.querySelector(".bubble-name"));
    tell(view, placed[i], figure);
  };
  drawn.addEventListener("mousemove", (event) => go(under(event)));
  drawn.addEventListener("mouseleave", () => go(null));
  drawn.addEventListener("click", (event) => {
    const i = under(event);
    go(i);
    if (i !== null) view.pick(placed[i].name);
  });
}

function tell(view, one, figure) {
  const spread = (value, digits, reach) => {
    const said = (number) => formatFigure(number, digits);
    if (value.deviation != null) return `${said(value.mean)} ± ${said(value.deviation)}`;
    return said(value.mean) + (reach ? ` (${said(reach.low)}–${said(reach.high)})` : "");
  };
  fill(
    view.words,
    h("b", {}, localized(one.name)),
    one.method === one.name ? null : h("span.soft", {}, one.method),
    h("span", {}, `${figure.said} ${spread(one.y, figure.digits, one.reach)}`),
    h("span", {}, figure.frontier ? `KL ${spread(one.x, 2)}` : `${formatCount(one.x.mean)} ${t("result.trainable")}`),
    h("span", {}, formatDuration(one.seconds), one.n > 1 ? ` · ${t("result.seeds", {n: one.n})}` : ""),
  );
  view.words.hidden = false;
  const half = view.words.offsetWidth / 2;
  view.words.style.left = `${Math.min(Math.max(one.cx, half), view.box.clientWidth - half)}px`;
  const above = one.cy - one.r - 8 - view.words.offsetHeight;
  view.words.style.top = `${above < 0 ? one.cy + one.r + 8 : above}px`;
}

const inWords = (figure, list) =>
  t("plot.words", {figure: figure.frontier ? t("plot.frontier") : figure.words, n: list.length}) +
  " " +
  [...list]
    .toSorted((a, b) => (figure.lowest ? 1 : -1) * (a.y.mean - b.y.mean))
    .slice(0, 3)
    .map((one) => `${localized(one.name)}: ${formatFigure(one.y.mean, figure.digits)}`)
    .join(comma());
