// Watches a comparison or a run: progress, curves, samples, results, next steps. It pulls what is new from the store,
// so a reload, a second tab or another browser sees the same. Used by the Train tab and by a run's page.

import {BESIDE, beside, variants} from "./beside.js";
import {mountChart} from "./chart.js";
import {mountControls, mountForkForm} from "./forks.js";
import {mountParallel} from "./parallel.js";
import {mountPictures} from "./pictures.js";
import {mountPlot} from "./plot.js";
import {progressRows} from "./progress.js";
import {pictureLines} from "./save.js";
import {mountResults} from "./table.js";
import {mountTuned} from "./tuned.js";
import {variantsOf} from "./variants.js";
import * as parts from "./watcher_parts.js";
import {fill, h} from "../core/dom.js";
import {isNumber} from "../core/format.js";
import {callServer, repeatWhileShown} from "../core/server.js";
import {onRedraw, t} from "../core/words.js";

// the parts from top to bottom, and those that are seen only where there is a comparison
const SHOWN = ["picker", "curves", "savedCurves", "flags", "table", "next", "chooser", "own", "tuned", "below"];
const ORDER = ["head", "top", "forking", ...SHOWN.slice(0, 4), "overview", "sweep", ...SHOWN.slice(4)];
const SOON = 700;
const LATER = 6000;

// what: {comparison}, {run} or {runs: any runs and comparisons}, {expected: a recipe's name} for one that is still to be made, or {} for the newest
// finished one; onState(answer, before) is told after each answer, onProblem() where there is nothing to show: true if
// it shows something else; readOnly: nothing can be done with the runs; soon, later: milliseconds between two looks
export function mountWatcher(place, server, {onState, onProblem, readOnly = false, soon = SOON, later = LATER} = {}) {
  const view = {
    ...nothingOf({}),
    ...emptyParts(),
    round: 0,
    place,
    server,
    onState,
    onProblem,
    readOnly,
    soon,
    later,
  };
  view.actions = actionsOf(view);
  view.overview = h(
    "details.overview",
    {hidden: true, ontoggle: () => view.overview.open && view.state && drawPlot(view)},
    h("summary", {}),
    view.plotted,
    view.savedPlot,
  );
  view.shown = SHOWN.map((name) => view[name]);
  place.replaceChildren(...ORDER.map((name) => view[name]));
  mountParts(view);
  onRedraw(() => view.place.isConnected && draw(view));
  draw(view);
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

// what is known of something before the lab has answered
const nothingOf = (what) => ({
  what,
  curve: "",
  state: null,
  since: 0,
  seen: 0,
  asOf: Infinity,
  samples: [],
  prompts: new Map(),
  problem: null,
  shape: "",
  picked: new Set(),
  unfolded: false,
});

const emptyParts = () => ({
  head: h("div.watch-top"),
  top: h("div"),
  forking: h("div"),
  picker: h("div.picker"),
  curves: h("div.chart"),
  ...pictureLines(),
  flags: h("div"),
  below: h("div"),
  table: h("div"),
  next: h("div"),
  plotted: h("div"),
  sweep: h("details.overview", {hidden: true}),
  chooser: h("div"),
  tuned: h("div"),
  own: h("div"),
});

const actionsOf = (view) => ({
  stop: (keep) => stop(view, keep),
  show: (what) => show(view, what),
  pick: (variant) => pick(view, variant),
  pickNone: () => pickNone(view),
  stopRun: (run) => ask(view, view.server.stop, {run: run.id, keep: true}),
  resume: (run) => ask(view, view.server.resume, {run: run.id}),
  fork: (run) => view.forkForm.open(run),
});

// each tells of what is picked or pointed at in it; the others follow
function mountParts(view) {
  const pointed = (variant) => point(view, variant);
  view.chart = mountChart(view.curves, {point: pointed});
  view.plot = mountPlot(view.plotted, {pick: (variant) => pick(view, variant, true), point: pointed});
  view.parallel = mountParallel(view.sweep, view.server, {pick: (variant) => pick(view, variant, true)});
  view.results = mountResults(view.table, view.server, {pick: (variant) => pick(view, variant), point: pointed});
  view.pictures = mountTuned(view.tuned, view.server);
  view.ownPictures = mountPictures(view.own, view.server);
  view.controls = mountControls(view.actions);
  view.forkForm = mountForkForm(view.forking, view.server, () => view.loop.now());
}

// the variants somebody has picked stand out everywhere, and of many they are what is shown side by side
function pick(view, variant, reveal) {
  view.picked = new Set(view.picked);
  if (view.picked.has(variant)) view.picked.delete(variant);
  else view.picked = new Set([...[...view.picked].slice(1 - BESIDE), variant]);
  mark(view, null, reveal ? variant : null);
  drawBeside(view);
}

function pickNone(view) {
  view.picked = new Set();
  mark(view, null, null);
  drawBeside(view);
}

// the mouse may be over what stands there until another comparison has come
const point = (view, variant) => view.state?.runs && mark(view, variant, null);

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
  fill(view.chooser, parts.chooser(view));
  fill(view.below, parts.sampleSection(view));
}

