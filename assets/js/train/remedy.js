// What keeps a variant from unlearning or overfitting: a choice and its knobs. What helps against unlearning alone is
// offered where something comes before what it learns.

import {h, selectOptions} from "../core/dom.js";
import {localized, t} from "../core/words.js";
import {knobInput} from "./knobs.js";
import {asValues, valuesText} from "./values.js";

const RUN = "run:";

const asList = (remedy) => (!remedy ? [] : Array.isArray(remedy) ? remedy : [remedy]);
const asChoice = (one) => (typeof one === "string" ? {name: one} : one);

// whether a variant has something to forget: stages before its last, or a run that it starts from
export const canForget = (variant, fields) =>
  (variant.stages?.length || 0) > 1 || String(fields.base || "").startsWith(RUN);

// variant: fields of a recipe's variant, changed in place; nothing where it has several remedies, which YAML holds
export function remedyFields(variant, fields, remedies, changed) {
  const list = asList(variant.remedy ?? fields.remedy).map(asChoice);
  const able = remedies.filter((one) => !one.needs_past || canForget(variant, fields) || one.id === list[0]?.name);
  if (!able.length || list.length > 1) return null;
  const card = remedies.find((one) => one.id === list[0]?.name);
  const set = (choice, structure) => {
    if (choice) variant.remedy = choice.knobs ? [choice] : choice.name;
    else if (fields.remedy) variant.remedy = [];
    else delete variant.remedy;
    changed(structure);
  };
  const options = [
    {value: "", words: t("train.remedy_none")},
    ...able.map((one) => ({value: one.id, words: localized(one.name)})),
  ];
  return [
    h(
      "label.field",
      {title: t("train.remedy_help")},
      h("span", {}, t("train.remedy")),
      h(
        "select",
        {"data-remedy": "", onchange: (event) => set(event.target.value ? {name: event.target.value} : null, true)},
        selectOptions(options, card?.id || ""),
      ),
    ),
    card ? h("p.explain", {title: localized(card.explain)}, localized(card.explain)) : null,
    card?.knobs.length
      ? h(
          "div.knobs",
          {},
          card.knobs.map((knob) =>
            knobInput(
              knob,
              list[0].knobs?.[knob.name],
              (value) => {
                list[0] = {name: card.id, knobs: {...list[0].knobs, [knob.name]: value}};
                set(list[0], false);
              },
              {read: asValues, shown: valuesText},
            ),
          ),
        )
      : null,
  ];
}
