// The axes of parallel coordinates: which there are, and ticks that don't meet.

import {equal, near, test} from "./check.js";
import {axisNames, axisOf, shortTick} from "/scripts/comparison/parallel_axes.js";

const FRAME = {top: 26, bottom: 236};

test("settings that part the variants alike have one axis, the most important first", () => {
  const settings = {data: ["a", "a + b", "a"], weight: [1, 0.3, 1], r: [2, 8, 8]};
  equal(axisNames({settings, importance: {}}, "loss", 6), ["data", "r"]);
  equal(axisNames({settings, importance: {loss: [{setting: "r"}, {setting: "weight"}]}}, "loss", 6), ["r", "weight"]);
  equal(axisNames({settings, importance: {}}, "loss", 1), ["data"]);
});

test("of many values only those have a tick whose words don't meet, the ends always", () => {
  const kinds = Array.from({length: 40}, (_, i) => `kind ${i}`);
  const axis = axisOf(kinds, FRAME);
  const at = axis.ticks.map(([kind]) => axis.y(kind));
  equal([axis.ticks[0][0], axis.ticks.at(-1)[0]], ["kind 0", "kind 39"]);
  equal(
    at.slice(1).every((y, i) => Math.abs(y - at[i]) >= 13),
    true,
  );
  equal(axis.ticks.length > 8, true);
});

test("numbers over a hundredfold stand by factors", () => {
  const axis = axisOf([1e-4, 1e-3, 1e-2, null], FRAME);
  near(axis.y(1e-3), (26 + 236) / 2);
  equal(
    axis.ticks.map((tick) => tick[1]),
    [0.0001, 0.001, 0.01],
  );
  equal(axis.y(null) > 236, true);
});

test("long words of a tick are cut, by letters", () => {
  equal([shortTick("cookbook: west"), shortTick("short"), shortTick(0.001)], ["cookbook:…", "short", "0.001"]);
});
