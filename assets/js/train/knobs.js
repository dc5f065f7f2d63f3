// An input for a knob of a card, and what was typed into it.

import {h} from "../core/dom.js";
import {localized} from "../core/words.js";

// an input for a knob of a card; `now` is its value where one is given, `usual` what goes without saying (shown as a
// placeholder); set(value) is told of another, or of nothing where it was cleared. read and shown turn what is typed into
// a number's field into a value and back.
export function knobInput(knob, now, set, {usual = knob.default, read = asNumber, shown = (value) => value} = {}) {
  const shared = {"data-knob": knob.name, title: localized(knob.help)};
  const typed = (as) => (event) => set(event.target.value.trim() === "" ? undefined : as(event.target.value));
  let input;
  if (knob.kind === "choice")
    input = h(
      "select",
      {...shared, onchange: (event) => set(event.target.value)},
      knob.options.map((name) => h("option", {value: name, selected: name === (now ?? usual)}, name)),
    );
  else if (knob.kind === "switch")
    input = h("input", {
      ...shared,
      type: "checkbox",
      checked: (now ?? usual) === true,
      onchange: (event) => set(event.target.checked),
    });
  else
    input = h("input", {
      ...shared,
      ...(knob.kind === "line" ? {maxlength: knob.longest} : {inputmode: knob.whole ? "numeric" : "decimal"}),
      placeholder: usual,
      value: now === undefined ? "" : shown(now),
      oninput: typed(knob.kind === "line" ? (text) => text : read),
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
