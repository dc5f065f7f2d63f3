// The guided tour: a step after the other through the real page. A step is over when somebody did it, or with Next.
// It never blocks the page and never starts a training; where one left it stands in this browser.

import {kept, keep, ratedNow} from "./kept.js";
import {drawPanel, makePanel, placePanel} from "./panel.js";
import {NARROW, around} from "./standing.js";
import {STEPS, stepAt} from "./steps.js";
import {addressTab, placeOf} from "../core/address.js";
import {fill, h} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {openTab} from "../core/tabs.js";
import {onRedraw, t} from "../core/words.js";

const LOOK = 250; // milliseconds between looks at the page
const PLAY = 900; // milliseconds for a moment of a recording
const TRIES = 12; // looks within which a step's tab is opened: while the page comes, its row of tabs is not there yet
const BRINGS = 6; // looks within which it is brought into sight, unless somebody scrolls: what comes late pushes it away
const ABOVE = 24; // pixels left above what is brought into sight
const CONTROLS = "button, input, select, textarea, summary, a[href], [tabindex]";
const TYPED = ["INPUT", "SELECT", "TEXTAREA"];

// place: where the invitation stands; button: in the header, opens and closes the tour; server: {taste}; me: who looks
export function mountTour(place, button, server) {
  const was = kept();
  const tour = {
    place,
    button,
    server,
    me: null,
    state: was?.state ?? null,
    at: stepAt(was?.step),
    rated: was?.rated ?? 0,
    own: was?.own ?? null,
    timer: null,
    invited: was === null && addressTab() === "train",
  };
  tour.panel = makePanel({
    next: () => go(tour, tour.at + 1),
    back: () => go(tour, tour.at - 1),
    close: () => close(tour, "closed"),
    go: () => lead(tour),
    play: () => play(tour),
  });
  document.body.append(tour.panel.place);
  const follow = () => tour.state === "open" && placePanel(tour.panel, found(tour));
  addEventListener("scroll", follow, {passive: true, capture: true});
  addEventListener("resize", follow);
  document.addEventListener("keydown", (event) => escape(tour, event));
  for (const scrolled of ["wheel", "touchmove", "keydown"])
    addEventListener(scrolled, () => (tour.brings = 0), {passive: true, capture: true});
  onRedraw(() => drawInvitation(tour));
  drawInvitation(tour);
  if (tour.state === "open") begin(tour, true);
  return {toggle: () => toggle(tour), tell: (me) => Object.assign(tour, {me})};
}

const save = (tour) => keep({state: tour.state, step: STEPS[tour.at].id, rated: tour.rated, own: tour.own});

const found = (tour) => (isElsewhere(tour) ? [] : STEPS[tour.at].find?.() || []);

const isElsewhere = (tour) => addressTab() !== STEPS[tour.at].tab;

function drawInvitation(tour) {
  tour.button(tour.state === "open");
  const answer = (words, name, press, kind = "button") =>
    h(kind, {[`data-tour-${name}`]: "", onclick: press}, t(words));
  fill(
    tour.place,
    tour.invited && tour.state === null
      ? h(
          "section.tour-invite",
          {"data-tour-invite": "", "aria-label": t("tour.name")},
          h("p", {}, t("tour.invite")),
          answer("tour.invite_start", "start", () => open(tour), "button.primary.small"),
          answer("tour.invite_later", "later", () => close(tour, "closed"), "button.quiet"),
        )
      : null,
  );
}

const toggle = (tour) => (tour.state === "open" ? close(tour, "closed") : open(tour));

// where it was left; from the beginning once it has been gone through
function open(tour) {
  if (tour.state === "done") Object.assign(tour, {at: 0, rated: 0, own: null});
  tour.state = "open";
  begin(tour);
  tour.panel.panel.querySelector("[data-tour-title]").focus({preventScroll: true});
}

function close(tour, state) {
  const held = tour.panel.place.contains(document.activeElement) || tour.place.contains(document.activeElement);
  tour.state = state;
  clearInterval(tour.timer);
  leave(tour);
  tour.panel.place.hidden = true;
  document.body.classList.remove("touring");
  save(tour);
  drawInvitation(tour);
  if (held) document.querySelector("[data-tour-toggle]")?.focus();
}

// undoes what the step that was open has set
function leave(tour) {
  tour.end?.();
  tour.end = null;
}

function go(tour, at) {
  if (at >= STEPS.length) return close(tour, "done");
  tour.at = Math.max(0, at);
  begin(tour);
}

