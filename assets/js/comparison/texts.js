// Texts side by side, a row an example; one that came out right has a tick.

import {h} from "../core/dom.js";
import {nameOf, t} from "../core/words.js";

export function texts(name, picture) {
  const right = picture.right.filter(Boolean).length;
  return h(
    "div.texts-picture",
    {},
    h("p.soft", {}, t("picture.right_of", {n: right, of: picture.right.length})),
    picture.rows.map((row, i) =>
      h(
        "dl",
        {class: picture.right[i] ? "right" : "wrong"},
        picture.columns.map((column, j) => [
          h("dt", {}, nameOf("picture", `${name}_${column}`)),
          h("dd", {"data-column": column}, row[j]),
        ]),
      ),
    ),
  );
}
