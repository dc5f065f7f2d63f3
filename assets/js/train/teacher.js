// Who teaches, where the objective learns from another model: a base, or a finished run.

import {h} from "../core/dom.js";
import {t} from "../core/words.js";
import {baseOptions} from "./bases.js";
import {field, select} from "./controls.js";

// a teacher that is no copy of the student, if there is one on this machine
export const usualTeacher = ({bases}, base) =>
  (bases.find((one) => one.here && one.id !== base && !one.run) || bases[0]).id;

// fields: a recipe's fields, changed in place; stages that have teachers of their own say so in the YAML
export function teacherField(fields, choices, changed) {
  const set = (value) => {
    fields.teacher = value;
    changed(false);
  };
  return [
    field(t("train.teacher"), select("teacher", baseOptions(choices), fields.teacher || "", set)),
    h("p.explain.wide", {}, t("train.teacher_help")),
  ];
}
