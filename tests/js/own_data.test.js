// One's own data in the form: what the mapping of columns is after a choice, and figures by the values of a column.

import {equal, test} from "./check.js";
import {byValue} from "/scripts/comparison/by_value.js";
import {choicesOf, isOwn, remapped, setChoice} from "/scripts/train/own_data.js";

test("a column that is said to be something is that alone, and one said to be nothing is not guessed again", () => {
  equal(remapped({}, {name: "q", became: null}, "prompt"), {prompt: "q"});
  equal(remapped({prompt: "q"}, {name: "q", became: "prompt"}, "text"), {text: "q"});
  equal(remapped({prompt: "q"}, {name: "q", became: "prompt"}, ""), {});
  equal(remapped({}, {name: "who", became: "system"}, ""), {system: ""});
  equal(remapped({system: ""}, {name: "who", became: null}, "system"), {system: "who"});
});

test("a choice of data is as short as a person writes it", () => {
  const view = {fields: {data: "upload:a.csv"}, actions: {dataChanged: () => null}};
  setChoice(view, 0, {files: ["upload:b.csv"], by: "kind"});
  equal(view.fields.data, {name: "upload:a.csv", files: ["upload:b.csv"], by: "kind"});
  setChoice(view, 0, {files: [], by: ""});
  equal(view.fields.data, "upload:a.csv");
  view.fields.data = [{name: "cuisine", weight: 2}, "a.csv"];
  setChoice(view, 1, {columns: {prompt: "q"}});
  equal(view.fields.data, [
    {name: "cuisine", weight: 2},
    {name: "a.csv", columns: {prompt: "q"}},
  ]);
  equal(
    choicesOf(view.fields).map((one) => isOwn(one)),
    [false, true],
  );
});

test("each value has its rows, its share with its interval, and its loss; one that was not asked says so", () => {
  const table = byValue("by_value", {
    column: "kind",
    measure: "exact_match",
    values: ["meat", "<b>bread</b>"],
    rows: [8, 1],
    losses_before: [3, null],
    losses: [1.5, 2],
    counts: [4, 0],
    before: [0, null],
    shares: [0.75, null],
    low: [0.3, null],
    high: [0.95, null],
  });
  const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.children].map((one) => one.textContent));
  equal(rows, [
    ["meat", "8", "0 % → 75 % 30–95 % · 4 asked", "3.000 → 1.500"],
    ["<b>bread</b>", "1", "none asked", "2.000"],
  ]);
  equal([...table.querySelectorAll("thead th")].length, 4);
});
