// pass@k as a picture: the points of both moments, and nothing where nothing was measured.

import {equal, test} from "./check.js";
import {triesOf, triesPicture} from "/scripts/runs/tries.js";

const METRICS = {accuracy: [0.1, 0.2], "pass@8": [0.7, null], "pass@1": [0.4, 0.5]};

test("points stand in the order of tries, without those that were not measured", () => {
  equal(triesOf(METRICS).before, [
    [1, 0.4],
    [8, 0.7],
  ]);
  equal(triesOf(METRICS).after, [[1, 0.5]]);
});

test("a run without pass@k has no picture, and one with it a mark for each point", () => {
  equal(triesPicture({accuracy: [0.1, 0.2]}), null);
  equal(triesPicture(undefined), null);
  const picture = triesPicture(METRICS);
  equal(picture.querySelectorAll("circle").length, 3);
  equal(picture.querySelectorAll("polyline").length, 2);
});
