// How surprising a token is in steps, and which tokens stand at one place in several models.

import {equal, test} from "./check.js";
import {begins, covering, formatChance, level, probability} from "/scripts/compare/surprise_levels.js";
import {nextPlace, visible} from "/scripts/core/chips.js";

const spans = (...texts) => texts.map((text) => ({text}));

test("the steps follow the probability", () => {
  const nats = [0.9, 0.5, 0.2, 0.05, 0.001, 0.00001].map((p) => -Math.log(p));
  equal(nats.map(level), [0, 0, 1, 2, 3, 4]);
  equal(level(0), 0);
  equal(level(null), null);
  equal(Number(probability(Math.log(4)).toFixed(6)), 0.25);
});

test("tokens at the same characters are found whatever the tokenizer", () => {
  equal(begins(spans("Sich", "uan", "🦜", ".")), [0, 4, 7, 9]);
  equal(covering(spans("S", "ich", "uan", "🦜", "."), 4), 2);
  equal(covering(spans("Sichuan", "🦜."), 8), 1);
  equal(covering(spans("Sich"), 4), null);
});

test("chances are said with two figures, the ends as bounds", () => {
  equal([1, 0.63, 0.0123, 0.000234, 0.00001].map(formatChance), ["> 99.9 %", "63 %", "1.2 %", "0.023 %", "< 0.01 %"]);
});

test("tokens without a shape are given one, and arrows stop at both ends", () => {
  equal([" ", "\n", " the", "\t\n"].map(visible), ["␣", "↵", " the", "→↵"]);
  equal([nextPlace(0, -1, 5), nextPlace(4, 1, 5), nextPlace(2, Infinity, 5), nextPlace(2, -Infinity, 5)], [0, 4, 4, 0]);
});
