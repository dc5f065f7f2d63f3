// The Train tab's form. It holds a recipe's fields, changes them, and asks the lab what they mean: cost, YAML, command.

import {fill, h} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {receiveLetter, sendLetter} from "../core/tabs.js";
import {onRedraw} from "../core/words.js";
import {PAUSE, drawCode, drawFoot} from "./form_costs.js";
import {draw} from "./form_fields.js";
import {skipBad} from "./form_skip.js";

export function mountForm(place, server, upload) {
  const view = {
    place,
    server,
    upload,
    choices: null,
    recipe: null,
    device: null,
    fields: null,
    answer: {},
    problem: null,
    bad: null,
    text: null,
    busy: false,
    peeked: null,
    timer: null,
    round: 0,
    body: h("div.form-body"),
    foot: h("div.form-foot"),
    code: h("details.code"),
  };
  view.actions = {
    changed: (structure) => changed(view, structure),
    choose: (id) => choose(view, id),
    draw: () => draw(view),
    drawFoot: () => drawFoot(view),
    look: () => look(view),
  };
  fill(
    view.place,
    h(
      "form.lab-form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          start(view);
        },
      },
      view.body,
      view.foot,
      view.code,
    ),
  );
  onRedraw(() => {
    draw(view);
    drawFoot(view);
    drawCode(view);
  });
  load(view);
}

async function load(view) {
  view.choices = await callServer(view.server.choices);
  if (view.choices.problem) {
    fill(view.body, h("p.problem", {}, view.choices.problem));
    view.choices = null;
    setTimeout(() => load(view), 2000);
    return;
  }
  const kept = JSON.parse(sessionStorage.getItem("lab.form") || "null");
  if (kept) use(view, kept.fields, kept.recipe);
  else
    choose(
      view,
      view.choices.recipes.find((one) => one.id.endsWith("first_steps.yaml"))?.id || view.choices.recipes[0]?.id,
    );
  receiveLetter("form", (letter) => beginFrom(view, letter));
}

function choose(view, id) {
  const found = view.choices.recipes.find((one) => one.id === id);
  if (found) use(view, structuredClone(found.fields), id);
}

function use(view, newFields, newRecipe) {
  view.fields = newFields;
  view.recipe = newRecipe;
  view.text = null;
  view.peeked = null;
  draw(view);
  look(view);
}

async function beginFrom(view, letter) {
  if (letter.recipe) {
    choose(view, letter.recipe);
    return view.place.scrollIntoView({behavior: "smooth", block: "start"});
  }
  const got = letter.fields ? letter : await callServer(view.server.fields_from, letter);
  if (got.problem) {
    view.problem = got.problem;
    return drawFoot(view);
  }
  view.choices = await callServer(view.server.choices);
  use(view, got.fields, null);
  view.place.scrollIntoView({behavior: "smooth", block: "start"});
}

function changed(view, structure) {
  view.text = null;
  if (structure) draw(view);
  clearTimeout(view.timer);
  view.timer = setTimeout(() => look(view), PAUSE);
}

// what the lab thinks of the form; an answer that a newer question has overtaken is dropped
async function look(view) {
  const mine = ++view.round;
  const got = await callServer(
    view.server.preview,
    view.text === null
      ? {fields: view.fields, recipe: view.recipe, device: view.device}
      : {text: view.text, recipe: view.recipe, device: view.device},
  );
  if (mine !== view.round) return;
  view.problem = got.problem || null;
  view.bad = null;
  if (!view.problem) {
    view.answer = got;
    if (view.text !== null) {
      view.fields = got.fields;
      draw(view);
    }
  }
  sessionStorage.setItem("lab.form", JSON.stringify({fields: view.fields, recipe: view.recipe}));
  drawFoot(view);
  drawCode(view);
}

async function start(view) {
  if (view.busy || view.problem || !view.fields) return;
  view.busy = true;
  drawFoot(view);
  const got = await callServer(
    view.server.start,
    view.text === null ? {fields: view.fields, recipe: view.recipe} : {text: view.text, recipe: view.recipe},
  );
  view.busy = false;
  view.problem = got.problem || null;
  view.bad = got.bad && {...got.bad, goOn: () => startWithout(view)};
  drawFoot(view);
  if (!view.problem) sendLetter("watch", {comparison: got.comparison});
}

// start after all, and leave out the rows that can't be read
async function startWithout(view) {
  skipBad(view.fields, true);
  view.bad = view.problem = null;
  changed(view, true);
  await start(view);
}
