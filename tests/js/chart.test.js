// The series behind the learning curves.

import {equal, near, test} from "./check.js";
import {
  axisRange,
  columnsOf,
  lastStep,
  noCurves,
  partedAt,
  partedMostly,
  smoothed,
  upTo,
  withPoints,
} from "/scripts/comparison/series.js";

const TRAINING = 0;
const HELD_OUT = 1;

test("points of any run and step find their place, in whichever order they come", () => {
  const first = withPoints(noCurves(2), [
    [0, TRAINING, 2, 1.5],
    [1, HELD_OUT, 0, 3],
  ]);
  equal(first, {
    steps: [0, 2],
    series: [
      [null, 1.5],
      [null, null],
      [null, null],
      [3, null],
    ],
  });
  const second = withPoints(first, [
    [0, TRAINING, 1, 2],
    [0, TRAINING, 2, 1.4],
  ]);
  equal(second.steps, [0, 1, 2]);
  equal(second.series[0], [null, 2, 1.4]);
  equal(second.series[3], [3, null, null]);
  equal(first.series[0], [null, 1.5]);
});

test("uPlot gets the steps, then raw, smoothed and held-out values of each run", () => {
  const curves = withPoints(noCurves(1), [
    [0, TRAINING, 1, 4],
    [0, HELD_OUT, 1, 5],
  ]);
  equal(columnsOf(curves), [[1], [4], [4], [5]]);
});

test("smoothing starts without a bias towards zero and leaves gaps as they are", () => {
  equal(smoothed([2, null]), [2, null]);
  const values = smoothed([1, null, 2]);
  near(values[0], 1);
  near(values[2], (0.8 * 0.2 * 1 + 0.2 * 2) / 0.36);
});

test("the axis begins at zero where the curves come near it", () => {
  equal(axisRange(0.5, 6)[0], 0);
  near(axisRange(4, 5)[0], 3.92);
  near(axisRange(4, 5)[1], 5.05);
  equal(axisRange(null, null), [0, 1]);
  equal(axisRange(2, 2), [2, 2.05]);
});

test("under the mouse is the newest value known by then", () => {
  equal([upTo([1, null, 3], 1), upTo([1, null, 3], 2), upTo([null], 0), upTo([], -1)], [1, 3, null, null]);
});

test("overfitting is told once held-out loss has risen while training loss fell on", () => {
  const curves = (heldOut) =>
    withPoints(noCurves(1), [
      ...[6, 5, 4, 3, 2, 1].map((value, step) => [0, TRAINING, step, value]),
      ...heldOut.map((value, i) => [0, HELD_OUT, 2 * i, value]),
    ]);
  equal(partedAt(curves([3, 2, 2.5]), 0), 2);
  equal(partedAt(curves([3, 2, 2.05]), 0), null);
  equal(partedAt(curves([3, 2, 1]), 0), null);
  equal(partedAt(curves([3, 2]), 0), null);
});

test("the axis spans all steps that are planned, and of runs that ended early those they did", () => {
  equal(lastStep([{step: 3, total: 120}], 3), 120);
  equal(lastStep([{step: 34, total: 400, over: true}], 34), 34);
  equal(lastStep([{step: 0, total: 0}], 7), 7);
});

test("of several runs the middle step at which they part is told where most do", () => {
  const run = (i, turn) =>
    Array.from({length: 10}, (_, step) => [
      [i, TRAINING, step, 5 - step / 3],
      [i, HELD_OUT, step, 2 + Math.abs(step - turn)],
    ]).flat();
  const curves = withPoints(
    noCurves(4),
    [2, 4, 6, 20].flatMap((turn, i) => run(i, turn)),
  );
  equal(partedMostly(curves, [0, 1, 2]), {step: 4, of: 3});
  equal(partedMostly(curves, [1, 2, 3]), {step: 4, of: 2});
  equal(partedMostly(curves, [2, 3]), null);
  equal(partedMostly(curves, [2]), {step: 6, of: 1});
});
