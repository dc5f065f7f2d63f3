// The guided tour: what is remembered of it, what counts as rated, and where its panel stands.

import {equal, test} from "./check.js";
import {ratedNow, readKept} from "/scripts/tour/kept.js";
import {around, standing} from "/scripts/tour/standing.js";
import {STEPS, stepAt} from "/scripts/tour/steps.js";
import {t} from "/scripts/core/words.js";

const SCREEN = {width: 1400, height: 900};
const PANEL = {width: 340, height: 200};

test("what is remembered is read back, and of what can't be read nothing", () => {
  const whole = {state: "open", step: "rate", rated: 3, own: null};
  equal(readKept(JSON.stringify(whole)), whole);
  equal(readKept('{"state": "closed", "step": "rate"}'), {state: "closed", step: "rate", rated: 0, own: null});
  for (const text of [null, "", "{", "1", '{"state": "open", "step": "gone"}', '{"state": "odd", "step": "rate"}'])
    equal(readKept(text), null);
});

test("a vote counts, one taken back no longer, and another match changes nothing", () => {
  equal(ratedNow(3, 5, 6), 4);
  equal(ratedNow(3, 5, 4), 2);
  equal(ratedNow(0, 5, 4), 0);
  equal(ratedNow(3, 5, 5), 3);
  equal(ratedNow(3, 5, 0), 3);
});

test("the panel stands beside what it speaks of, on the first side with room", () => {
  equal(standing({left: 20, top: 100, right: 380, bottom: 300}, PANEL, SCREEN), {left: 394, top: 100});
  equal(standing({left: 900, top: 100, right: 1380, bottom: 300}, PANEL, SCREEN), {left: 546, top: 100});
  equal(standing({left: 20, top: 100, right: 1380, bottom: 300}, PANEL, SCREEN), {left: 20, top: 314});
  equal(standing({left: 20, top: 600, right: 1380, bottom: 890}, PANEL, SCREEN), {left: 20, top: 386});
  equal(standing({left: 20, top: 850, right: 380, bottom: 890}, PANEL, SCREEN), {left: 394, top: 688});
});

test("it stands in the corner where there is nothing or no room, and docks in a narrow window", () => {
  const corner = {left: 1048, top: 688};
  equal(standing(null, PANEL, SCREEN), corner);
  equal(standing({left: 20, top: 10, right: 1380, bottom: 890}, PANEL, SCREEN), corner);
  equal(standing({left: 20, top: 1000, right: 380, bottom: 1200}, PANEL, SCREEN), corner);
  equal(standing({left: 0, top: 0, right: 10, bottom: 10}, PANEL, {width: 390, height: 800}), null);
});

test("several boxes are one around them", () => {
  equal(around([]), null);
  equal(
    around([
      {left: 5, top: 9, right: 20, bottom: 30},
      {left: 1, top: 12, right: 9, bottom: 40},
    ]),
    {left: 1, top: 9, right: 20, bottom: 40},
  );
});

test("every step has its words, and an unknown one is the first", () => {
  for (const {id} of STEPS) for (const key of [`tour.${id}`, `tour.${id}_title`]) equal(t(key) !== key, true);
  equal(
    stepAt("rate"),
    STEPS.findIndex((step) => step.id === "rate"),
  );
  equal([stepAt("gone"), stepAt(undefined)], [0, 0]);
});
