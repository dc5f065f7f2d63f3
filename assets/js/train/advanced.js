// What an engineer sets: seeds and what they vary, how a sweep is picked, early ends, limits. Each says what goes without
// saying as its placeholder or first choice.

import {formatDuration, isNumber} from "../core/format.js";
import {h} from "../core/dom.js";
import {t} from "../core/words.js";
import {fold, select} from "./controls.js";
import {asNumber} from "./knobs.js";
import {hasSeveral} from "./values.js";

const SEEDS = ["1", "3", "5", "10", "auto"];
const USUAL = "order, initialisation";
const VARY = [USUAL, "order", "initialisation", "split", "order, split", "order, initialisation, split"];
const OFFERED = 5;

export function advancedFields(view) {
  return fold(
    view.folds,
    "advanced",
    {kind: "details.more", "data-advanced": ""},
    t("train.advanced"),
    h("div.knobs.two", {}, [...seedFields(view), ...sweepFields(view), ...limitFields(view)].filter(Boolean)),
    h("p.soft", {}, t("train.several_help")),
  );
}

// a labelled control; what it means stands in its title
const labelled = (name, control) =>
  h("label.field", {title: t(`train.${name}_help`)}, h("span", {}, t(`train.${name}`)), control);

// sets a field of `part`, or takes it out where nothing is said
function set(view, part, name, value, structure = false) {
  if (value === "" || value === null || value === undefined) delete part[name];
  else part[name] = value;
  view.actions.changed(structure);
}

const number = (view, name, placeholder, part = view.fields) =>
  labelled(
    name,
    h("input", {
      inputmode: "decimal",
      "data-field": name,
      placeholder,
      value: part[name] ?? "",
      oninput: (event) => set(view, part, name, asNumber(event.target.value)),
    }),
  );

const pick = (name, options, now, choose) => labelled(name, select(name, options, now, choose));

// how often each variant is trained, as {n, vary}
export function repeatOf(fields) {
  const said = fields.repeat ?? 1;
  return typeof said === "object" ? {n: 1, vary: USUAL.split(", "), ...said} : {n: said, vary: USUAL.split(", ")};
}

function seedFields(view) {
  const {n, vary} = repeatOf(view.fields);
  const say = (times, parts) => {
    const value = times === "auto" ? times : Number(times);
    const short = parts === USUAL ? value : {n: value, vary: parts.split(", ")};
    set(view, view.fields, "repeat", value === 1 ? null : short, true);
  };
  const seeds = SEEDS.map((one) => [one, one === "auto" ? t("train.repeat_auto") : one]);
  const parts = VARY.map((one) => [
    one,
    one
      .split(", ")
      .map((part) => t(`train.vary_${part}`))
      .join(" + "),
  ]);
  return [
    pick("repeat", seeds, String(n), (value) => say(value, vary.join(", "))),
    String(n) === "1" ? null : pick("vary", parts, vary.join(", "), (value) => say(String(n), value)),
  ];
}

function sweepFields(view) {
  const {fields} = view;
  const sweep = fields.sweep || {};
  const several = fields.variants.some((variant) => hasSeveral(variant));
  const halving = fields.halving ? "on" : "";
  return [
    several
      ? pick(
          "sweep",
          [
            ["grid", t("train.sweep_grid")],
            ["random", t("train.sweep_random")],
          ],
          sweep.pick || "grid",
          (value) => set(view, fields, "sweep", value === "grid" ? null : {...sweep, pick: value}, true),
        )
      : null,
    several && sweep.pick === "random" ? number(view, "tries", "12", sweep) : null,
    pick(
      "halving",
      [
        ["", t("train.off")],
        ["on", t("train.halving_on")],
      ],
      halving,
      (value) => set(view, fields, "halving", value ? fields.halving || {} : null),
    ),
    number(view, "folds", t("train.off")),
  ];
}

// where curves are reported besides, for whom that is open; of several trackers, which a recipe may name, the first
function trackerField(view) {
  const {trackers} = view.choices;
  const options = [["", t("train.off")], ...trackers.map((name) => [name, name])];
  const [now] = [view.fields.report_to || ""].flat();
  return trackers.length
    ? pick("report_to", options, now || "", (value) => set(view, view.fields, "report_to", value))
    : null;
}

function limitFields(view) {
  const {fields} = view;
  const choice = (name, words) =>
    pick(
      name,
      words.map((value, i) => [i ? value : "", t(`train.${name}_${value}`)]),
      fields[name] && fields[name] !== words[0] ? fields[name] : "",
      (value) => set(view, fields, name, value),
    );
  return [
    number(view, "seconds", t("train.no_limit"), fields.budget),
    number(view, "parameters", t("train.as_it_comes")),
    choice("quantize", ["none", "8bit", "4bit"]),
    choice("schedule", ["linear", "cosine", "constant"]),
    number(view, "warmup", "0.1"),
    number(view, "weight_decay", "0"),
    trackerField(view),
  ];
}

// five seeds where they take a few minutes: what they would take, and a way to have them
export function seedsOffer(view) {
  const {five} = view.answer;
  if (view.problem || !isNumber(five) || view.fields.repeat) return null;
  const take = () => {
    view.fields.repeat = OFFERED;
    view.actions.changed(true);
  };
  return h(
    "p.soft.seeds-offer",
    {"data-seeds-offer": ""},
    t("train.five", {time: formatDuration(five)}),
    " ",
    h("button.quiet", {type: "button", "data-five-seeds": "", onclick: take}, t("train.take_five")),
  );
}

// what the button starts: variants, and the runs they make where these are more
export function startWords({fields, answer}) {
  const n = answer.plans ? answer.plans.length : fields.variants.length;
  return answer.runs > n ? t("train.start_runs", {n, runs: answer.runs}) : t("train.start", {n});
}

// whether a form is no longer the recipe it was begun from
export function isChanged({fields, recipe, choices}) {
  const found = choices?.recipes.find((one) => one.id === recipe);
  return Boolean(found && fields && sameOrder(fields) !== sameOrder(found.fields));
}

const sameOrder = (value) =>
  JSON.stringify(value, (_, one) =>
    one && typeof one === "object" && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
