// Forks: trees of which run comes from which, lines that go on from a parent's, and what a form sends.

import {equal, near, test} from "./check.js";
import {changesOf} from "/scripts/comparison/forks.js";
import {columnsOf, smoothed, stemsOf, withPoints, noCurves} from "/scripts/comparison/series.js";
import {familiesOf, familyOf} from "/scripts/runs/lineage.js";

const run = (id, parent, created, more = {}) => ({id, parent, created, forked_at: null, ...more});
const shape = (family) => family.map((one) => `${one.depth}${one.run.id}`);

test("children stand below their parent and further in, the newest family first", () => {
  const runs = [
    run("e", "d", 9),
    run("c", "b", 3),
    run("d", "a", 4),
    run("b", "a", 2),
    run("a", null, 1),
    run("x", null, 5),
  ];
  equal(familiesOf(runs).map(shape), [["0a", "1b", "2c", "1d", "2e"]]);
  const two = [...runs, run("y", "x", 10)];
  equal(
    familiesOf(two).map((family) => family[0].run.id),
    ["x", "a"],
  );
  equal(shape(familyOf(two, "c")), ["0a", "1b", "2c", "1d", "2e"]);
  equal(familyOf(runs, "x"), null);
});

test("a run whose parent was deleted begins a family of its own", () => {
  equal(familiesOf([run("b", "gone", 1), run("c", "b", 2)]).map(shape), [["0b", "1c"]]);
});

test("a fork's smoothed line goes on from its parent's at the step where it forked", () => {
  const runs = [run("a", null, 1), run("b", "a", 2, {forked_at: 2})];
  const stems = stemsOf(runs);
  equal(stems, [null, {parent: 0, at: 2}]);
  const curves = withPoints(noCurves(2), [
    [0, 0, 1, 4],
    [0, 0, 2, 2],
    [0, 0, 3, 2],
    [1, 0, 2, 2],
    [1, 0, 3, 1],
  ]);
  const columns = columnsOf(curves, stems);
  equal(columns[5][0], null);
  equal(columns[5][1], columns[2][1]);
  near(columns[5][2], smoothed([4, 2, 1])[2]);
  equal(columns[4], [null, 2, 1]);
});

test("a cold fork, and one whose parent is not drawn, have lines of their own", () => {
  equal(stemsOf([run("a", null, 1), run("b", "a", 2, {forked_at: 0}), run("c", "gone", 3, {forked_at: 4})]), [
    null,
    null,
    null,
  ]);
});

test("only what was changed in the form is sent", () => {
  const now = {learning_rate: 0.001, steps: 60, batch_size: 8};
  const said = {learning_rate: "1e-4", steps: "60", batch_size: "", changes: "knobs.dropout=0.1\n"};
  equal(changesOf(said, now), "learning_rate=1e-4\nknobs.dropout=0.1");
  equal(changesOf({learning_rate: "0.001", steps: "60", batch_size: "8", changes: ""}, now), "");
});
