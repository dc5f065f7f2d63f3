// The stages of a variant: what each learns from, by which method, on which data and for how long; each starts from the
// weights of the one before it. What else a stage may say stays in the YAML.

import {h, selectOptions} from "../core/dom.js";
import {localized, nameOf, t} from "../core/words.js";
import {asNumber} from "./knobs.js";
import {dataWords} from "./replay.js";

const MOST = 6;
const OWN = ["method", "knobs", "learning_rate"]; // what a variant's first stage takes over from it

// a variant in two stages, the first of which is what it was
export function withStage(variant) {
  const list = variant.stages?.length ? [...variant.stages] : [said(variant)];
  const rest = Object.fromEntries(Object.entries(variant).filter(([name]) => !OWN.includes(name)));
  return {...rest, stages: [...list, {method: list.at(-1).method || "lora"}]};
}

// a variant without one of its stages; with a single one left it has none
export function withoutStage(variant, place) {
  const list = variant.stages.filter((_, i) => i !== place);
  const {stages: _, ...rest} = variant;
  return list.length > 1 ? {...rest, stages: list} : {...rest, ...list[0]};
}

const said = (variant) =>
  Object.fromEntries(OWN.filter((name) => variant[name] !== undefined).map((name) => [name, variant[name]]));

export const stageButton = (add) =>
  h(
    "button.quiet",
    {type: "button", "data-add-stage": "", title: t("train.stage_help"), onclick: add},
    t("train.stage_add"),
  );

// change(variant) is told of another in its place; changed() of a field that was set
export function stageRows(variant, {choices, fields, change, changed}) {
  return h(
    "ol.stages",
    {},
    variant.stages.map((stage, i) =>
      h(
        "li",
        {"data-stage": i},
        h(
          "div.knobs.two",
          {},
          pick("objective", stage, choices.objectives, variant.objective || fields.objective || "sft", changed),
          pick("method", stage, choices.methods, variant.method || fields.method || "lora", changed),
          dataPick(stage, choices, changed),
          steps(stage, fields, changed),
        ),
        h(
          "button.quiet",
          {type: "button", "data-remove-stage": i, onclick: () => change(withoutStage(variant, i))},
          t("train.stage_remove"),
        ),
      ),
    ),
    variant.stages.length < MOST ? stageButton(() => change(withStage(variant))) : null,
  );
}

// a field of a stage; what it takes from above where nothing is chosen is its first choice
function pick(name, stage, cards, above, changed) {
  const usual = cards.find((one) => one.id === above);
  const options = [
    {value: "", words: t("train.as_above", {name: usual ? localized(usual.name) : above})},
    ...cards.map((one) => ({value: one.id, words: localized(one.name), group: nameOf("family", one.family)})),
  ];
  const choose = (event) => {
    set(stage, name, event.target.value);
    delete stage[name === "method" ? "knobs" : "options"];
    changed();
  };
  return labelled(
    name,
    h("select", {[`data-stage-${name}`]: "", onchange: choose}, selectOptions(options, stage[name] || "")),
  );
}

function dataPick(stage, choices, changed) {
  const own = typeof stage.data === "string" ? stage.data : "";
  const mixed = stage.data && !own ? [{value: "mixed", words: dataWords(stage.data)}] : [];
  const options = [
    {value: "", words: t("train.data_above")},
    ...mixed,
    ...choices.data.map((one) => ({
      value: one.id,
      words: one.upload ? one.id.replace(/^upload:/, "") : localized(one.name),
    })),
  ];
  const choose = (event) => {
    if (event.target.value !== "mixed") set(stage, "data", event.target.value);
    changed();
  };
  const now = mixed.length ? "mixed" : own;
  return labelled("data", h("select", {"data-stage-data": "", onchange: choose}, selectOptions(options, now)));
}

const steps = (stage, fields, changed) =>
  labelled(
    "steps",
    h("input", {
      inputmode: "numeric",
      "data-stage-steps": "",
      value: stage.budget?.steps ?? "",
      placeholder: fields.budget?.steps ?? "",
      oninput: (event) => {
        const typed = event.target.value.trim();
        const {steps: _, ...rest} = stage.budget || {};
        const budget = typed === "" ? rest : {...rest, steps: asNumber(typed)};
        set(stage, "budget", Object.keys(budget).length ? budget : "");
        changed();
      },
    }),
  );

const labelled = (name, control) => h("label.field", {}, h("span", {}, t(`train.${name}`)), control);

function set(stage, name, value) {
  if (value === "") delete stage[name];
  else stage[name] = value;
}
