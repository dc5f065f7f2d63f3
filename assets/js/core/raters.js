// Raters as they are named in the Arena and under RLHF: oneself, a script, a person by number, or a name from a file.

import {h} from "./dom.js";
import {localized, t} from "./words.js";

export const raterChip = (rater, count) => h("span.chip", {}, called(rater), h("b", {}, ` ${count}`));

export const called = (rater) =>
  rater.mine
    ? t("arena.you")
    : rater.scripted
      ? [h("mark.scripted", {}, t("arena.script")), " ", localized(rater.name)]
      : rater.number
        ? t("arena.person", {n: rater.number})
        : rater.name;
