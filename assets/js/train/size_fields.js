// How large a step is, how weights are kept and chosen, in which order variants train, for which device costs are told.

import {h} from "../core/dom.js";
import {t} from "../core/words.js";
import {select} from "./controls.js";
import {asNumber} from "./knobs.js";

const USUAL_PATIENCE = 3;

export function sizeFields(view) {
  const {fields} = view;
  const set = (name, value) => {
    if (value === null || value === "") delete fields[name];
    else fields[name] = value;
    view.actions.changed(false);
  };
  const number = (name, value, placeholder) =>
    h("input", {
      inputmode: "numeric",
      "data-field": name,
      placeholder,
      value,
      oninput: (event) => set(name, asNumber(event.target.value)),
    });
  // the first choice is what goes without saying
  const choice = (name, choices, said = (value) => value) =>
    select(
      name,
      choices,
      choices.some(([value]) => value === String(fields[name])) ? String(fields[name]) : "",
      (value) => set(name, said(value)),
    );
  const auto = ["", t("train.auto")];
  const precisions = view.choices.precisions.map((one) => (one === "auto" ? auto : [one, one.replace("_", " ")]));
  const controls = {
    gradient_accumulation: number("gradient_accumulation", fields.gradient_accumulation ?? 1),
    gradient_checkpointing: choice(
      "gradient_checkpointing",
      [auto, ["true", t("train.on")], ["false", t("train.off")]],
      (value) => value && value === "true",
    ),
    precision: choice("precision", precisions),
    order: choice("order", [
      ["", t("train.order_turns")],
      ["queue", t("train.order_queue")],
    ]),
    early_stop: number("early_stop", patience(fields.early_stop), t("train.off")),
    keep: choice("keep", [auto, ["last", t("train.keep_last")], ["best", t("train.keep_best")]]),
    device: deviceField(view),
  };
  return Object.entries(controls).map(([name, control]) =>
    h("label.field", {title: t(`train.${name}_help`)}, h("span", {}, t(`train.${name}`)), control),
  );
}

// what a recipe says of early stopping, as looks without a gain; a mapping leaves out what is usual
const patience = (said) =>
  said && typeof said === "object" ? (said.patience === null ? "" : (said.patience ?? USUAL_PATIENCE)) : said || "";

function deviceField(view) {
  const device = h("input", {
    "data-field": "device",
    list: "lab-devices",
    placeholder: t("train.device_here"),
    value: view.device || "",
    oninput: (event) => {
      view.device = event.target.value.trim() || null;
      view.actions.changed(false);
    },
  });
  const names = h(
    "datalist",
    {id: "lab-devices"},
    (view.choices.devices || []).map((name) => h("option", {value: name})),
  );
  return h("span", {}, device, names);
}