const drawPlot = (view) => view.plot.draw(view.state.runs, view.picked, view.state.leaders);

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
  if (enough && view.overview.open) drawPlot(view);
}

function show(view, next) {
  Object.assign(view, nothingOf(next));
  view.round += 1;
  view.chart.clear([]);
  view.loop.now();
}

async function pull(view) {
  if (view.what.expected) {
    view.state = {empty: true};
    draw(view);
    return LATER;
  }
  const mine = view.round;
  const answer = await callServer(view.server.watch, {
    ...view.what,
    curve: view.curve,
    since: view.since,
    samples: view.seen,
  });
  if (mine !== view.round) return SOON;
  if (answer.problem) {
    if (!answer.unreachable && view.onProblem?.()) return SOON;
    view.problem = answer.problem;
    draw(view);
    return answer.unreachable ? 2000 : view.later;
  }
  view.problem = null;
  take(view, answer);
  return view.state.empty ? 4000 : view.state.over ? view.later : view.soon;
}

function take(view, answer) {
  const before = view.state;
  view.state = answer;
  answer.what = askedFor(view);
  answer.recorded ||= view.readOnly; // nothing can be done with what is only looked at
  if (unfold(view)) {
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
    view.chart.add(answer.points, answer.runs);
    if (answer.samples) takeSamples(view, answer);
  }
  if (view.onState) view.onState(answer, before);
  draw(view, Boolean(answer.samples) || !before || before.over !== answer.over);
}

// what is shown, as the lab's other endpoints are asked about it
const askedFor = ({what, state}) =>
  what.run ? {run: what.run} : what.runs ? {runs: what.runs} : {comparison: state.comparison};

function takeSamples(view, answer) {
  view.seen = answer.samples_seen;
  view.samples = answer.runs.map(() => new Map());
  for (const [run, position, step, prompt, text, right] of answer.samples) {
    view.prompts.set(position, {prompt, wanted: answer.wanted.map((one) => one[position]).find(Boolean) || ""});
    if (!view.samples[run].has(position)) view.samples[run].set(position, new Map());
    view.samples[run].get(position).set(step, {text, right});
  }
}

function draw(view, everything = true) {
  view.place.classList.toggle("example", Boolean(view.state && !view.state.empty && parts.isExample(view)));
  const something = view.problem && view.state ? true : unfold(view);
  parts.drawHead(view);
  if (view.problem) return fill(view.top, h("p.problem", {role: "alert"}, view.problem));
  if (!something) return fill(view.top, parts.placeWords(view));
  fill(
    view.top,
    parts.selectionWords(view.state),
    progressRows(view.state.runs, parts.mayAct(view) && !view.what.run ? view.controls : undefined),
    view.state.runs.filter((run) => run.error).map((run) => parts.failure(run)),
    parts.notes(view.state.runs),
  );
  parts.drawPicker(view);
  parts.drawFlags(view);
  if (!everything) return;
  view.table.hidden = !view.state.runs.some((run) => run.trainable);
  view.results.draw(view.state.runs, view.picked, view.state);
  drawOverview(view);
  view.drawSaving(view);
  view.parallel.draw(view.state.runs, view.state.what);
  fill(view.next, view.state.over && parts.mayAct(view) ? parts.nextSteps(view) : null);
  drawBeside(view);
}

// what stands below is shown with what stands above it, and before the chart is drawn, so that nothing moves afterwards
function unfold(view) {
  const something = Boolean(view.state && !view.state.empty);
  for (const part of view.shown) part.hidden = !something;
  if (!something) view.overview.hidden = view.sweep.hidden = true;
  return something;
}

const stop = (view, keep) => ask(view, view.server.stop, {...view.state.what, keep});

async function ask(view, door, question) {
  const answer = await callServer(door, question);
  view.problem = answer.problem || null;
  view.loop.now();
}
