// An input for a knob of a card, and what was typed into it.

import {h} from "../core/dom.js";
import {localized} from "../core/words.js";

// an input for a knob of a card; `now` is its value, set(value) is told of another
export function knobInput(knob, now, set) {
  const shared = {"data-knob": knob.name, title: localized(knob.help)};
  let input;
  if (knob.kind === "choice")
    input = h(
      "select",
      {...shared, onchange: (event) => set(event.target.value)},
      knob.options.map((name) => h("option", {value: name, selected: name === now}, name)),
    );
  else if (knob.kind === "switch")
    input = h("input", {
      ...shared,
      type: "checkbox",
      checked: now === true,
      onchange: (event) => set(event.target.checked),
    });
  else if (knob.kind === "line")
    input = h("input", {...shared, value: now, maxlength: knob.longest, oninput: (event) => set(event.target.value)});
  else
    input = h("input", {
      ...shared,
      inputmode: knob.whole ? "numeric" : "decimal",
      value: now,
      oninput: (event) => set(asNumber(event.target.value)),
    });
  return h(
    knob.kind === "switch" ? "label.field.switch" : "label.field",
    {title: localized(knob.help)},
    h("span", {}, localized(knob.label)),
    input,
  );
}

// what can't be read as a number goes to the lab as it is, which says what is allowed
export const asNumber = (text) => (text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text);
