// The models of a form's choices as options: the catalogue, then finished runs.

import {localized, t} from "../core/words.js";

export const baseOptions = (choices) =>
  choices.bases.map((base) => [
    base.id,
    base.run
      ? t("train.from_run", {name: base.run, recipe: base.recipe})
      : localized(base.name) + (base.here ? "" : ` (${t("train.not_here")})`),
  ]);
