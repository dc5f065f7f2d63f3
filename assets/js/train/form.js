// The Train tab's form. It holds a recipe's fields, changes them, and asks the lab what they mean: cost, YAML, command.
// From top to bottom, also for the keyboard: the recipe; what it costs and the button, which stay in sight; the rest.

import {fill, h} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {goTo, receiveLetter, sendLetter} from "../core/tabs.js";
import {onRedraw} from "../core/words.js";
import {withMore} from "./form_add.js";
import {PAUSE, drawCode, drawGo} from "./form_costs.js";
import {dataChanged} from "./form_data.js";
import {draw, markChanged} from "./form_fields.js";
import {mountPull} from "./pull.js";
import {skipBad} from "./form_skip.js";

const SETTLED = 5000; // milliseconds after which costs are asked for once more
const NARROW = 900; // pixels below which the costs of single variants are folded

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
    looks: 0, // at the data: the answer to an earlier one no longer counts
    columns: new Map(),
    dataProblem: null,
    dataBad: null,
    timer: null,
    round: 0,
    folds: new Set(innerWidth > NARROW ? ["costs"] : []),
    unfolded: new WeakSet(),
    head: h("div.form-head"),
    go: h("div.form-go"),
    body: h("div.form-body"),
    code: h("details.code", {hidden: true}),
  };
  view.actions = {
    changed: (structure) => changed(view, structure),
    dataChanged: (open) => dataChanged(view, open),
    choose: (id) => choose(view, id),
    draw: () => draw(view),
    drawGo: () => drawGo(view),
    look: () => look(view),
  };
  view.pull = mountPull(server, () => refreshChoices(view));
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
      view.head,
      view.go,
      view.body,
      view.code,
    ),
  );
  onRedraw(() => {
    draw(view);
    drawGo(view);
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
  setTimeout(() => view.text === null && look(view), SETTLED); // while the page came, the machine was busy with it
}

// after a base has come
async function refreshChoices(view) {
  const got = await callServer(view.server.choices);
  if (!got.problem) view.choices = got;
  draw(view);
  look(view);
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
  view.looks += 1;
  view.problem = view.bad = view.dataProblem = view.dataBad = null;
  draw(view);
  drawGo(view);
  look(view);
}

async function beginFrom(view, letter) {
  if (letter.recipe) {
    choose(view, letter.recipe);
    sendLetter("watch", {expected: view.choices.recipes.find((one) => one.id === letter.recipe)?.name});
    return toButton(view);
  }
  if (letter.variants && view.fields) {
    const variants = withMore(view.fields.variants, letter.variants);
    return use(view, {...view.fields, variants}, view.recipe);
  }
  const {repeat, ...origin} = letter;
  const got = letter.fields ? letter : await callServer(view.server.fields_from, origin);
  if (got.problem) {
    view.problem = got.problem;
    return drawGo(view);
  }
  view.choices = await callServer(view.server.choices);
  use(view, repeat ? {...got.fields, repeat} : got.fields, null);
  if (letter.fields) sendLetter("watch", {expected: got.fields.name});
  toButton(view);
}

// to the top of the form, with the keyboard at its button
const toButton = (view) => goTo(() => view.go.querySelector("[data-start]"));

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
  drawGo(view);
  drawCode(view);
  markChanged(view);
}

async function start(view) {
  if (view.busy || view.problem || !view.fields) return;
  view.busy = true;
  drawGo(view);
  const got = await callServer(
    view.server.start,
    view.text === null ? {fields: view.fields, recipe: view.recipe} : {text: view.text, recipe: view.recipe},
  );
  view.busy = false;
  view.problem = got.problem || null;
  view.bad = got.bad && {...got.bad, goOn: () => startWithout(view)};
  drawGo(view);
  if (!view.problem) sendLetter("watch", {comparison: got.comparison});
}

// start after all, and leave out the rows that can't be read
async function startWithout(view) {
  skipBad(view.fields, true);
  view.bad = view.problem = null;
  changed(view, true);
  await start(view);
}
