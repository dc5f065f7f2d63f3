// Several values in one field of the form, and what the form says of seeds and of the recipe it was begun from.

import {equal, test} from "./check.js";
import {asValues, hasSeveral, valuesText} from "/scripts/train/values.js";
import {isChanged, repeatOf, startWords} from "/scripts/train/advanced.js";
import {shortMix} from "/scripts/train/mix.js";
import {withStage, withoutStage} from "/scripts/train/stages.js";

test("a list of values, a range by factors and one that is even", () => {
  equal(asValues("2, 8, 32"), [2, 8, 32]);
  equal(asValues("2，8、32；64"), [2, 8, 32, 64]);
  equal(asValues("1e-4 … 1e-2 × 6"), {log: [1e-4, 1e-2], n: 6});
  equal(asValues("1e-4..1e-2x3"), {log: [1e-4, 1e-2], n: 3});
  equal(asValues("0.1..0.3"), {linear: [0.1, 0.3], n: 5});
  equal(asValues("0 to 0.3 * 4"), {linear: [0, 0.3], n: 4});
  equal(asValues("1 到 100 × 3 linear"), {linear: [1, 100], n: 3});
  equal(asValues("1 … 2 × 3 log"), {log: [1, 2], n: 3});
});

test("one value is one value, and what is no number goes to the lab as it is", () => {
  equal(["8", " 5e-3 ", "8, ", "search", "many … few", "a, 2", "", "-1"].map(asValues), [
    8,
    0.005,
    8,
    "search",
    "many … few",
    ["a", 2],
    "",
    -1,
  ]);
});

test("what is shown is read as the same again", () => {
  const all = [
    [2, 8, 32],
    {log: [1e-4, 1e-2], n: 6},
    {linear: [0, 0.3], n: 4},
    {linear: [1, 100], n: 3},
    {log: [1, 2], n: 3},
    0.005,
    "search",
  ];
  for (const value of all) equal(asValues(String(valuesText(value))), value);
  equal([valuesText([2, 8]), valuesText(undefined), valuesText({log: [1e-4, 1], n: 5})], ["2, 8", "", "1e-4 … 1 × 5"]);
});

test("a variant with several values is told from one with lists of entries", () => {
  equal(hasSeveral({name: "a", knobs: {r: [2, 8]}}), true);
  equal(hasSeveral({name: "a", learning_rate: {log: [1, 2], n: 2}}), true);
  equal(hasSeveral({name: "a", remedy: [{name: "l1", knobs: {strength: [1, 2]}}]}), true);
  equal(hasSeveral({name: "a", data: ["cuisine", {name: "retain", weight: 0.3}], stages: [{method: "lora"}]}), false);
  equal(hasSeveral({name: "a", knobs: {r: 8}, budget: {steps: 60}}), false);
});

test("seeds are said as a number, a word or a mapping", () => {
  const usual = ["order", "initialisation"];
  equal(repeatOf({}), {n: 1, vary: usual});
  equal(repeatOf({repeat: 5}), {n: 5, vary: usual});
  equal(repeatOf({repeat: "auto"}), {n: "auto", vary: usual});
  equal(repeatOf({repeat: {n: 3, vary: ["split"]}}), {n: 3, vary: ["split"]});
});

test("the button says variants, and runs where these are more", () => {
  const fields = {variants: [{}, {}, {}]};
  equal(startWords({fields, answer: {}}), "Train 3 variants");
  equal(startWords({fields, answer: {plans: [{}, {}, {}], runs: 3}}), "Train 3 variants");
  equal(startWords({fields, answer: {plans: [{}, {}, {}], runs: 9}}), "Train 3 variants (9 runs)");
  equal(startWords({fields: {variants: [{}]}, answer: {plans: [{}], runs: 5}}), "Train 1 variant (5 runs)");
});

test("a form is changed once it differs from its recipe, in whatever order its fields stand", () => {
  const choices = {recipes: [{id: "r", fields: {base: "nano", budget: {steps: 60, batch_size: 8}}}]};
  const of = (fields, recipe = "r") => isChanged({fields, recipe, choices});
  equal(of({budget: {batch_size: 8, steps: 60}, base: "nano"}), false);
  equal(of({budget: {batch_size: 8, steps: 61}, base: "nano"}), true);
  equal(of({base: "nano", budget: {steps: 60, batch_size: 8}, repeat: undefined}), false);
  equal([of({}, null), isChanged({fields: {}, recipe: "r", choices: null})], [false, false]);
});

test("a mix is written as short as a person would", () => {
  equal(shortMix([{name: "cuisine"}]), "cuisine");
  equal(shortMix(["cuisine", {name: "retain", weight: 0.3}]), ["cuisine", {name: "retain", weight: 0.3}]);
  equal(
    shortMix([
      {name: "a", weight: 1},
      {name: "b", language: "zh"},
    ]),
    ["a", {name: "b", language: "zh"}],
  );
});

test("a variant takes a stage after it and is again what it was without it", () => {
  const variant = {name: "a", method: "lora", knobs: {r: 4}, remedy: "l1"};
  const two = withStage(variant);
  equal(two, {name: "a", remedy: "l1", stages: [{method: "lora", knobs: {r: 4}}, {method: "lora"}]});
  equal(withStage(two).stages.length, 3);
  equal(withoutStage(two, 1), variant);
  equal(withoutStage(withStage(two), 0).stages.length, 2);
});
