// The cards of a form's variants: name, method, its knobs from the method's card, learning rate. Changes `variant` in
// place.

import {runColour} from "../core/colours.js";
import {h, selectOptions} from "../core/dom.js";
import {localized, nameOf, t} from "../core/words.js";
import {knobInput} from "./knobs.js";
import {remedyFields} from "./remedy.js";
import {fold} from "./controls.js";
import {asValues, valuesText} from "./values.js";
import {ownData, replayButton} from "./replay.js";
import {stageButton, stageRows, withStage} from "./stages.js";

const SHOWN = 2;

// variant: fields of a recipe's variant, folded to its name and method but for those in `unfolded` or one that is alone;
// changed(structure): structure is true when other inputs appear or go; change(variant) puts another in its place; replay(): adds its twin that keeps what it knew
export function variantCard(variant, place, {choices, fields, unfolded, alone, changed, change, remove, replay}) {
  const {methods, remedies} = choices;
  const staged = Array.isArray(variant.stages) && variant.stages.length;
  const method = methods.find((card) => card.id === (variant.method || fields.method || "lora"));
  const heading = h("b", {}, localized(variant.name));
  if (alone) unfolded.add(variant);
  return fold(
    unfolded,
    variant,
    {kind: "details.variant", style: `--mine:${runColour(place)}`, "data-variant": place},
    [heading, h("small", {}, staged ? t("train.stages", {n: variant.stages.length}) : methodWords(method, variant))],
    h(
      "div.variant-body",
      {},
      h(
        "label.field",
        {},
        h("span", {}, t("train.variant_name")),
        h("input.variant-name", {
          value: localized(variant.name),
          maxlength: 200,
          "data-variant-name": "",
          oninput: (event) => {
            variant.name = heading.textContent = event.target.value;
            changed(false);
          },
        }),
      ),
      staged
        ? stageRows(variant, {choices, fields, change, changed: () => changed(false)})
        : [methodPicker(variant, method, methods, changed), method ? knobs(variant, fields, method, changed) : null],
      ownData(variant),
      remedyFields(variant, fields, remedies || [], changed),
      h(
        "div.variant-tools",
        {},
        replay ? replayButton(replay) : null,
        staged ? null : stageButton(() => change(withStage(variant))),
        remove ? h("button.quiet", {type: "button", "data-remove": "", onclick: remove}, t("train.remove")) : null,
      ),
    ),
  );
}

// the method's name, where the variant is not called so itself
const methodWords = (method, variant) =>
  method && localized(method.name) !== localized(variant.name) ? localized(method.name) : "";

function methodPicker(variant, method, methods, changed) {
  const select = h(
    "select",
    {
      "aria-label": t("train.method"),
      "data-method": "",
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
    knobInput(
      knob,
      variant.knobs?.[knob.name],
      (value) => {
        variant.knobs = {...variant.knobs, [knob.name]: value};
        changed(false);
      },
      {usual: inherited[knob.name] ?? knob.default, read: asValues, shown: valuesText},
    ),
  );
  const rate = h(
    "label.field",
    {title: t("train.rate_help")},
    h("span", {}, t("train.rate")),
    h("input", {
      inputmode: "decimal",
      value: valuesText(variant.learning_rate),
      placeholder: t("train.auto"),
      list: "lab-rates",
      "data-knob": "learning_rate",
      oninput: (event) => {
        const value = event.target.value.trim();
        if (value) variant.learning_rate = asValues(value);
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
