// Rows of a file that can't be read: how many, the first few with their reasons, and a way on without them.

import {h} from "./dom.js";
import {t} from "./words.js";

// bad: {where, count, rows, reasons}; goOn() is offered where other rows are left
export const badRows = ({where, count, rows, reasons}, goOn) =>
  h(
    "div.problem",
    {role: "alert", "data-bad-rows": ""},
    h("p", {}, t("page.bad_rows", {where, n: count, rows})),
    h(
      "ul",
      {},
      reasons.map((reason) => h("li", {}, reason)),
    ),
    count < rows
      ? h("button.small", {type: "button", "data-go-on": "", onclick: goOn}, t("page.go_on_without", {n: count}))
      : t("page.no_good_row"),
  );
