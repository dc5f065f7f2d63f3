// The measured table's plain parts: which methods no other beats, and variants that come into a form.

import {equal, test} from "./check.js";
import {costOf, frontOf, scales} from "/scripts/learn/measured_plot.js";
import {withMore} from "/scripts/train/form_add.js";

const score = (method, accuracy, retained, trainable, cpu = 1) => ({
  method,
  accuracy: {mean: accuracy},
  retained: retained === null ? null : {mean: retained},
  trainable,
  cpu_seconds: cpu,
});
const LIST = [
  score("full", 0.7, 0.2, 3000000, 6),
  score("freeze", 0.5, 0.4, 400000, 3),
  score("bitfit", 0.2, 0, 10000, 5),
];

test("the front holds what no other beats at once in accuracy and cost", () => {
  const names = (cost) => frontOf(LIST, cost).map((one) => one.method);
  equal(names("forgetting"), ["freeze", "full"]);
  equal(names("parameters"), ["bitfit", "freeze", "full"]);
  equal(names("time"), ["freeze", "full"]);
});

test("forgetting is the share of old answers lost, and not known where nothing was asked", () => {
  equal(costOf(score("one", 1, null, 1), "forgetting"), null);
  equal(costOf(score("one", 1, 0.25, 1), "forgetting"), 0.75);
});

test("parameters stand by equal factors, the rest evenly", () => {
  const {X} = scales(LIST, "parameters", 700);
  equal(Math.round(X(100000) - X(10000)), Math.round(X(1000000) - X(100000)));
});

test("variants that come into a form get names of their own", () => {
  const more = [
    {name: "LoRA", method: "lora", learning_rate: 0.005},
    {name: "LoRA", method: "lora"},
  ];
  equal(
    withMore([{name: "LoRA"}], more).map((one) => one.name),
    ["LoRA", "LoRA 2", "LoRA 3"],
  );
});
