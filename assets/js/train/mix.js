// Several data sets as one: each with its share of the rows that are seen.

import {h, selectOptions} from "../core/dom.js";
import {localized, t} from "../core/words.js";
import {asNumber} from "./knobs.js";

const MOST = 6;

const asList = (data) => (Array.isArray(data) ? data : [data || "cuisine"]);
const asChoice = (one) => (typeof one === "string" ? {name: one} : one);

// data as a recipe names it: a name alone where that says all, one set without a list
export function shortMix(list) {
  const short = list.map((one) => {
    const said = Object.entries(asChoice(one)).filter(([name, value]) => !(name === "weight" && value === 1));
    return said.length === 1 ? said[0][1] : Object.fromEntries(said);
  });
  return short.length === 1 ? short[0] : short;
}

const keep = (view, list, structure) => {
  view.fields.data = shortMix(list);
  if (structure) return view.actions.dataChanged();
  view.actions.changed(false);
};

// another set, of the same kind where there is one; the lab says what does not go together
export function mixButton(view) {
  const list = asList(view.fields.data).map(asChoice);
  const unused = view.choices.data.find((one) => !list.some((own) => own.name === one.id));
  if (list.length >= MOST || !unused) return null;
  const kind = view.choices.data.find((one) => one.id === list[0].name)?.format;
  const alike = view.choices.data.find((one) => one.format === kind && !list.some((own) => own.name === one.id));
  const add = () => keep(view, [...list, {name: (alike || unused).id}], true);
  return h("button.quiet", {type: "button", "data-mix": "", onclick: add}, `+ ${t("train.mix")}`);
}

// a row a set: which, how much of it, and the way to take it out; nothing for a single one
export function mixRows(view) {
  if (!Array.isArray(view.fields.data)) return null;
  const list = view.fields.data.map((one) => ({...asChoice(one)}));
  return list.map((one, i) => {
    const options = view.choices.data.map((other) => ({
      value: other.id,
      words: other.upload ? other.id.replace(/^upload:/, "") : localized(other.name),
    }));
    const known = options.some((other) => other.value === one.name)
      ? options
      : [...options, {value: one.name, words: one.name}];
    const words = t("train.mix_remove");
    return h(
      "div.reward",
      {"data-mixed": i},
      h(
        "select",
        {
          "aria-label": t("train.data"),
          onchange: (event) => {
            list[i] = {name: event.target.value, ...(one.weight === undefined ? {} : {weight: one.weight})};
            keep(view, list, true);
          },
        },
        selectOptions(known, one.name),
      ),
      h("input", {
        inputmode: "decimal",
        value: one.weight ?? "",
        placeholder: "1",
        title: t("train.mix_weight_help"),
        "aria-label": t("train.mix_weight"),
        oninput: (event) => {
          const typed = event.target.value.trim();
          if (typed === "") delete one.weight;
          else one.weight = asNumber(typed);
          keep(view, list, false);
        },
      }),
      h(
        "button.icon",
        {
          type: "button",
          title: words,
          "aria-label": words,
          onclick: () =>
            keep(
              view,
              list.filter((_, place) => place !== i),
              true,
            ),
        },
        "×",
      ),
    );
  });
}
