// The four stations of the feedback loop as cards on a line: what each has come to, what it lacks, its one main button.

import {fill, h} from "../core/dom.js";
import {currentLanguage, t} from "../core/words.js";
import {formOf} from "./station_forms.js";
import {stateOf} from "./station_states.js";
import {ENOUGH} from "./teaching.js";

// place: where they are drawn; act: what the buttons do (see rlhf.js)
export function mountStations(place, act) {
  const view = {
    place,
    act,
    cards: ["ratings", "model", "policy", "duel"].map((name, i) => {
      const state = h("div.station-state");
      const form = h("div.station-form");
      const card = h(
        "section.station",
        {"data-station": name},
        h("header", {}, h("i.station-number", {}, i + 1), h("h3")),
        state,
        form,
      );
      return {name, card, title: card.querySelector("h3"), state, form};
    }),
    now: null,
    choices: null,
    opened: {},
  };
  return {draw: (newNow, newChoices) => draw(view, newNow, newChoices)};
}

function draw(view, newNow, newChoices) {
  view.now = newNow;
  view.choices = newChoices;
  if (view.place.children.length !== view.cards.length)
    fill(
      view.place,
      view.cards.map((one) => one.card),
    );
  const done = {
    ratings: !view.now.ratings.missing,
    model: Boolean(view.now.model.usable) && !view.now.model.of_before,
    policy: ["done", "cancelled"].includes(view.now.policy?.status),
    duel: (view.now.duel.result?.votes || 0) >= ENOUGH,
  };
  if (done.policy) done.model = true; // it went without one
  const next = view.cards.find((one) => !done[one.name])?.name;
  for (const one of view.cards) {
    one.card.dataset.state = done[one.name] ? "done" : one.name === next ? "now" : "later";
    one.title.textContent = t(`rlhf.${one.name}`);
    redraw(one.state, () => stateOf(view, one.name));
    redraw(one.form, () => formOf(view, one.name, one.name === next));
  }
}

// drawn again when what it shows has changed, but not under somebody's hands
function redraw(element, make) {
  const made = make();
  const key = made.map((one) => (one && one.outerHTML) || one || "").join("");
  if (element.dataset.key === key) return;
  if (
    element.contains(document.activeElement) &&
    ["INPUT", "SELECT"].includes(document.activeElement.tagName) &&
    element.dataset.language === currentLanguage()
  )
    return;
  element.dataset.key = key;
  element.dataset.language = currentLanguage();
  fill(element, make());
}
