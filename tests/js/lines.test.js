// A run's lines on shared axes: where values stand, and what is written beside them.

import {equal, near, test} from "./check.js";
import {lines, placer} from "/scripts/comparison/lines.js";

const POINTS = [
  [0, 1],
  [10, 100],
];

test("x runs from the first to the last value, y by the logarithm where that is asked for", () => {
  const plain = placer(POINTS, false);
  const log = placer(POINTS, true);
  equal([plain.first, plain.last], [0, 10]);
  near(log.y(10), (log.y(1) + log.y(100)) / 2, 1e-9);
  near(plain.y(50.5), (plain.y(1) + plain.y(100)) / 2, 1e-9);
  equal(log.ticks, [1, 10, 100]);
});

test("runs side by side are drawn to one scale", () => {
  const low = {
    kind: "lines",
    names: ["a"],
    points: [
      [
        [0, 0],
        [1, 0.4],
      ],
    ],
    log: false,
  };
  const high = {
    kind: "lines",
    names: ["a"],
    points: [
      [
        [0, 0],
        [1, 0.8],
      ],
    ],
    log: false,
  };
  const path = (picture, beside) =>
    lines("it", picture, beside).querySelector("svg.lines path.line-0").getAttribute("d");
  equal(path(low) === path(high), true);
  equal(path(low, [low, high]) === path(high, [low, high]), false);
});

test("each line says where it began and where it ended", () => {
  const drawn = lines("perplexities", {names: ["field", "general"], points: [POINTS, [[0, 2]]], log: true});
  equal(
    [...drawn.querySelectorAll("li b")].map((one) => one.textContent),
    ["1.00 → 100.00", "2.00 → 2.00"],
  );
  equal(drawn.querySelectorAll("path.line").length, 4);
});
