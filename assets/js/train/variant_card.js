// The cards of a form's variants: name, method, its knobs from the method's card, learning rate. Changes `variant` in
// place.

import {runColour} from "../core/colours.js";
import {h, selectOptions} from "../core/dom.js";
import {localized, nameOf, t} from "../core/words.js";
import {asNumber, knobInput} from "./knobs.js";
import {remedyFields} from "./remedy.js";
import {dataWords, ownData, replayButton} from "./replay.js";

const SHOWN = 2;

// variant: fields of a recipe's variant; changed(structure): structure is true when other inputs appear or go; replay():
// adds its twin that keeps what it knew
export function variantCard(variant, place, {methods, remedies, fields, changed, remove, replay}) {
  const staged = Array.isArray(variant.stages) && variant.stages.length;
  const method = methods.find((card) => card.id === (variant.method || fields.method || "lora"));
  return h(
    "fieldset.variant",
    {style: `--mine:${runColour(place)}`, "data-variant": place},
    h(
      "div.variant-head",
      {},
      h("input.variant-name", {
        value: variant.name,
        maxlength: 200,
        "aria-label": t("train.variant_name"),
        oninput: (event) => {
          variant.name = event.target.value;
          changed(false);
        },
      }),
      remove
        ? h("button.icon", {title: t("train.remove"), "aria-label": t("train.remove"), onclick: remove}, "×")
        : null,
    ),
    staged
      ? stages(variant, methods, fields)
      : [methodPicker(variant, method, methods, changed), method ? knobs(variant, fields, method, changed) : null],
    ownData(variant),
    remedyFields(variant, fields, remedies || [], changed),
    replay ? replayButton(replay) : null,
  );
}

const stages = (variant, methods, fields) =>
  h(
    "p.soft",
    {},
    variant.stages
      .map((stage) => {
        const card = methods.find((one) => one.id === (stage.method || variant.method || fields.method));
        const said = [stage.objective || variant.objective, card ? localized(card.name) : stage.method];
        return [...said, stage.data && dataWords(stage.data)].filter(Boolean).join(" · ");
      })
      .join("  →  "),
    " ",
    t("train.stages_in_yaml"),
  );

function methodPicker(variant, method, methods, changed) {
  const select = h(
    "select",
    {
      "aria-label": t("train.method"),
      onchange: (event) => {
        const card = methods.find((one) => one.id === event.target.value);
        if (method && Object.values(method.name).includes(variant.name)) variant.name = localized(card.name);
        variant.method = card.id;
        delete variant.knobs;
        delete variant.learning_rate;
        changed(true);
      },
    },
    selectOptions(
      methods.map((card) => ({value: card.id, words: localized(card.name), group: nameOf("family", card.family)})),
      method && method.id,
    ),
  );
  return [select, method ? h("p.explain", {title: localized(method.explain)}, localized(method.explain)) : null];
}

function knobs(variant, fields, method, changed) {
  const inherited = !variant.method || variant.method === fields.method ? fields.knobs || {} : {};
  const boxes = method.knobs.map((knob) =>
    knobInput(knob, variant.knobs?.[knob.name] ?? inherited[knob.name] ?? knob.default, (value) => {
      variant.knobs = {...variant.knobs, [knob.name]: value};
      changed(false);
    }),
  );
  const rate = h(
    "label.field",
    {title: t("train.rate_help")},
    h("span", {}, t("train.rate")),
    h("input", {
      inputmode: "decimal",
      value: variant.learning_rate ?? "",
      placeholder: t("train.auto"),
      list: "lab-rates",
      "data-knob": "learning_rate",
      oninput: (event) => {
        const value = event.target.value.trim();
        if (value) variant.learning_rate = asNumber(value);
        else delete variant.learning_rate;
        changed(false);
      },
    }),
    h("datalist", {id: "lab-rates"}, h("option", {value: "search"})),
  );
  return [
    h("div.knobs", {}, boxes.slice(0, SHOWN), rate),
    boxes.length > SHOWN
      ? h("details.more", {}, h("summary", {}, t("train.more")), h("div.knobs", {}, boxes.slice(SHOWN)))
      : null,
  ];
}
