// The form's fields: the recipe, then base, signal, data, budget and variants, and the rest folded.

import {fill, h, keepFocus} from "../core/dom.js";
import {localized, nameOf, t} from "../core/words.js";
import {advancedFields, isChanged} from "./advanced.js";
import {baseOptions} from "./bases.js";
import {field, fold, select} from "./controls.js";
import {dataField} from "./form_data.js";
import {asNumber} from "./knobs.js";
import {canReplay, withReplay} from "./replay.js";
import {signalFields} from "./signal.js";
import {sizeFields} from "./size_fields.js";
import {variantCard} from "./variant_card.js";

const MOST = 5;
const MANY = 6;
const SENTENCES = /^(.+?[.!?](?= )|.+?[。！？])\s*(.+)$/s;

export function draw(view) {
  if (!view.choices || !view.fields) return;
  keepFocus(view.place, () => {
    fill(view.head, field(t("train.recipe"), recipePicker(view)), noteOf(view));
    fill(view.body, mainFields(view), advancedFields(view), settings(view));
  });
}

function mainFields(view) {
  const {variants} = view.fields;
  const [objective, ...its] = signalFields(view.fields, view.choices, view.actions.changed);
  return [
    h("div.knobs.two", {}, field(t("train.base"), basePicker(view)), objective),
    baseMissing(view),
    its,
    dataField(view),
    h(
      "div.knobs.three",
      {},
      ["steps", "batch_size", "max_length"].map((name) => budgetField(view, name)),
    ),
    h(
      variants.length > MANY ? "div.variants.many" : "div.variants",
      {},
      variants.map((variant, i) => variantOf(view, variant, i)),
    ),
    variants.length < MOST
      ? h("button.add", {type: "button", "data-add": "", onclick: () => add(view)}, `+ ${t("train.add")}`)
      : null,
  ];
}

// what is seldom changed, folded
const settings = (view) =>
  fold(
    view.folds,
    "settings",
    {kind: "details.more", "data-settings": ""},
    t("train.settings"),
    h("div.knobs.two", {}, sizeFields(view)),
  );

// a recipe's note: its first sentence, and the rest behind it
function noteOf(view) {
  const note = localized(view.choices.recipes.find((one) => one.id === view.recipe)?.note) || view.fields.note;
  if (!note) return null;
  const [, first, rest] = note.match(SENTENCES) || [null, note, ""];
  return rest ? fold(view.folds, "note", {kind: "details.note"}, first, h("p", {}, rest)) : h("p.note", {}, note);
}

const nameOfRecipe = (view, one) =>
  one.id === view.recipe && isChanged(view) ? t("train.changed", {name: localized(one.name)}) : localized(one.name);

// says in the choice of recipes whether the form is still the one chosen, without drawing it again
export function markChanged(view) {
  const found = view.choices?.recipes.find((one) => one.id === view.recipe);
  const option = found && view.head.querySelector("[data-field=recipe]")?.selectedOptions[0];
  if (option?.value === view.recipe) option.textContent = nameOfRecipe(view, found);
}

function recipePicker(view) {
  const own = view.recipe ? [] : [["", view.fields.name || t("train.own")]];
  const known = view.choices.recipes.map((one) => [
    one.id,
    nameOfRecipe(view, one),
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
    const typed = event.target.value.trim();
    view.fields.budget[name] = typed === "" ? null : asNumber(typed); // no steps: as many as fit into the seconds
    view.actions.changed(false);
  };
  return h(
    "label.field",
    {title: t(`train.${name}_help`)},
    h("span", {}, t(`train.${name}`)),
    h("input", {inputmode: "numeric", "data-budget": name, value: view.fields.budget[name] ?? "", oninput: type}),
  );
}

function variantOf(view, variant, i) {
  const {variants} = view.fields;
  const remove = () => {
    variants.splice(i, 1);
    view.actions.changed(true);
  };
  return variantCard(variant, i, {
    choices: view.choices,
    fields: view.fields,
    unfolded: view.unfolded,
    alone: variants.length === 1,
    changed: view.actions.changed,
    change: (next) => {
      view.unfolded.add(next);
      variants[i] = next;
      view.actions.changed(true);
    },
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
  const made = withReplay(variant, view.fields, view.choices);
  view.unfolded.add(made);
  view.fields.variants.splice(i + 1, 0, made);
  view.actions.changed(true);
  view.body.querySelector(`[data-variant="${i + 1}"] input`)?.focus();
}

function add(view) {
  const used = view.fields.variants.map((variant) => variant.method);
  const card = view.choices.methods.find((one) => !used.includes(one.id)) || view.choices.methods[0];
  let name = localized(card.name);
  let n = 2;
  while (view.fields.variants.some((variant) => variant.name === name)) name = `${localized(card.name)} ${n++}`;
  const made = {name, method: card.id};
  view.unfolded.add(made);
  view.fields.variants.push(made);
  view.actions.changed(true);
  view.body.querySelector(`[data-variant="${view.fields.variants.length - 1}"] select`)?.focus();
}

// a base that is not on this machine, and the way to fetch it
function baseMissing(view) {
  view.pull.show(view.choices.bases.find((one) => one.id === view.fields.base));
  return view.pull.place;
}
