// The order of a table's rows, its best figures, and numbers as people read them.

import {equal, test} from "./check.js";
import {caseOf, variedParts} from "/scripts/comparison/certainty.js";
import {leads, nextOrder, sorted} from "/scripts/comparison/sorting.js";
import {formatBytes, formatCount, formatDuration, formatFigure, formatShare, formatTime} from "/scripts/core/format.js";

const column = (more = {}) => ({key: "loss", worth: (row) => row.loss, ...more});
const rows = [3, null, 1, 2].map((loss) => ({loss}));
const losses = (list) => list.map((row) => row.loss);

test("rows are sorted both ways, and what is not known stands last", () => {
  equal(losses(sorted(rows, column(), true)), [1, 2, 3, null]);
  equal(losses(sorted(rows, column(), false)), [3, 2, 1, null]);
  equal(losses(sorted(rows, null, true)), [3, null, 1, 2]);
  equal(losses(rows), [3, null, 1, 2]);
});

test("words are sorted as words", () => {
  const named = ["b", "–", "a"].map((loss) => ({loss}));
  equal(losses(sorted(named, column(), true)), ["a", "b", "–"]);
});

test("a click sorts with the best first, then the other way, then as they came", () => {
  const loss = column({marked: true, lowest: true});
  const first = nextOrder({order: null, up: true}, loss);
  const second = nextOrder(first, loss);
  equal(
    [first, second],
    [
      {order: "loss", up: true},
      {order: "loss", up: false},
    ],
  );
  equal(nextOrder(second, loss).order, null);
  equal(nextOrder({order: "x", up: true}, column({marked: true, lowest: false})).up, false);
});

test("only a figure that leads by more than chance is marked, in the row of all of its variant's seeds", () => {
  const row = (variant, n) => ({runs: Array.from({length: n}, () => ({variant}))});
  const leader = {variant: "a", second: "b", real: true};
  equal(leads({leader}, row("a", 3)), true);
  equal([leads({leader}, row("b", 3)), leads({leader}, row("a", 1)), leads({}, row("a", 3))], [false, false, false]);
  equal(leads({leader: {...leader, real: false}}, row("a", 3)), false);
});

test("a table with one seed each says so, and one that nobody leads too", () => {
  const by = (pairs, real) => ({real, difference: {pairs}});
  equal(caseOf({}), null);
  equal(caseOf(undefined), null);
  equal(caseOf({loss: by(1, false), exact: by(1, false)}), "one_seed");
  equal(caseOf({loss: by(3, false), exact: by(1, false)}), "none");
  equal(caseOf({loss: by(3, false), exact: by(5, true)}), "some");
});

test("what the seeds of a variant vary is what differs between its runs", () => {
  const run = (variant, ...seeds) => ({
    variant,
    seeds: Object.fromEntries(["order", "initialisation", "split"].map((part, i) => [part, seeds[i]])),
  });
  equal(variedParts([run("a", 0, 0, 0), run("b", 5, 5, 5), run("a", 1, 0, 0)]), ["order"]);
  equal(variedParts([run("a", 0, 0, 0), run("a", 1, 1, 0)]), ["order", "initialisation"]);
  equal(variedParts([run("a", 0, 0, 0), run("a", 0, 0, 1)]), ["split"]);
  equal(variedParts([{variant: "a"}, {variant: "a"}]), []);
  equal(variedParts([]), []);
});

test("figures have their digits, and what is not known is a dash", () => {
  equal(
    [0.12345, 12.3, 4321.6, null, NaN, "1"].map((value) => formatFigure(value)),
    ["0.123", "12.300", "4322", "–", "–", "–"],
  );
  equal(formatFigure(2, 0), "2");
});

test("counts, bytes and shares are short", () => {
  equal([999, 9999, 12345, 3216000, 1.5e9].map(formatCount), ["999", "9,999", "12.3 k", "3.22 M", "1.50 B"]);
  equal([12, 1500, 25e3, 13e6, 2.5e9].map(formatBytes), ["12 B", "1.5 kB", "25 kB", "13 MB", "2.5 GB"]);
  equal(
    [
      [1, 1],
      [1, 3],
      [1, 1234],
      [1, 0],
      [null, 1],
    ].map(([part, whole]) => formatShare(part, whole)),
    ["100 %", "33 %", "0.081 %", "–", "–"],
  );
});

test("durations are in the unit one would say", () => {
  equal([0.42, 9.96, 59, 61, 7300, null].map(formatDuration), ["0.4 s", "10 s", "59 s", "1 min 1 s", "2 h 1 min", "–"]);
});

test("a moment of another day has its day", () => {
  equal(formatTime(0), "1 Jan 00:00");
});
