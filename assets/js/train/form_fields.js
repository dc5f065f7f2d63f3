// The upper part of the form: recipe, base, signal, budget and variants.

import {fill, h} from "../core/dom.js";
import {localized, nameOf, t} from "../core/words.js";
import {baseOptions} from "./bases.js";
import {field, select} from "./controls.js";
import {dataField} from "./form_data.js";
import {asNumber} from "./knobs.js";
import {canReplay, withReplay} from "./replay.js";
import {signalFields} from "./signal.js";
import {sizeFields} from "./size_fields.js";
import {variantCard} from "./variant_card.js";

const MOST = 5;
const MANY = 6;

export function draw(view) {
  if (!view.choices || !view.fields) return;
  const note = localized(view.choices.recipes.find((one) => one.id === view.recipe)?.note) || view.fields.note;
  const {variants} = view.fields;
  fill(
    view.body,
    field(t("train.recipe"), recipePicker(view)),
    note ? h("p.explain.wide", {}, note) : null,
    field(t("train.base"), basePicker(view)),
    baseNote(view),
    signalFields(view.fields, view.choices, view.actions.changed),
    dataField(view),
    h(
      "div.knobs.three",
      {},
      ["steps", "batch_size", "max_length"].map((name) => budgetField(view, name)),
    ),
    h("div.knobs.two", {}, sizeFields(view)),
    h(
      variants.length > MANY ? "div.variants.many" : "div.variants",
      {},
      variants.map((variant, i) => variantOf(view, variant, i)),
    ),
    variants.length < MOST
      ? h("button.add", {type: "button", "data-add": "", onclick: () => add(view)}, `+ ${t("train.add")}`)
      : null,
  );
}

function recipePicker(view) {
  const own = view.recipe ? [] : [["", view.fields.name || t("train.own")]];
  const known = view.choices.recipes.map((one) => [
    one.id,
    localized(one.name),
    one.topic && nameOf("topic", one.topic),
  ]);
  return select("recipe", [...own, ...known], view.recipe || "", (id) => id && view.actions.choose(id));
}

function basePicker(view) {
  return select("base", baseOptions(view.choices), view.fields.base, (value) => {
    view.fields.base = value;
    view.actions.changed(true);
  });
}

function budgetField(view, name) {
  const type = (event) => {
    view.fields.budget[name] = asNumber(event.target.value);
    view.actions.changed(false);
  };
  return h(
    "label.field",
    {title: t(`train.${name}_help`)},
    h("span", {}, t(`train.${name}`)),
    h("input", {inputmode: "numeric", "data-budget": name, value: view.fields.budget[name], oninput: type}),
  );
}

function variantOf(view, variant, i) {
  const {variants} = view.fields;
  const remove = () => {
    variants.splice(i, 1);
    view.actions.changed(true);
  };
  return variantCard(variant, i, {
    methods: view.choices.methods,
    remedies: view.choices.remedies,
    fields: view.fields,
    changed: view.actions.changed,
    remove: variants.length > 1 ? remove : null,
    replay:
      canReplay(variant, view.fields, view.choices) && !twin(view, variant) ? () => addTwin(view, variant, i) : null,
  });
}

const twin = (view, variant) => {
  const {name} = withReplay(variant, view.fields, view.choices);
  return view.fields.variants.some((one) => one.name === name);
};

function addTwin(view, variant, i) {
  view.fields.variants.splice(i + 1, 0, withReplay(variant, view.fields, view.choices));
  view.actions.changed(true);
  view.body.querySelector(`[data-variant="${i + 1}"] input`)?.focus();
}

function add(view) {
  const used = view.fields.variants.map((variant) => variant.method);
  const card = view.choices.methods.find((one) => !used.includes(one.id)) || view.choices.methods[0];
  let name = localized(card.name);
  let n = 2;
  while (view.fields.variants.some((variant) => variant.name === name)) name = `${localized(card.name)} ${n++}`;
  view.fields.variants.push({name, method: card.id});
  view.actions.changed(true);
  view.body.querySelector(`[data-variant="${view.fields.variants.length - 1}"] select`)?.focus();
}

function baseNote(view) {
  const base = view.choices.bases.find((one) => one.id === view.fields.base);
  if (!base || !base.explain) return null;
  return h(
    "p.explain.wide",
    {},
    localized(base.explain),
    base.here ? null : h("code", {}, ` lab models pull ${base.id}`),
  );
}
