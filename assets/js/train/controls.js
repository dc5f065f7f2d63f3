// A labelled control and a choice, as the form's fields are.

import {h, selectOptions} from "../core/dom.js";

export const field = (label, ...inputs) => h("label.field.wide", {}, h("span", {}, label), ...inputs);

export const select = (name, options, now, set) =>
  h(
    "select",
    {"data-field": name, onchange: (event) => set(event.target.value)},
    selectOptions(
      [...options, ...(options.some(([value]) => value === now) ? [] : [[now, now]])].map(([value, words, group]) => ({
        value,
        words,
        group,
      })),
      now,
    ),
  );
