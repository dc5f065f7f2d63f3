// The plot's geometry: ranges, ticks, scales, bubbles and names that do not lie on each other.

import {equal, near, test} from "./check.js";
import {
  BOTTOM,
  HIGH,
  LEFT,
  RIGHT,
  TOP,
  labels,
  logTicks,
  nearest,
  place,
  range,
  scalesOf,
  ticks,
} from "/scripts/comparison/plot_layout.js";

const point = (name, x, y, seconds = 1) => ({name, x: {mean: x}, y: {mean: y}, seconds});

test("a range has air on both sides, and begins at zero rather than below it", () => {
  equal(range([0, 100]), [0, 108]);
  equal(range([1, 101]), [0, 109]);
  equal(range([50, 150]), [42, 158]);
  equal(range([-10, 10]), [-11.6, 11.6]);
  equal(range([2, 2]), [1.84, 2.16]);
});

test("ticks are round numbers inside the range", () => {
  equal(ticks([0, 10], 5), [0, 2, 4, 6, 8, 10]);
  equal(ticks([0.12, 0.58], 5), [0.2, 0.3, 0.4, 0.5]);
  equal(ticks([-1, 1], 4), [-1, -0.5, 0, 0.5, 1]);
});

test("a log scale is marked at powers of ten, or at round numbers within it where there is at most one", () => {
  equal(logTicks([2.9, 6.1]), [3, 4, 5, 6]);
  equal(
    logTicks([3.3, 3.9]).map((power) => Math.round(10 ** power)),
    [2000, 5000],
  );
  equal(
    logTicks([5.21, 6.55]).every((power) => power >= 5.21 && power <= 6.55),
    true,
  );
});

test("the scales reach from edge to edge, and higher stands higher", () => {
  const {X, Y, xTicks} = scalesOf([point("a", 1e3, 1), point("b", 1e5, 2)], {frontier: false, start: null, wide: 800});
  const middle = (LEFT + 800 - RIGHT) / 2;
  near(X(1e4), middle);
  near((Y(1) + Y(2)) / 2, (TOP + HIGH - BOTTOM) / 2);
  equal(Y(2) < Y(1), true);
  equal(xTicks, [1000, 10000, 100000]);
});

test("where all began is within the scale", () => {
  const {Y} = scalesOf([point("a", 1e3, 1), point("b", 1e5, 2)], {frontier: false, start: 9, wide: 800});
  equal(Y(9) > TOP && Y(1) < HIGH - BOTTOM, true);
});

test("the area of a bubble is the time it took, and the largest is drawn first", () => {
  const scales = {X: (value) => value, Y: (value) => value};
  const placed = place([point("short", 1, 2, 25), point("long", 3, 4, 100)], scales, 20);
  equal(
    placed.map((one) => [one.name, one.cx, one.cy, one.r]),
    [
      ["long", 3, 4, 20],
      ["short", 1, 2, 10],
    ],
  );
});

test("the mouse means the bubble whose middle is nearest, and nothing far from all", () => {
  const placed = [
    {cx: 100, cy: 100, r: 20},
    {cx: 110, cy: 100, r: 4},
  ];
  equal([nearest(placed, 106, 100), nearest(placed, 95, 100), nearest(placed, 140, 100)], [1, 0, null]);
  equal(nearest([], 0, 0), null);
});

test("the best bubble has its name, and no name lies on another", () => {
  const at = (name, cx, cy, x, y) => ({name, cx, cy, r: 5, x: {mean: x}, y: {mean: y}});
  const found = labels([at("worse", 200, 150, 9, 3), at("better", 203, 152, 1, 2)], {lowest: true}, 800);
  equal(found[0].name, "better");
  const [a, b] = found.map((one) => one.frame);
  equal(found.length < 2 || a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1], true);
});

test("a name at the right edge stands to the left of its bubble", () => {
  const [label] = labels([{name: "LoRA", cx: 790, cy: 100, r: 5, x: {mean: 1}, y: {mean: 1}}], {lowest: true}, 800);
  equal([label.anchor, label.x, label.y], ["end", 781, 104]);
});
