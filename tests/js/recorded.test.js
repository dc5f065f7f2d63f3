// A recorded comparison answers as the lab did while it trained: nothing of what only the end told is known before it.

import {equal, test} from "./check.js";
import {recordedServer, runAt, stepAt, wholeTime} from "/scripts/replay/recorded.js";
import {usualSpeed} from "/scripts/replay/player.js";
import {embedLines, shareAddress} from "/scripts/look/share.js";

const run = (id, total) => ({
  id,
  total,
  step: total,
  status: "done",
  over: true,
  error: null,
  notes: ["a note"],
  kept: true,
  kept_step: 4,
  pictures: ["scores"],
  tried: [],
  seconds: 3,
  memory: 5,
  held_out: [2, 1],
  forgetting: [3, 4],
  retained: [0.5, 0.25],
  metrics: {exact_match: [0, 0.5]},
  sure: {exact_match: {n: 4}},
});

const recording = () => ({
  watched: {runs: [run("a1", 10), run("b2", 20)], curves: ["loss"], curve: "loss", leaders: {held_out_loss: {}}},
  seconds: [10, 40],
  points: {
    loss: [
      [0, 0, 1, 5],
      [0, 0, 10, 4],
      [1, 0, 1, 6],
      [1, 1, 20, 3],
    ],
  },
  samples: [
    [0, 0, 0, "Q", "x", null],
    [0, 0, 10, "Q", "y", true],
    [1, 0, 20, "Q", "z", false],
  ],
  moved: {a1: {id: "a1", modules: [1]}, b2: {id: "b2", modules: [2]}},
  pictures: {},
  settings: {a1: {}},
  sweep: {variants: ["a"], figures: {held_out_loss: [1]}},
  pooled: {},
  versus: {a1: {variants: {b2: {}}}},
});

test("a run's steps are spread over its seconds, and are all done at its end", () => {
  equal([stepAt(run("a1", 10), 10, 0), stepAt(run("a1", 10), 10, 5), stepAt(run("a1", 10), 10, 9.99)], [0, 5, 9]);
  equal(stepAt(run("a1", 10), 10, 10), Infinity);
  equal(stepAt(run("a1", 10), 0, 0), Infinity); // one that failed before its first step
  equal(wholeTime(recording()), 40);
});

test("before its end a run tells where it began and no more", () => {
  const early = runAt(run("a1", 10), 10, 5);
  equal([early.status, early.step, early.over, early.kept], ["running", 5, false, false]);
  equal([early.held_out, early.metrics, early.sure], [[2, null], {exact_match: [0, null]}, {}]);
  equal([early.seconds, early.memory, early.notes, early.pictures], [null, null, [], []]);
  equal(runAt(run("a1", 10), 10, 10), run("a1", 10));
});

test("points and samples come when their step is reached, each point once", () => {
  let time = 0;
  const server = recordedServer(recording(), () => time);
  const first = server.watch({curve: "", since: 0, samples: 0});
  equal([first.points, first.samples.length, first.over], [[], 1, false]);
  time = 10;
  const second = server.watch({curve: "", since: first.since, samples: first.samples_seen});
  equal(second.points, [
    [0, 0, 1, 5],
    [1, 0, 1, 6],
    [0, 0, 10, 4],
  ]);
  equal([second.samples.length, second.runs.map((one) => one.over), second.leaders], [2, [true, false], {}]);
  equal(second.progress, {share: 0.25, left: 30});
  const same = server.watch({curve: "", since: second.since, samples: second.samples_seen});
  equal([same.points, same.samples], [[], null]);
  time = 40;
  const last = server.watch({curve: "", since: second.since, samples: second.samples_seen});
  equal([last.points, last.over, last.leaders], [[[1, 1, 20, 3]], true, {held_out_loss: {}}]);
});

test("what moved is told of runs that are over, and what they come to beside each other at the end", () => {
  let time = 10;
  const server = recordedServer(recording(), () => time);
  equal(server.moved({runs: ["a1", "b2"]}).runs, [
    {id: "a1", modules: [1]},
    {id: "b2", modules: [], missing: null},
  ]);
  equal([server.versus({reference: "a1"}), server.sweep()], [{variants: {}}, {variants: ["a"], figures: {}}]);
  time = 40;
  equal(server.sweep().figures, {held_out_loss: [1]});
  equal(server.moved({runs: ["b2"]}).runs, [{id: "b2", modules: [2]}]);
  equal([server.versus({reference: "a1"}), server.versus({reference: "?"})], [{variants: {b2: {}}}, {variants: {}}]);
});

test("the whole is shown within some twenty seconds, a short one at its own speed", () => {
  equal([3, 20, 40, 500, 1e9].map(usualSpeed), [1, 1, 2, 25, 1000]);
});

test("what is passed on is an address, and lines whose values can't end early", () => {
  const from = {origin: "https://lab.example", pathname: "/x/"};
  equal(shareAddress("abc123,def456", {}, from), "https://lab.example/x/?show=abc123,def456");
  equal(shareAddress("abc123", {embed: true}, from), "https://lab.example/x/?show=abc123&embed=1");
  equal(embedLines('a"b&c', '"><script>').startsWith('<iframe src="a&quot;b&amp;c" title="&quot;>&lt;script>"'), true);
});
