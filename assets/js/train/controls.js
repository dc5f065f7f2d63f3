// A labelled control, a choice and a fold, as the form's fields are.

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

// a native fold that is open while `open` (a Set, or a WeakSet of objects) has `key`, so that drawing anew keeps it so
export const fold = (open, key, {kind, ...attributes}, summary, ...content) =>
  h(
    kind,
    {
      ...attributes,
      open: open.has(key),
      ontoggle: (event) => (event.target.open ? open.add(key) : open.delete(key)),
    },
    h("summary", {}, summary),
    ...content,
  );
