// What changes in a conversation.

import {equal, test} from "./check.js";
import {
  keyOf,
  newestRuns,
  noRatings,
  pressed,
  recalled,
  toKeep,
  withThumb,
  withoutTurn,
} from "/scripts/compare/conversation.js";

const started = {
  ...noRatings(),
  talk: "t1",
  panes: [{key: "p0"}],
  chosen: ["r1"],
  base: "nano",
  blind: false,
  turns: [],
};

test("a thumb replaces another and takes its reason with it", () => {
  const key = keyOf(0, {key: "p0"});
  equal(key, "0/p0");
  const first = {...started, ...withThumb(started, key, "good"), reasons: {[key]: "short", "0/p1": "kind"}};
  equal(withThumb(first, key, "bad"), {rated: {"0/p0": "bad"}, reasons: {"0/p1": "kind"}});
  equal(started.rated, {});
});

test("a thumb pressed again is taken back", () => {
  equal(
    [pressed(undefined, "good"), pressed("good", "good"), pressed("bad", "good"), pressed("none", "bad")],
    ["good", "none", "good", "bad"],
  );
});

test("a turn that is asked again loses what was said of it, and no other", () => {
  const state = {rated: {"1/p0": "good", "11/p0": "bad"}, reasons: {"1/p1": "why"}, edits: {"0/p0": "better"}};
  equal(withoutTurn(state, 1), {rated: {"11/p0": "bad"}, reasons: {}, edits: {"0/p0": "better"}});
});

test("what a reload needs is kept, without what was said", () => {
  const state = {...started, turns: [{question: "?"}], busy: true, edits: {"0/p0": "so"}};
  const kept = JSON.parse(JSON.stringify(toKeep(state)));
  equal("turns" in kept || "busy" in kept, false);
  equal(recalled(kept, [{question: "?"}]), {...toKeep(state), editing: null, turns: [{question: "?"}]});
});

test("what an older page kept is read", () => {
  const older = {talk: "t1", panes: [], chosen: [], base: "nano", blind: true, rated: {}};
  equal([recalled(older, []).reasons, recalled(older, []).edits], [{}, {}]);
});

test("without a choice the newest comparison's runs answer, in their order", () => {
  const run = (id, comparison, place) => ({id, comparison, place});
  const runs = [run("c", "new", 2), run("a", "new", 0), run("x", "old", 0), run("b", "new", 1)];
  equal(newestRuns(runs, 2), ["a", "b"]);
  equal(newestRuns([], 4), []);
});
