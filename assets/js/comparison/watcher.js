// Watches a comparison or a run: progress, curves, samples, results, next steps. It pulls what is new from the store,
// so a reload, a second tab or another browser sees the same. Used by the Train tab and by a run's page.

import {BESIDE, beside, variants} from "./beside.js";
import {mountChart} from "./chart.js";
import {mountParallel} from "./parallel.js";
import {mountPictures} from "./pictures.js";
import {mountPlot} from "./plot.js";
import {progressRows} from "./progress.js";
import {mountResults} from "./table.js";
import {mountTuned} from "./tuned.js";
import {variantsOf} from "./variants.js";
import {drawFlags, drawPicker, emptyWords, failure, heading, nextSteps, notes, sampleSection} from "./watcher_parts.js";
import {swatch} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {isNumber} from "../core/format.js";
import {callServer, repeatWhileShown} from "../core/server.js";
import {onRedraw, t} from "../core/words.js";

const SOON = 700;
const LATER = 6000;

// what: {comparison} or {run} or {} for the newest finished one; onState(answer, before) is told after each answer
export function mountWatcher(place, server, {onState} = {}) {
  const view = {
    place,
    server,
    onState,
    what: {},
    curve: "",
    state: null,
    since: 0,
    seen: 0,
    asOf: Infinity,
    samples: [],
    prompts: new Map(),
    problem: null,
    shape: "",
    top: h("div"),
    picker: h("div.picker"),
    curves: h("div.chart"),
    flags: h("div"),
    below: h("div"),
    table: h("div"),
    next: h("div"),
    plotted: h("div"),
    sweep: h("details.overview", {hidden: true}),
    chooser: h("div"),
    tuned: h("div"),
    own: h("div"),
    round: 0,
    picked: new Set(),
    unfolded: false,
  };
  view.actions = {stop: (keep) => stop(view, keep)};
  view.overview = h(
    "details.overview",
    {hidden: true, ontoggle: () => view.overview.open && view.state && view.plot.draw(view.state.runs, view.picked)},
    h("summary", {}),
    view.plotted,
  );
  const {top, picker, curves, flags, overview, sweep, table, next, chooser, own, tuned, below} = view;
  fill(place, top, picker, curves, flags, overview, sweep, table, next, chooser, own, tuned, below);
  mountParts(view);
  onRedraw(() => view.place.isConnected && draw(view));
  view.loop = repeatWhileShown(view.place, () => pull(view));
  return {
    show: (what) => show(view, what),
    refresh: () => view.loop.now(),
    get state() {
      return view.state;
    },
    get curves() {
      return view.chart.curves;
    },
  };
}

// each tells of what is picked or pointed at in it; the others follow
function mountParts(view) {
  const pointed = (variant) => point(view, variant);
  view.chart = mountChart(view.curves, {point: pointed});
  view.plot = mountPlot(view.plotted, {pick: (variant) => pick(view, variant, true), point: pointed});
  view.parallel = mountParallel(view.sweep, view.server, {pick: (variant) => pick(view, variant, true)});
  view.results = mountResults(view.table, view.server, {pick: (variant) => pick(view, variant), point: pointed});
  view.pictures = mountTuned(view.tuned, view.server);
  view.ownPictures = mountPictures(view.own, view.server);
}

// the variants somebody has picked stand out everywhere, and of many they are what is shown side by side
function pick(view, variant, reveal) {
  view.picked = new Set(view.picked);
  if (view.picked.has(variant)) view.picked.delete(variant);
  else view.picked = new Set([...[...view.picked].slice(1 - BESIDE), variant]);
  mark(view, null, reveal ? variant : null);
  drawBeside(view);
}

const point = (view, variant) => mark(view, variant, null);

function mark(view, pointed, reveal) {
  const places = new Map(
    beside(view)
      .filter((run) => view.picked.has(run.variant))
      .map((run) => [run.variant, run.place]),
  );
  for (const variant of view.picked) if (!places.has(variant)) places.set(variant, null);
  if (pointed && !places.has(pointed)) places.set(pointed, null);
  view.chart.emphasise(places);
  view.plot.mark(view.picked, pointed);
  view.results.mark(view.picked, pointed, reveal);
}

function drawBeside(view) {
  view.pictures.draw(beside(view));
  view.ownPictures.draw(beside(view));
  fill(
    view.chooser,
    variants(view).length > BESIDE && view.state.runs.some((run) => run.trainable)
      ? h(
          "p.chooser",
          {},
          t(view.picked.size ? "watch.beside" : view.state.over ? "watch.beside_best" : "watch.beside_first"),
          " ",
          beside(view).map((run) =>
            h(
              "button.chip",
              {
                "data-beside": run.variant,
                "aria-pressed": String(view.picked.has(run.variant)),
                onclick: () => pick(view, run.variant),
              },
              swatch(run.place),
              run.variant,
            ),
          ),
          view.picked.size
            ? h(
                "button.quiet",
                {
                  onclick: () => {
                    view.picked = new Set();
                    mark(view, null, null);
                    drawBeside(view);
                  },
                },
                t("watch.beside_none"),
              )
            : null,
          h("span.soft", {}, t("watch.beside_help")),
        )
      : null,
  );
  fill(view.below, sampleSection(view));
}

