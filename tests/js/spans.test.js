// Names in a sentence: read from BIO tags, and told apart as right, wrong and missed.

import {equal, test} from "./check.js";
import {parts, spans, spansOf} from "/scripts/comparison/spans.js";

const TOKENS = ["Dela", "met", "Old", "Bell", "in", "Misu"];
const WANTED = ["B-person", "O", "B-inn", "I-inn", "O", "B-town"];
const SAID = ["B-person", "O", "B-inn", "O", "O", "O"];

test("an I that goes on with nothing of its kind begins a name", () => {
  equal(spansOf(["I-inn", "I-inn", "B-inn", "I-town", "O"]), [
    {begin: 0, kind: "inn", end: 2},
    {begin: 2, kind: "inn", end: 3},
    {begin: 3, kind: "town", end: 4},
  ]);
});

test("a name is right as a whole or not at all, and one that was overlooked is missed", () => {
  const states = parts(TOKENS, WANTED, SAID).map(({text, state}) => [text, state || ""]);
  equal(states, [
    ["Dela", "right"],
    ["met", ""],
    ["Old", "wrong"],
    ["Bell", ""],
    ["in", ""],
    ["Misu", "missed"],
  ]);
  const picture = spans("spans", {tokens: [TOKENS], wanted: [WANTED], said: [SAID], kinds: ["person", "inn", "town"]});
  equal(picture.querySelectorAll(".sentence mark").length, 3);
  equal(picture.querySelector(".sentence").textContent.trim(), TOKENS.join(" "));
  const none = ["O", "O", "O", "O"];
  const closed = spans("spans", {tokens: [["Yes", ",", "Misu", "!"]], wanted: [none], said: [none], kinds: []});
  equal(closed.querySelector(".sentence").textContent.trim(), "Yes, Misu!");
});
