// The Overfitting tab's view: of each variant its two error curves with the step where they part, and how much of what
// it knows it knows by heart; below, all that a comparison shows.

import {placer} from "../comparison/lines.js";
import {mean, partedAt, smoothed} from "../comparison/series.js";
import {variantsOf} from "../comparison/variants.js";
import {mountWatcher} from "../comparison/watcher.js";
import {runColour} from "../core/colours.js";
import {fill, h, svg} from "../core/dom.js";
import {formatShare, isNumber} from "../core/format.js";
import {receiveLetter} from "../core/tabs.js";
import {onRedraw, t} from "../core/words.js";

const WIDTH = 300;
const HEIGHT = 150;
const KEPT = "lab.overfitting";
const EXACT = "exact_match";
const TRAINED = "exact_match/trained";

export function mountCurves(place, server) {
  const pairs = h("div.error-pairs");
  const below = h("div");
  fill(place, pairs, below);
  let watcher = null;
  const draw = () => {
    if (watcher) return drawPairs(pairs, watcher);
    return fill(pairs, h("div.empty.first", {}, h("h2", {}, t("overfitting.empty")), firstSteps()));
  };
  const show = (comparison) => {
    fill(pairs);
    watcher ??= mountWatcher(below, server, {onState: draw});
    watcher.show({comparison});
  };
  const last = localStorage.getItem(KEPT);
  if (last && /^[a-z0-9]{6,32}$/.test(last)) show(last);
  receiveLetter("curves", ({comparison}) => {
    localStorage.setItem(KEPT, comparison);
    show(comparison);
    const top = place.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight * 0.6) place.scrollIntoView({behavior: "smooth", block: "start"});
  });
  onRedraw(() => place.isConnected && draw());
  draw();
}

const firstSteps = () => ["empty_1", "empty_2", "empty_3"].map((key) => h("p", {}, t(`overfitting.${key}`)));

function drawPairs(place, watcher) {
  const {state, curves} = watcher;
  if (!state || state.empty || state.curve !== "loss") return fill(place);
  const all = state.runs.map((run, i) => linesOf(curves, i));
  const points = all.flatMap((one) => [...one.train, ...one.held]);
  if (!points.length) return fill(place);
  const at = placer(points, false);
  fill(
    place,
    variantsOf(state.runs).map((one) => {
      const numbers = one.runs.map((run) => state.runs.indexOf(run));
      return h(
        "figure.error-pair",
        {"data-variant": one.name, style: `--mine:${runColour(one.runs[0].place)}`},
        h("figcaption", {}, h("b", {}, one.name)),
        picture(
          numbers.map((i) => all[i]),
          at,
          numbers.length === 1 ? partedAt(curves, numbers[0]) : null,
          numbers.length === 1 ? one.runs[0].kept_step : null,
          one.name,
        ),
        verdict(one.runs),
      );
    }),
  );
}

// the points of a run's two curves, the training one smoothed
function linesOf({steps, series}, run) {
  const of = (values) => steps.map((step, i) => [step, values[i]]).filter((point) => point[1] != null);
  const train = of(series[2 * run]);
  const soft = smoothed(train.map((point) => point[1]));
  return {train: train.map(([step], i) => [step, soft[i]]), held: of(series[2 * run + 1])};
}

function picture(lines, at, parted, kept, name) {
  const path = (line) =>
    line.map(([x, y], i) => `${i ? "L" : "M"}${at.x(x).toFixed(1)} ${at.y(y).toFixed(1)}`).join("");
  const loss = lines[0].held.find(([step]) => step === kept)?.[1];
  return svg(
    "svg",
    {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "lines", role: "img", "aria-label": t("overfitting.picture", {name})},
    at.ticks.map((value) => [
      svg("line", {x1: 40, x2: WIDTH, y1: at.y(value), y2: at.y(value), class: "grid"}),
      svg("text", {x: 35, y: at.y(value) + 4, class: "tick end"}, String(Number(value.toPrecision(3)))),
    ]),
    parted === null
      ? null
      : [
          svg("line", {x1: at.x(parted), x2: at.x(parted), y1: 0, y2: HEIGHT - 20, class: "parted"}),
          svg(
            "text",
            {x: at.x(parted) + 4, y: 12, class: "tick parted-words"},
            t("overfitting.parted", {step: parted}),
          ),
        ],
    lines.map((one) => [
      svg("path", {d: path(one.train), class: "error train"}),
      svg("path", {d: path(one.held), class: "error held"}),
    ]),
    loss == null ? null : svg("circle", {cx: at.x(kept), cy: at.y(loss), r: 6, class: "kept"}),
    svg("text", {x: at.x(at.last), y: HEIGHT - 4, class: "tick end"}, t("chart.at", {step: at.last})),
  );
}

// how many of the trained questions are answered word for word, and how many of the same facts in other words
function verdict(runs) {
  const figure = (name) => {
    const known = runs.map((run) => run.metrics[name]?.[1]).filter(isNumber);
    return known.length ? mean(known) : null;
  };
  const [held, trained] = [figure(EXACT), figure(TRAINED)];
  if (held === null) return h("p.soft", {}, t(runs[0].over ? "overfitting.no_figures" : "overfitting.learning"));
  const row = (words, value, kind) =>
    h(
      "div.share",
      {"data-share": kind},
      h("span", {}, words),
      h("i", {}, h("b", {style: `width:${(100 * value).toFixed(1)}%`})),
      h("output", {}, formatShare(value, 1)),
    );
  return h(
    "div.shares",
    {},
    trained === null ? null : row(t("overfitting.trained"), trained, "trained"),
    row(t("overfitting.held_out"), held, "held-out"),
  );
}
