// What the table and the plot of a comparison share: a variant's runs taken together (it may be repeated over seeds),
// and the figures they can be compared by. Nothing here draws.

import {isNumber} from "../core/format.js";
import {nameOf, t} from "../core/words.js";

// of many variants, families have the colours, and a round swatch
export const MANY_VARIANTS = 8;

// figures of which less is better; of all other metrics more is (as lab/evaluate/figures.py has it)
const LOW = ["perplexity", "calibration_error", "tasks/forgotten", "tasks/most_forgotten"];
// how the names of figures begin that may be below zero
const SIGNED = ["reward", "good_over_bad", "length_bias", "tasks/forgotten", "tasks/most_forgotten", "shots/gain"];

// a variant's runs in the order they were queued: [{name, place, runs}]
export function variantsOf(runs) {
  const found = new Map();
  for (const run of runs) {
    if (!found.has(run.variant)) found.set(run.variant, {name: run.variant, place: run.place, runs: []});
    found.get(run.variant).runs.push(run);
  }
  return [...found.values()];
}

// mean and standard deviation of what is known of some runs; null where nothing is
export function summarize(runs, value) {
  const known = runs.map(value).filter(isNumber);
  if (!known.length) return null;
  const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
  const squares = known.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return {mean, n: known.length, deviation: known.length > 1 ? Math.sqrt(squares / (known.length - 1)) : null};
}

// the reward that all runs with a divergence can be compared by: a part they have in common (a reward model of each
// run's own is none), where they were not all rewarded for the same
export function sharedReward(runs) {
  const able = runs.filter((run) => isNumber(run.metrics.kl?.[1]) && isNumber(run.metrics.reward?.[1]));
  const parts = (run) => Object.keys(run.metrics).filter((name) => name.startsWith("reward/"));
  const alike = able.every((run) => parts(run).join() === parts(able[0]).join());
  const shared = able.length
    ? parts(able[0]).filter(
        (name) => name !== "reward/reward_model" && able.every((run) => isNumber(run.metrics[name]?.[1])),
      )
    : [];
  return alike ? "reward" : shared[0] || "reward";
}

const least = ({name}) => (name && !SIGNED.some((one) => name.startsWith(one)) ? 0 : -Infinity);

// where a figure of some runs lies: a deviation to both sides over seeds, or one run's 95 % interval over its answers;
// never below zero where the figure can't be
export function reachOf(runs, figure) {
  const all = summarize(runs, figure.value);
  if (all?.deviation != null)
    return {low: Math.max(all.mean - all.deviation, least(figure)), high: all.mean + all.deviation, seeds: true};
  const interval = runs.length === 1 ? figure.sure?.(runs[0])?.after : null;
  return interval ? {low: interval[0], high: interval[1], seeds: false} : null;
}

// what always giving the commonest training answer gets by a figure; null where that says nothing
export const usualOf = (runs, figure) => summarize(runs, (run) => figure.sure?.(run)?.usual)?.mean ?? null;

// the figures of a run that can be compared: {key, words, value(run), before(run), lowest: whether low is good,
// sure(run): {n, before, after, usual} where it is over few answers}
export function figuresOf(runs) {
  // a lone part is the reward
  const same = (name) =>
    name.startsWith("reward/") &&
    runs.every((run) => !run.metrics[name] || run.metrics[name][1] === run.metrics.reward?.[1]);
  const metrics = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))].filter((name) => !same(name));
  const pair = (key, words, of, digits, lowest, name) => ({
    sure: (run) => (name && run.sure?.[name]) || null,
    name: name || (key === "held_out" ? "held_out_loss" : key),
    key,
    words,
    digits,
    lowest,
    value: (run) => of(run)?.[1] ?? null,
    before: (run) => of(run)?.[0] ?? null,
    pair: of,
  });
  // what was learned, and beside it what is still known
  const exact = (name) => name.startsWith("exact_match");
  const measured = (name) =>
    pair(`metric:${name}`, nameOf("metric", name), (run) => run.metrics[name], 2, LOW.includes(name), name);
  return [
    pair("held_out", t("result.held_out"), (run) => run.held_out, 3, true),
    ...metrics.filter(exact).map(measured),
    pair("retained", t("result.retained"), (run) => run.retained || [], 2, false, "retained"),
    ...metrics.filter((name) => !exact(name)).map(measured),
    pair("forgetting", t("result.forgetting"), (run) => run.forgetting, 1, true),
  ].filter((figure) => runs.some((run) => isNumber(figure.value(run))));
}
