// The Overfitting tab's form: a variant that learns by heart, and a switch for each remedy that puts one beside it.

import {choice} from "../core/controls.js";
import {fill, h} from "../core/dom.js";
import {formatDuration} from "../core/format.js";
import {callServer, repeatWhileShown} from "../core/server.js";
import {sendLetter} from "../core/tabs.js";
import {currentLanguage, localized, onRedraw, t} from "../core/words.js";

const PAUSE = 350;
const FIRST = ["more_data", "early_stopping"]; // what is switched on at first: the surest two

export function mountSwitches(place, server) {
  const view = {
    place,
    server,
    choices: null,
    on: new Set(FIRST),
    values: {},
    base: "nano",
    language: null,
    folds: false,
    answer: null,
    problem: null,
    busy: false,
    round: 0,
    timer: null,
    body: h("div.form-body"),
    foot: h("div.form-foot"),
  };
  fill(
    place,
    h(
      "form.lab-form.switches",
      {
        onsubmit: (event) => {
          event.preventDefault();
          start(view);
        },
      },
      view.body,
      view.foot,
    ),
  );
  onRedraw(() => place.isConnected && redraw(view));
  // the choices are fetched when the tab is first seen
  view.loading = repeatWhileShown(place, async () => {
    const got = await callServer(server.choices);
    view.problem = got.problem || null;
    if (view.problem) {
      redraw(view);
      return 3000;
    }
    view.choices = got;
    for (const one of got.switches) view.values[one.id] = one.value;
    view.loading.stop();
    redraw(view);
    look(view);
    return 60000;
  });
}

const asked = (view) => ({
  on: view.choices.switches.map((one) => one.id).filter((id) => view.on.has(id)),
  values: view.values,
  base: view.base,
  language: view.language ?? (currentLanguage() === "zh" ? "zh" : "en"),
  page: currentLanguage(),
  folds: view.folds,
});

function changed(view, structure) {
  if (structure) redraw(view);
  clearTimeout(view.timer);
  view.timer = setTimeout(() => look(view), PAUSE);
}

async function look(view) {
  const mine = ++view.round;
  const got = await callServer(view.server.preview, asked(view));
  if (mine !== view.round) return;
  view.problem = got.problem || null;
  view.answer = view.problem ? null : got;
  drawFoot(view);
}

async function start(view) {
  if (view.busy || view.problem || !view.choices) return;
  view.busy = true;
  drawFoot(view);
  const got = await callServer(view.server.start, asked(view));
  view.busy = false;
  view.problem = got.problem || null;
  drawFoot(view);
  if (!view.problem) sendLetter("curves", {comparison: got.comparison});
}

function redraw(view) {
  if (!view.choices) return fill(view.body, view.problem ? h("p.problem", {role: "alert"}, view.problem) : null);
  fill(
    view.body,
    h("h2", {}, t("overfitting.title")),
    h("p.soft", {}, t("overfitting.intro")),
    wheres(view),
    h("div.switch.always", {}, h("b", {}, t("overfitting.none")), h("p.soft", {}, t("overfitting.none_words"))),
    view.choices.switches.map((one) => switchRow(view, one)),
    h(
      "label.switch",
      {},
      h("input", {
        type: "checkbox",
        "data-switch": "folds",
        checked: view.folds,
        onchange: (event) => {
          view.folds = event.target.checked;
          changed(view);
        },
      }),
      h("b", {}, t("overfitting.folds")),
      h("p.soft", {}, t("overfitting.folds_words", {n: view.choices.folds})),
    ),
  );
  drawFoot(view);
}

// the base, and the language of the data
const wheres = (view) =>
  h(
    "div.pair",
    {},
    asking(
      view,
      "base",
      "train.base",
      view.choices.bases.map((one) => ({value: one.id, words: one.name ? localized(one.name) : one.id})),
    ),
    asking(
      view,
      "language",
      "overfitting.language",
      ["en", "zh"].map((value) => ({value, words: t(`overfitting.language_${value}`)})),
    ),
  );

// a select for one of the fields that the lab is asked with
const asking = (view, name, words, options) =>
  choice({
    words: t(words),
    data: name,
    options,
    now: asked(view)[name],
    choose: (value) => {
      view[name] = value;
      changed(view);
    },
  });

function switchRow(view, one) {
  const on = view.on.has(one.id);
  const shown = h("output", {}, valueWords(one, view.values[one.id]));
  return h(
    "div.switch",
    {class: on ? "switch on" : "switch"},
    h(
      "label",
      {},
      h("input", {
        type: "checkbox",
        "data-switch": one.id,
        checked: on,
        onchange: (event) => {
          if (event.target.checked) view.on.add(one.id);
          else view.on.delete(one.id);
          changed(view, true);
          view.place.querySelector(`[data-switch="${one.id}"]`)?.focus();
        },
      }),
      h("b", {}, t(`overfitting.${one.id}`)),
    ),
    h("p.soft", {}, t(`overfitting.${one.id}_words`)),
    on
      ? h(
          "label.slider",
          {},
          h("span", {}, t(`overfitting.${one.id}_value`)),
          h("input", {
            type: "range",
            min: one.low,
            max: one.high,
            step: one.step,
            value: view.values[one.id],
            "data-slider": one.id,
            oninput: (event) => {
              view.values[one.id] = Number(event.target.value);
              shown.textContent = valueWords(one, view.values[one.id]);
              changed(view);
            },
          }),
          shown,
        )
      : null,
  );
}

// the amount of data is told for both chapters
const valueWords = (one, value) => String(one.id === "more_data" ? 2 * value : value);

function drawFoot(view) {
  const {answer} = view;
  fill(
    view.foot,
    view.problem ? h("p.problem", {role: "alert", "data-problem": ""}, view.problem) : null,
    answer
      ? h(
          "p.soft",
          {"data-cost": ""},
          answer.seconds === null
            ? t("train.time_unknown")
            : t("overfitting.cost", {n: answer.runs, time: formatDuration(answer.seconds)}),
        )
      : null,
    h(
      "button.primary.go",
      {type: "submit", "data-start": "", disabled: view.busy || !answer},
      view.busy ? t("train.starting") : t("train.start", {n: answer?.fields.variants.length ?? ""}),
    ),
    answer
      ? h(
          "button.quiet",
          {type: "button", "data-as-recipe": "", onclick: () => sendLetter("form", {fields: answer.fields}, "train")},
          t("overfitting.as_recipe"),
        )
      : null,
  );
}
