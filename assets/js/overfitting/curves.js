// The Overfitting tab's view: of each variant its two error curves with the step where they part, and how much of what
// it knows it knows by heart; below, all that a comparison shows.

import {placer} from "../comparison/lines.js";
import {picturesLine} from "../comparison/save.js";
import {mean, partedMostly, smoothed} from "../comparison/series.js";
import {variantsOf} from "../comparison/variants.js";
import {mountWatcher} from "../comparison/watcher.js";
import {runColour} from "../core/colours.js";
import {onPlace, placeOf, setPlace} from "../core/address.js";
import {fill, h, svg} from "../core/dom.js";
import {formatShare, isNumber} from "../core/format.js";
import {receiveLetter} from "../core/tabs.js";
import {currentLanguage, localized, onRedraw, t} from "../core/words.js";

const WIDTH = 300;
const HEIGHT = 150;
const KEPT = "lab.overfitting";
const EXACT = "exact_match";
const TRAINED = "exact_match/trained";

export function mountCurves(place, server) {
  const pairs = h("div.error-pairs");
  const saved = h("div", {hidden: true});
  const below = h("div");
  fill(place, pairs, saved, below);
  let watcher = null;
  let gone = false;
  const draw = () => {
    saved.hidden = true;
    if (watcher && !gone) {
      drawPairs(pairs, watcher);
      return drawSaving(saved, pairs, watcher.state);
    }
    return fill(pairs, h("div.empty.first", {}, h("h2", {}, t("overfitting.empty")), firstSteps()));
  };
  // the last comparison of this browser may have been deleted: then one begins anew
  const forget = () => {
    if (gone || placeOf("overfitting").run) return gone;
    localStorage.removeItem(KEPT);
    gone = below.hidden = true;
    draw();
    return true;
  };
  const show = (comparison) => {
    fill(pairs);
    gone = below.hidden = false;
    watcher ??= mountWatcher(below, server, {onState: draw, onProblem: forget});
    watcher.show({comparison});
  };
  const last = localStorage.getItem(KEPT);
  const asked = placeOf("overfitting").run;
  if (asked || (last && /^[a-z0-9]{6,32}$/.test(last))) show(asked || last);
  onPlace("overfitting", ({run}) => run && show(run));
  receiveLetter("curves", ({comparison, recorded}) => {
    if (recorded) return show(recorded); // to look at: it is nobody's last comparison
    localStorage.setItem(KEPT, comparison);
    setPlace("overfitting", {run: comparison});
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
        h("figcaption", {}, h("b", {}, localized(one.name))),
        picture(
          numbers.map((i) => all[i]),
          at,
          {
            parted: partedMostly(curves, numbers),
            kept: one.runs.map((run) => run.kept_step),
            name: one.name,
          },
        ),
        verdict(one.runs),
      );
    }),
  );
}

// drawn once a language: each state draws the curves anew, and whoever is at a button stays there
function drawSaving(place, pairs, state) {
  place.hidden = !pairs.childElementCount;
  const key = `${currentLanguage()} ${state?.comparison}`;
  if (place.hidden || place.dataset.key === key) return;
  place.dataset.key = key;
  const find = () =>
    [...pairs.children].map((one) => [one.querySelector("figcaption").textContent, one.querySelector("svg")]);
  fill(place, picturesLine(find, {data: "overfitting", title: localized(state.title)}));
}

// the points of a run's two curves, the training one smoothed
function linesOf({steps, series}, run) {
  const of = (values) => steps.map((step, i) => [step, values[i]]).filter((point) => point[1] != null);
  const train = of(series[2 * run]);
  const soft = smoothed(train.map((point) => point[1]));
  return {train: train.map(([step], i) => [step, soft[i]]), held: of(series[2 * run + 1])};
}

function picture(lines, at, {parted, kept, name}) {
  const path = (line) =>
    line.map(([x, y], i) => `${i ? "L" : "M"}${at.x(x).toFixed(1)} ${at.y(y).toFixed(1)}`).join("");
  const rings = lines.flatMap((one, i) => one.held.filter(([step]) => step === kept[i]));
  return svg(
    "svg",
    {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "lines", role: "img", "aria-label": t("overfitting.picture", {name})},
    at.ticks.map((value) => [
      svg("line", {x1: 40, x2: WIDTH, y1: at.y(value), y2: at.y(value), class: "grid"}),
      svg("text", {x: 35, y: at.y(value) + 4, class: "tick end"}, String(Number(value.toPrecision(3)))),
    ]),
    parted === null ? null : partedMark(at, parted, lines.length),
    lines.map((one) => [
      svg("path", {d: path(one.train), class: "error train"}),
      svg("path", {d: path(one.held), class: "error held"}),
    ]),
    rings.map(([step, loss]) => svg("circle", {cx: at.x(step), cy: at.y(loss), r: 6, class: "kept"})),
    svg("text", {x: at.x(at.last), y: HEIGHT - 4, class: "tick end"}, t("chart.at", {step: at.last})),
  );
}

// where the two curves part; of several runs where most of them do
const partedMark = (at, {step, of}, runs) => [
  svg("line", {x1: at.x(step), x2: at.x(step), y1: 0, y2: HEIGHT - 20, class: "parted"}),
  svg(
    "text",
    {x: at.x(step) + 4, y: 12, class: "tick parted-words"},
    t(runs > 1 ? "overfitting.parted_runs" : "overfitting.parted", {step, of, n: runs}),
  ),
];

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
