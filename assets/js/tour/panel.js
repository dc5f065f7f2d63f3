// The tour's panel: where one is, what there is to see, and the buttons. It stands beside what it speaks of, and a ring
// around that lets every press through.

import {STEPS} from "./steps.js";
import {around, standing} from "./standing.js";
import {fill, h, keepFocus} from "../core/dom.js";
import {formatDuration} from "../core/format.js";
import {currentLanguage, localized, t} from "../core/words.js";

const RING = 6; // pixels between the ring and what is in it

// act: {next, back, close, go, play}
export function makePanel(act) {
  const view = {
    act,
    head: h("div.tour-head"),
    said: h("div", {"aria-live": "polite"}),
    told: h("div"),
    foot: h("div.tour-foot"),
  };
  view.told.setAttribute("role", "status");
  view.ring = h("div.tour-ring", {"aria-hidden": "true", hidden: true});
  view.panel = h("section.tour-panel", {"data-tour": ""}, view.head, view.said, view.told, view.foot);
  view.place = h("aside.lab-component.tour", {hidden: true}, view.ring, view.panel);
  return view;
}

// now: {step, place, recorded, elsewhere, rated, finished, playing, me, taste, time}
export function drawPanel(view, now) {
  const key = JSON.stringify([currentLanguage(), {...now, step: now.step.id}]);
  if (view.key === key) return;
  view.key = key;
  view.place.setAttribute("aria-label", t("tour.name"));
  view.panel.dataset.step = now.step.id;
  keepFocus(view.panel, () => {
    fill(view.head, ...head(view, now));
    const words = JSON.stringify([currentLanguage(), now.step.id, now.recorded, now.taste, now.me, now.time]);
    if (view.words !== words) fill(view.said, ...said(now));
    view.words = words;
    fill(view.told, told(now));
    fill(view.foot, ...foot(view, now));
  });
}

const head = ({act}, {place}) => [
  h("small", {"data-tour-place": ""}, t("tour.of", {n: place + 1, of: STEPS.length})),
  h("span.tour-bar", {"aria-hidden": "true"}, h("i", {style: `width:${(100 * (place + 1)) / STEPS.length}%`})),
  h(
    "button.icon",
    {"data-tour-close": "", "aria-label": t("tour.close"), title: t("tour.close"), onclick: act.close},
    "×",
  ),
];

const said = ({step, recorded, taste, me, time}) => [
  h("h2", {tabindex: -1, "data-tour-title": ""}, t(`tour.${step.id}_title`)),
  recorded ? h("small.badge", {"data-tour-recorded": ""}, t("tour.recorded")) : null,
  h("p", {}, t(`tour.${step.id}`)),
  step.id === "start" && time ? h("p.soft", {}, t("tour.start_takes", {time: formatDuration(time)})) : null,
  step.id === "start" && isVisitor(me) ? h("p.soft", {"data-tour-visitor": ""}, t("tour.visitor")) : null,
  step.id === "votes" && taste ? h("p", {"data-tour-taste": ""}, tasteWords(taste)) : null,
];

const isVisitor = (me) => Boolean(me?.shared) && me.role === "visitor";

const tasteWords = ({same, of, name}) => t("tour.taste", {same, of, name: localized(name)});

function told({step, rated, finished, elsewhere}) {
  if (elsewhere) return h("p.soft", {}, t("tour.elsewhere", {tab: t(`page.${step.tab}`)}));
  if (finished) return h("p.soft", {"data-tour-done": ""}, t("tour.did_it"));
  return step.of ? h("p.soft", {"data-tour-rated": rated}, t("tour.rated", {n: rated, of: step.of})) : null;
}

const foot = ({act}, {step, place, playing, elsewhere}) => [
  place ? h("button.quiet", {"data-tour-back": "", onclick: act.back}, t("tour.back")) : null,
  step.plays && !elsewhere
    ? h("button", {"data-tour-play": "", disabled: playing, onclick: act.play}, t("tour.play"))
    : null,
  step.find
    ? h("button.quiet", {"data-tour-go": "", onclick: act.go}, t(elsewhere ? "tour.go_there" : "tour.go"))
    : null,
  h(
    "button.primary",
    {"data-tour-next": "", onclick: act.next},
    t(place === STEPS.length - 1 ? "tour.finish" : place ? "tour.next" : "tour.begin"),
  ),
];

// puts panel and ring where what is spoken of is now; found: its elements
export function placePanel({place, panel, ring}, found) {
  const target = around(found.map((one) => one.getBoundingClientRect()));
  ring.hidden = !target;
  if (target) {
    const [left, top] = [Math.max(2, target.left - RING), target.top - RING];
    const right = Math.min(document.documentElement.clientWidth - 2, target.right + RING);
    Object.assign(ring.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${right - left}px`,
      height: `${target.bottom + RING - top}px`,
    });
  }
  const {width, height} = panel.getBoundingClientRect();
  const at = standing(target, {width, height}, {width: innerWidth, height: innerHeight});
  panel.style.left = at ? `${at.left}px` : "";
  panel.style.top = at ? `${at.top}px` : "";
  place.dataset.docked = String(!at);
}
