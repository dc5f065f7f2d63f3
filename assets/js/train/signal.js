// The form's question "what signal moves the weights": the objective, its options, what answers are rewarded for, and
// who teaches.

import {h, selectOptions} from "../core/dom.js";
import {localized, nameOf, t} from "../core/words.js";
import {asNumber, knobInput} from "./knobs.js";
import {teacherField, usualTeacher} from "./teacher.js";

const SHOWN = 3;
const MOST_REWARDS = 4;

// fields: a recipe's fields, changed in place; changed(structure) as in the form
export function signalFields(fields, choices, changed) {
  const view = {fields, choices, changed};
  view.card = view.choices.objectives.find((one) => one.id === (view.fields.objective || "sft"));
  view.options = view.choices.objectives.map((one) => ({
    value: one.id,
    words: localized(one.name),
    group: nameOf("family", one.family),
  }));
  return [
    h(
      "label.field.wide",
      {},
      h("span", {}, t("train.objective")),
      h(
        "select",
        {
          "data-field": "objective",
          onchange: (event) => {
            choose(view, event.target.value);
            view.changed(true);
          },
        },
        selectOptions(view.options, view.card && view.card.id),
      ),
    ),
    view.card && view.card.id !== "sft" ? h("p.explain.wide", {}, localized(view.card.explain)) : null,
    view.card && view.card.rewarded ? rewards(view) : null,
    view.card && view.card.taught ? teacherField(view.fields, view.choices, view.changed) : null,
    view.card && view.card.knobs.length ? knobs(view) : null,
  ];
}

function choose(view, id) {
  const next = view.choices.objectives.find((one) => one.id === id);
  view.fields.objective = id;
  delete view.fields.options;
  if (next.rewarded) view.fields.reward = rewardList(view).length ? rewardList(view) : [view.choices.rewards[0].id];
  else delete view.fields.reward;
  if (next.taught) view.fields.teacher ||= usualTeacher(view.choices, view.fields.base);
  else delete view.fields.teacher;
  if (!fits(view, next))
    view.fields.data = (
      view.choices.data.find((one) => next.formats.includes(one.format)) ||
      view.choices.data.find((one) => one.format === "ratings")
    ).id;
}

// whether the data chosen now may do; files are judged by the lab
function fits(view, next) {
  const name = typeof view.fields.data === "string" ? view.fields.data : view.fields.data?.name;
  const known = view.choices.data.find((one) => one.id === name);
  return !known || known.upload || known.format === "ratings" || next.formats.includes(known.format);
}

function knobs(view) {
  const boxes = view.card.knobs.map((knob) =>
    knobInput(knob, view.fields.options?.[knob.name], (value) => {
      view.fields.options = {...view.fields.options, [knob.name]: value};
      view.changed(false);
    }),
  );
  return [
    h("div.knobs.three", {}, boxes.slice(0, SHOWN)),
    boxes.length > SHOWN
      ? h("details.more", {}, h("summary", {}, t("train.more")), h("div.knobs.three", {}, boxes.slice(SHOWN)))
      : null,
  ];
}

function rewardList(view) {
  const list = Array.isArray(view.fields.reward) ? view.fields.reward : view.fields.reward ? [view.fields.reward] : [];
  return list.map((one) => (typeof one === "string" ? {name: one} : {...one}));
}

function rewards(view) {
  const list = rewardList(view);
  const keep = (structure) => {
    view.fields.reward = list.map(shortest);
    view.changed(structure);
  };
  const unused = view.choices.rewards.find((other) => !list.some((one) => one.name === other.id));
  const add = () => {
    list.push({name: unused.id});
    keep(true);
  };
  return h(
    "div.field.wide",
    {},
    h("span", {}, t("train.rewarded")),
    list.map((one, i) => rewardRow(view, list, i, keep)),
    list.length < MOST_REWARDS && unused
      ? h("button.quiet", {type: "button", onclick: add}, `+ ${t("train.reward_add")}`)
      : null,
  );
}

// a reward as a recipe would write it: its name alone where that says all
function shortest(one) {
  const {name, ...said} = one;
  if (said.weight === 1) delete said.weight;
  if (said.knobs && !Object.keys(said.knobs).length) delete said.knobs;
  return Object.values(said).some((value) => value !== undefined) ? {name, ...said} : name;
}

// one of several rewards: what, how much it weighs, and the way to take it out; below it what it checks, and its knobs
function rewardRow(view, list, i, keep) {
  const one = list[i];
  const rename = (event) => {
    one.name = event.target.value;
    delete one.knobs;
    keep(true);
  };
  const weigh = (event) => {
    one.weight = asNumber(event.target.value);
    keep(false);
  };
  const remove = () => {
    list.splice(i, 1);
    keep(true);
  };
  const words = t("train.reward_remove");
  const row = h(
    "div.reward",
    {},
    h(
      "select",
      {"data-reward": i, "aria-label": t("train.rewarded"), onchange: rename},
      selectOptions(rewardOptions(view, one.name), one.name),
    ),
    h("input", {
      inputmode: "decimal",
      value: one.weight ?? 1,
      title: t("train.reward_weight_help"),
      "aria-label": t("train.reward_weight"),
      oninput: weigh,
    }),
    list.length > 1
      ? h("button.icon", {type: "button", title: words, "aria-label": words, onclick: remove}, "×")
      : null,
  );
  return [row, ruleOf(view, one, keep)];
}

// what a checkable reward checks, and its knobs
function ruleOf(view, one, keep) {
  const card = view.choices.rewards.find((other) => other.id === one.name);
  if (!card || !card.checks) return null;
  const boxes = card.knobs.map((knob) =>
    knobInput(knob, one.knobs?.[knob.name], (value) => {
      one.knobs = {...one.knobs, [knob.name]: value};
      keep(false);
    }),
  );
  return [
    h("p.explain", {}, localized(card.explain), card.answers ? ` ${t("train.needs_answers")}` : ""),
    boxes.length ? h("div.knobs.three", {}, boxes) : null,
  ];
}

function rewardOptions(view, now) {
  const words = (one) =>
    one.run
      ? t("train.reward_model", {name: one.run, recipe: one.recipe})
      : t(one.checks ? `train.checked_${one.checks}` : "train.scripted", {name: localized(one.name)});
  const known = view.choices.rewards.map((other) => ({value: other.id, words: words(other)}));
  return known.some((other) => other.value === now) ? known : [...known, {value: now, words: now}];
}
