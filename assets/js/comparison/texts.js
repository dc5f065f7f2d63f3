// Texts side by side, a row an example; one that came out right has a tick, where that is told.

import {h} from "../core/dom.js";
import {nameOf, t} from "../core/words.js";

export function texts(name, picture) {
  const told = picture.right.length > 0;
  const right = picture.right.filter(Boolean).length;
  return h(
    "div.texts-picture",
    {},
    told ? h("p.soft", {}, t("picture.right_of", {n: right, of: picture.right.length})) : null,
    picture.rows.map((row, i) =>
      h(
        "dl",
        {class: !told ? "" : picture.right[i] ? "right" : "wrong"},
        picture.columns.map((column, j) => [
          h("dt", {}, nameOf("picture", `${name}_${column}`)),
          h("dd", {"data-column": column}, said(`${name}_${column}`, row[j])),
        ]),
      ),
    ),
  );
}

// a text as it is; a list of words that have names of their own (the ways a row was made), by these
function said(column, value) {
  const named = value.split(", ").map((one) => [t(`picture.${column}_${one}`), one]);
  return named.every(([words, one]) => words !== `picture.${column}_${one}`)
    ? named.map(([words]) => words).join(", ")
    : value;
}