// opens the step's tab, shows what it speaks of, and looks from now on whether somebody does it; where the page has
// just come, what its address asks for goes first
function begin(tour, arrived = false) {
  const step = STEPS[tour.at];
  const moves = !arrived && isElsewhere(tour) ? TRIES : 0;
  Object.assign(tour, {before: null, last: NaN, since: null, brings: BRINGS, playing: false, taste: null, moves});
  leave(tour);
  tour.end = step.end;
  save(tour);
  drawInvitation(tour);
  tour.panel.place.hidden = false;
  document.body.classList.add("touring");
  if (moves) openTab(step.tab);
  if (!arrived || !placeOf(step.tab).run) step.begin?.(tour);
  if (step.id === "votes") askTaste(tour);
  clearInterval(tour.timer);
  tour.timer = setInterval(() => look(tour), LOOK);
  look(tour);
}

async function askTaste(tour) {
  const got = await callServer(tour.server.taste, {newest: Math.max(tour.rated, 1)});
  if (!got.problem && got.of && STEPS[tour.at].id === "votes") tour.taste = got;
}

function look(tour) {
  if (document.hidden || tour.state !== "open") return;
  const step = STEPS[tour.at];
  const targets = found(tour);
  notice(tour, step);
  drawPanel(tour.panel, {
    step,
    place: tour.at,
    recorded: Boolean(step.recorded?.()),
    elsewhere: isElsewhere(tour),
    rated: tour.rated,
    finished: tour.since !== null,
    playing: tour.playing,
    me: tour.me,
    taste: tour.taste,
    time: Number(document.querySelector("[data-whole-time]")?.dataset.seconds) || null,
  });
  if (tour.moves) move(tour, step);
  if (targets.length && tour.brings) {
    tour.brings -= 1;
    bring(targets);
  }
  placePanel(tour.panel, targets);
  if (tour.since !== null && Date.now() - tour.since > step.linger) go(tour, tour.at + 1);
}

// until the step's tab is open; then the keyboard is at the step's title, unless somebody is at work: the tab has keys of
// its own, which must not press a button of the panel
function move(tour, step) {
  if (isElsewhere(tour)) {
    tour.moves -= 1;
    return openTab(step.tab);
  }
  tour.moves = 0;
  const on = document.activeElement;
  if (on === document.body || !on.offsetParent || tour.panel.place.contains(on))
    tour.panel.panel.querySelector("[data-tour-title]").focus({preventScroll: true});
}

// whether it has been done
function notice(tour, step) {
  if (isElsewhere(tour) || tour.playing) return;
  if (step.count) return noticeCount(tour, step);
  const now = step.now?.() ?? null;
  if (now === null) return;
  tour.before ??= now;
  const done = step.done ? step.done(tour.before, now) : now !== tour.before;
  if (done && step.id === "start") tour.own = now;
  if (done) tour.since ??= Date.now();
}

function noticeCount(tour, step) {
  const now = step.count();
  if (Number.isNaN(now)) return;
  const rated = Number.isNaN(tour.last) ? tour.rated : ratedNow(tour.rated, tour.last, now);
  tour.last = now;
  if (rated !== tour.rated) {
    tour.rated = Math.min(step.of, rated);
    save(tour);
    if (tour.rated === step.of) tour.since ??= Date.now();
  }
}

// into sight, unless it is: in the middle of what the panel leaves free, or its beginning at the top of it
function bring(elements) {
  const {top, bottom} = around(elements.map((one) => one.getBoundingClientRect()));
  const free = innerWidth <= NARROW ? innerHeight * 0.55 : innerHeight;
  if (top >= 0 && bottom <= free) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const above = Math.max(ABOVE, (free - (bottom - top)) / 2);
  scrollBy({top: top - above, behavior: still ? "auto" : "smooth"});
}

// the keyboard goes to what is spoken of; from another tab back to the step's
function lead(tour) {
  const step = STEPS[tour.at];
  if (isElsewhere(tour)) {
    tour.brings = BRINGS;
    return openTab(step.tab);
  }
  const target = (step.presses || step.find)()[0];
  if (!target) return;
  bring([target]);
  const control = target.matches(CONTROLS) ? target : target.querySelector(CONTROLS) || target;
  if (control === target && !target.matches(CONTROLS)) target.tabIndex = -1;
  control.focus({preventScroll: true});
}

// moves the slider of a recording from its beginning to its end
function play(tour) {
  const step = STEPS[tour.at];
  const last = Number(step.plays()?.max);
  if (!last || tour.playing) return;
  tour.playing = true;
  tour.since = null;
  const advance = (moment) => {
    const slider = step.plays();
    if (!slider || STEPS[tour.at] !== step || tour.state !== "open") return;
    slider.value = String(moment);
    slider.dispatchEvent(new Event("input"));
    if (moment < last) return setTimeout(() => advance(moment + 1), PLAY);
    Object.assign(tour, {playing: false, since: Date.now()});
  };
  advance(0);
}

function escape(tour, event) {
  if (event.key !== "Escape" || event.defaultPrevented || tour.state !== "open") return;
  if (TYPED.includes(event.target.tagName)) return;
  close(tour, "closed");
}
