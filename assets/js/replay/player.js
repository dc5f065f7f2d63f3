// The clock of a recording and its controls: play and pause, how fast, and where.

import {choice} from "../core/controls.js";
import {fill, h} from "../core/dom.js";
import {formatDuration} from "../core/format.js";
import {onRedraw, t} from "../core/words.js";

const SPEEDS = [1, 2, 5, 10, 25, 50, 100, 250, 1000];
const SHOWN = 20; // seconds within which the whole is shown where nobody chooses a speed
const TICKS = 1000; // places of the slider
const STEP = 200; // milliseconds between two looks at the clock

// of the speeds the slowest that shows so many seconds of training within a short while
export const usualSpeed = (whole) => SPEEDS.find((speed) => whole / speed <= SHOWN) || SPEEDS.at(-1);

// place: where the controls go; whole: seconds of training; changed(back): the time has changed, `back` where it went
// back. Begins by itself, unless somebody wants nothing to move.
export function mountPlayer(place, {whole, changed}) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const view = {place, whole, changed, speed: usualSpeed(whole), time: still ? whole : 0, playing: !still, last: null};
  view.play = h("button.primary", {"data-play": "", onclick: () => turn(view)});
  view.again = h("button", {"data-replay-again": "", onclick: () => seek(view, 0, true)});
  view.slider = h("input", {
    type: "range",
    min: 0,
    max: TICKS,
    "data-replay-place": "",
    oninput: () => seek(view, (view.slider.value / TICKS) * whole, view.playing),
  });
  view.told = h("output.soft");
  view.speeds = h("span");
  fill(place, view.play, view.again, view.slider, view.told, view.speeds);
  onRedraw(() => draw(view));
  draw(view);
  view.timer = setInterval(() => tick(view), STEP);
  return {
    get time() {
      return view.time;
    },
    seek: (time, playing = false) => seek(view, time, playing),
    stop: () => clearInterval(view.timer),
  };
}

function tick(view) {
  const now = performance.now();
  const passed = view.last === null ? 0 : Math.min(1000, now - view.last) / 1000; // a hidden page stands still
  view.last = now;
  if (!view.playing) return;
  view.time = Math.min(view.whole, view.time + passed * view.speed);
  if (view.time >= view.whole) view.playing = false;
  tell(view);
  view.changed(false);
}

function turn(view) {
  if (!view.playing && view.time >= view.whole) return seek(view, 0, true);
  view.playing = !view.playing;
  return tell(view);
}

function seek(view, time, playing) {
  const back = time < view.time;
  view.time = Math.min(view.whole, Math.max(0, time));
  view.playing = playing && view.time < view.whole;
  tell(view);
  view.changed(back);
}

function draw(view) {
  fill(view.again, t("look.again"));
  view.slider.setAttribute("aria-label", t("look.place"));
  fill(
    view.speeds,
    choice({
      words: t("look.speed"),
      title: t("look.recorded_help"),
      data: "speed",
      inline: true,
      options: SPEEDS.map((speed) => ({value: String(speed), words: t("look.times", {n: speed})})),
      now: String(view.speed),
      choose: (value) => {
        view.speed = Number(value);
      },
    }),
  );
  tell(view);
}

function tell(view) {
  fill(view.play, t(view.playing ? "look.pause" : "look.play"));
  view.slider.value = Math.round((view.time / view.whole) * TICKS);
  const told = {time: formatDuration(view.time), whole: formatDuration(view.whole)};
  view.slider.setAttribute("aria-valuetext", t("look.at", told));
  fill(view.told, t("look.at", told));
}
