// The plot of a comparison: a figure against the trainable parameters on a log scale, the area of a bubble the time it
// took; or reward against divergence where runs have both. A variant over several seeds is one bubble with its spread.
// Few variants keep their own colours; many are coloured by family.

import {familySwatch, inFamilies} from "./families.js";
import {few, picture} from "./plot_picture.js";
import {figuresOf, reachOf, sharedReward, summarize, usualOf, variantsOf} from "./variants.js";
import {choice} from "../core/controls.js";
import {fill, h} from "../core/dom.js";
import {formatDuration, isNumber} from "../core/format.js";
import {currentLanguage, localized, nameOf, t} from "../core/words.js";

export function mountPlot(place, {pick, point}) {
  const view = {
    place,
    pick,
    point,
    runs: [],
    leaders: {},
    picked: new Set(),
    pointed: null,
    mode: "held_out",
    family: null,
    drawn: "",
    tools: h("div.plot-tools"),
    box: h("div.plot-box"),
    words: h("div.plot-words", {hidden: true}),
    key: h("div.plot-key"),
  };
  fill(view.place, view.tools, view.box, view.key);
  new ResizeObserver(() => {
    if (view.runs.length && view.box.clientWidth) draw(view, view.runs, view.picked, view.leaders);
  }).observe(view.place);
  return {
    draw: (next, chosen, leaders) => draw(view, next, chosen, leaders),
    mark: (chosen, now) => mark(view, chosen, now),
  };
}

function draw(view, next, chosen, leaders = {}) {
  view.runs = next;
  view.leaders = leaders;
  view.picked = chosen;
  const now = JSON.stringify([
    currentLanguage(),
    view.mode,
    view.family,
    view.box.clientWidth,
    view.runs.map((run) => [
      run.id,
      run.held_out,
      run.metrics,
      run.forgetting,
      run.retained,
      run.trainable,
      run.seconds,
    ]),
  ]);
  if (now === view.drawn || !view.box.clientWidth) return mark(view, chosen, view.pointed);
  view.drawn = now;
  rebuild(view);
}

function views(view) {
  const figures = figuresOf(view.runs).map((figure) => ({
    ...figure,
    frontier: false,
    said: figure.words,
    across: (run) => run.trainable,
  }));
  const both = (run) => isNumber(run.metrics.reward?.[1]) && isNumber(run.metrics.kl?.[1]);
  const reward = sharedReward(view.runs);
  const upward = (run) => run.metrics[reward]?.[1] ?? null;
  const before = (run) => run.metrics[reward]?.[0] ?? null;
  const said = reward === "reward" ? t("plot.reward") : nameOf("metric", reward);
  return view.runs.some(both)
    ? [
        ...figures,
        {
          key: "frontier",
          words: t("plot.frontier"),
          frontier: true,
          digits: 2,
          value: upward,
          before,
          said,
          across: (run) => run.metrics.kl?.[1] ?? null,
        },
      ]
    : figures;
}

function points(view, figure) {
  return variantsOf(view.runs)
    .map((one) => ({
      name: one.name,
      place: one.place,
      n: one.runs.length,
      family: one.runs[0].family,
      method: localized(one.runs[0].method_name),
      x: summarize(one.runs, figure.across),
      y: summarize(one.runs, figure.value),
      reach: reachOf(one.runs, figure),
      seconds: summarize(one.runs, (run) => run.seconds)?.mean ?? 0,
    }))
    .filter((one) => one.x && one.y && (figure.frontier || one.x.mean > 0));
}

function rebuild(view) {
  const choices = views(view);
  if (!choices.length) {
    fill(view.tools);
    fill(view.key);
    view.drawn = "";
    return fill(view.box, h("p.empty", {}, t("plot.empty")));
  }
  const figure = choices.find((one) => one.key === view.mode) || choices[0];
  const list = points(view, figure);
  fill(
    view.tools,
    choice({
      words: t("plot.shows"),
      data: "plot",
      inline: true,
      options: choices.map((one) => ({value: one.key, words: one.words})),
      now: figure.key,
      choose: (value) => {
        view.mode = value;
        redraw(view);
      },
    }),
    h(
      "p.soft",
      {},
      t(figure.frontier ? "plot.frontier_help" : figure.lowest ? "plot.help_lower" : "plot.help_higher"),
      " ",
      t(list.some((one) => one.n > 1) ? "plot.seeds" : "plot.no_ranking"),
      list.some((one) => one.reach && !one.reach.seeds) ? ` ${t("plot.intervals")}` : "",
    ),
  );
  figure.usual = usualOf(view.runs, figure);
  figure.leader = view.leaders[figure.name]?.real ? view.leaders[figure.name].variant : null;
  fill(view.box, list.length ? picture(view, figure, list) : h("p.empty", {}, t("plot.empty")), view.words);
  drawKey(view, list);
  mark(view, view.picked, view.pointed);
}

function redraw(view) {
  view.drawn = "";
  draw(view, view.runs, view.picked, view.leaders);
}

function drawKey(view, list) {
  const families = few(list) ? [] : inFamilies(new Set(list.map((one) => one.family)));
  const longest = Math.max(0, ...list.map((one) => one.seconds));
  fill(
    view.key,
    families.map((name) =>
      h(
        "button.key.family",
        {
          "data-family-key": name,
          "aria-pressed": String(view.family === name),
          onclick: () => {
            view.family = view.family === name ? null : name;
            drawKey(view, list);
            mark(view, view.picked, view.pointed);
          },
        },
        familySwatch(name),
        nameOf("family", name),
      ),
    ),
    longest ? h("span.key.soft", {}, h("span.bubble-size"), t("plot.size", {time: formatDuration(longest)})) : null,
  );
}

function mark(view, chosen, now) {
  view.picked = chosen;
  view.pointed = now;
  const dimmed = view.picked.size || view.pointed || view.family;
  for (const one of view.box.querySelectorAll("[data-bubble], [data-name-of]")) {
    const name = one.dataset.bubble || one.dataset.nameOf;
    const mine = view.pointed === name || view.picked.has(name) || (view.family && one.dataset.family === view.family);
    one.classList.toggle("dim", Boolean(dimmed) && !mine);
    one.classList.toggle("picked", view.picked.has(name));
  }
}
