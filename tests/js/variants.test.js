// What comparisons share: variants over seeds, figures, the reward that all have in common; and the form's knobs.

import {equal, near, test} from "./check.js";
import {figuresOf, reachOf, sharedReward, summarize, usualOf, variantsOf} from "/scripts/comparison/variants.js";
import {areBest, beside} from "/scripts/comparison/beside.js";
import {inFamilies, familyColour, familyPlace} from "/scripts/comparison/families.js";
import {asNumber} from "/scripts/train/knobs.js";
import {canReplay, withReplay} from "/scripts/train/replay.js";

const run = (variant, place, more = {}) => ({
  variant,
  place,
  held_out: [null, null],
  forgetting: [null, null],
  metrics: {},
  ...more,
});

test("runs of one variant are taken together, in the order they were queued", () => {
  const [a1, b, a2] = [run("a", 0), run("b", 1), run("a", 0)];
  equal(
    variantsOf([a1, b, a2]).map((one) => [one.name, one.place, one.runs.length]),
    [
      ["a", 0, 2],
      ["b", 1, 1],
    ],
  );
  equal(variantsOf([]), []);
});

test("what is known of some runs has a mean and a sample deviation", () => {
  const of = (values) =>
    summarize(
      values.map((value) => ({value})),
      (one) => one.value,
    );
  equal(of([1, 2, 3]), {mean: 2, n: 3, deviation: 1});
  equal(of([5, null, undefined, NaN]), {mean: 5, n: 1, deviation: null});
  equal(of([null]), null);
  near(of([1, 4]).deviation, Math.sqrt(4.5));
});

test("runs rewarded for different things are compared by the part they share", () => {
  const byVotes = {metrics: {kl: [0, 1], reward: [0, 2], "reward/happier": [0, 2]}};
  const byModel = {metrics: {kl: [0, 1], reward: [0, 3], "reward/reward_model": [0, 3], "reward/happier": [0, 1]}};
  equal(sharedReward([byVotes, byModel]), "reward/happier");
  equal(sharedReward([byModel, byModel]), "reward");
  equal(sharedReward([]), "reward");
});

test("figures are those that some run has, and a lone part of the reward is the reward", () => {
  const one = run("a", 0, {held_out: [3, 2], metrics: {reward: [0, 1], "reward/happier": [0, 1]}});
  const keys = (runs) => figuresOf(runs).map((figure) => [figure.key, figure.lowest]);
  equal(keys([one]), [
    ["held_out", true],
    ["metric:reward", false],
  ]);
  equal([figuresOf([one])[0].before(one), figuresOf([one])[0].value(one)], [3, 2]);
  equal(keys([run("a", 0)]), []);
});

test("families stand in the order of the map, and a strange one has the base's colour", () => {
  equal(inFamilies(new Set(["sparse", "everything", "low-rank"])), ["everything", "low-rank", "sparse"]);
  equal([familyPlace("low-rank"), familyPlace("new")], [2, null]);
  equal([familyColour("selective"), familyColour("new")], ["var(--run-1)", "var(--run-base)"]);
});

test("what is typed into a knob is a number, or goes to the lab as it is", () => {
  equal(["8", "5e-3", " 2 ", "", "many", "1,5", "Infinity"].map(asNumber), [
    8,
    0.005,
    2,
    "",
    "many",
    "1,5",
    "Infinity",
  ]);
});

test("one run's share reaches as far as its interval, several seeds as far as they spread", () => {
  const sure = {n: 24, before: [0, 0.1], after: [0.3, 0.7], usual: 0.04};
  const runs = [0.4, 0.6].map((share) => run("a", 0, {metrics: {exact_match: [0, share]}, sure: {exact_match: sure}}));
  const figure = figuresOf(runs).find((one) => one.key === "metric:exact_match");
  equal(reachOf(runs.slice(0, 1), figure), {low: 0.3, high: 0.7, seeds: false});
  near(reachOf(runs, figure).high, 0.5 + Math.sqrt(0.02));
  near(usualOf(runs, figure), 0.04);
  const loss = figuresOf([run("a", 0, {held_out: [3, 2]})])[0];
  equal([reachOf([run("a", 0, {held_out: [3, 2]})], loss), usualOf(runs, loss)], [null, null]);
});

test("no bar goes below zero, but those of figures that may be", () => {
  const [loss, reward] = ["held_out", "metric:reward"].map((key) => {
    const runs = [0.1, 0.5].map((value) => run("a", 0, {held_out: [3, value], metrics: {reward: [0, value - 0.3]}}));
    return reachOf(
      runs,
      figuresOf(runs).find((one) => one.key === key),
    ).low;
  });
  near(loss, 0.3 - Math.sqrt(0.08));
  const wide = [0.0, 1.0].map((value) => run("a", 0, {held_out: [3, value], metrics: {reward: [0, value]}}));
  equal(reachOf(wide, figuresOf(wide)[0]).low, 0);
  near(reward, -Math.sqrt(0.08));
  equal(
    reachOf(
      wide,
      figuresOf(wide).find((one) => one.key === "metric:reward"),
    ).low < 0,
    true,
  );
});

test("of many variants the four with the lowest loss stand side by side, and none that was stopped without one", () => {
  const runs = [4, 3, null, 1, 2].map((loss, i) => run(`v${i}`, i, {held_out: [5, loss], status: "done"}));
  const view = (list) => ({picked: new Set(), state: {over: true, runs: list}});
  equal(areBest(view(runs)), true);
  equal(
    beside(view(runs)).map((one) => one.variant),
    ["v0", "v1", "v3", "v4"],
  );
  const stopped = runs.map((one, i) => (i === 4 ? {...one, status: "cancelled"} : one));
  equal(areBest(view(stopped)), false);
  equal(
    beside(view(stopped)).map((one) => one.variant),
    ["v0", "v1", "v2", "v3"],
  );
});

test("a variant that learns answers can be added again with replay, once", () => {
  const choices = {
    methods: [{id: "lora", rate: 5e-3}],
    objectives: [
      {id: "sft", family: "supervised"},
      {id: "dpo", family: "preference"},
    ],
    data: [
      {id: "cuisine", format: "prompt_completion"},
      {id: "prompts", format: "prompt"},
    ],
    replay: {name: "retain", weight: 0.3, formats: ["text", "prompt_completion", "messages"]},
  };
  const fields = {objective: "sft", data: "cuisine"};
  equal(canReplay({name: "a"}, fields, choices), true);
  const slow = {learning_rate: 0.0025, data: ["cuisine", {name: "retain", weight: 0.3}], budget: {steps: 180}};
  const twin = withReplay({name: "a", method: "lora"}, {...fields, base: "nano", budget: {steps: 120}}, choices);
  equal([twin.learning_rate, twin.data, twin.budget], Object.values(slow));
  equal("learning_rate" in withReplay({name: "a"}, {...fields, base: "larger"}, choices), false);
  equal(canReplay(withReplay({name: "a"}, fields, choices), fields, choices), false);
  equal(canReplay({name: "a", objective: "dpo"}, fields, choices), false);
  equal(canReplay({name: "a", data: "prompts"}, fields, choices), false);
  equal(canReplay({name: "a", stages: [{}]}, fields, choices), false);
});