function drawOverview(view) {
  const enough =
    variants(view).filter((one) => one.runs.some((run) => run.trainable && isNumber(run.held_out[1]))).length > 1 ||
    variantsOf(view.state.runs.filter((run) => isNumber(run.metrics.reward?.[1]))).length > 1;
  view.overview.hidden = !enough;
  view.overview.firstChild.textContent = t("plot.title");
  if (enough && !view.unfolded) {
    view.unfolded = true;
    view.overview.open = variants(view).length > BESIDE;
  }
  if (enough && view.overview.open) view.plot.draw(view.state.runs, view.picked);
}

function show(view, next) {
  view.what = next;
  view.curve = "";
  view.state = null;
  view.since = 0;
  view.seen = 0;
  view.asOf = Infinity;
  view.samples = [];
  view.prompts = new Map();
  view.problem = null;
  view.shape = "";
  view.picked = new Set();
  view.unfolded = false;
  view.round += 1;
  view.chart.clear([]);
  view.loop.now();
}

async function pull(view) {
  const mine = view.round;
  const answer = await callServer(view.server.watch, {
    ...view.what,
    curve: view.curve,
    since: view.since,
    samples: view.seen,
  });
  if (mine !== view.round) return SOON;
  if (answer.problem) {
    view.problem = answer.problem;
    draw(view);
    return answer.unreachable ? 2000 : LATER;
  }
  view.problem = null;
  take(view, answer);
  return view.state.empty ? 4000 : view.state.over ? LATER : SOON;
}

function take(view, answer) {
  const before = view.state;
  view.state = answer;
  if (!answer.empty) {
    const now = [...answer.runs.map((run) => run.id), answer.curve].join();
    if (now !== view.shape) {
      if (view.shape) {
        view.since = 0;
        view.seen = 0;
        view.shape = "";
        view.samples = [];
        view.prompts = new Map();
        view.chart.clear(answer.runs, answer.curve);
        view.shape = now;
        view.loop.now();
        return;
      }
      view.shape = now;
      view.chart.clear(answer.runs, answer.curve);
    }
    view.since = answer.since;
    view.chart.add(answer.points);
    if (answer.samples) takeSamples(view, answer);
  }
  if (view.onState) view.onState(answer, before);
  draw(view, Boolean(answer.samples) || !before || before.over !== answer.over);
}

function takeSamples(view, answer) {
  view.seen = answer.samples_seen;
  view.samples = answer.runs.map(() => new Map());
  for (const [run, position, step, prompt, text] of answer.samples) {
    view.prompts.set(position, prompt);
    if (!view.samples[run].has(position)) view.samples[run].set(position, new Map());
    view.samples[run].get(position).set(step, text);
  }
}

function draw(view, everything = true) {
  view.place.classList.toggle(
    "example",
    Boolean(view.state && !view.state.empty && !view.what.comparison && !view.what.run),
  );
  if (view.problem) return fill(view.top, h("p.problem", {role: "alert"}, view.problem));
  if (!view.state) return fill(view.top, h("p.soft", {}, t("watch.looking")));
  for (const part of [view.curves, view.table, view.tuned]) part.hidden = Boolean(view.state.empty);
  if (view.state.empty) {
    view.overview.hidden = view.sweep.hidden = true;
    for (const part of [view.flags, view.next, view.chooser, view.own, view.below]) fill(part);
    return fill(view.top, emptyWords());
  }
  fill(
    view.top,
    heading(view),
    progressRows(view.state.runs),
    view.state.runs.filter((run) => run.error).map((run) => failure(run)),
    notes(view.state.runs),
  );
  drawPicker(view);
  drawFlags(view);
  if (!everything) return;
  view.table.hidden = !view.state.runs.some((run) => run.trainable);
  view.results.draw(view.state.runs, view.picked);
  drawOverview(view);
  view.parallel.draw(view.state.runs);
  fill(view.next, view.state.over && !view.state.recorded ? nextSteps(view) : null);
  drawBeside(view);
}

async function stop(view, keep) {
  const answer = await callServer(view.server.stop, {
    ...(view.what.run ? {run: view.what.run} : {comparison: view.state.comparison}),
    keep,
  });
  view.problem = answer.problem || null;
  view.loop.now();
}
