// The right answer, where the data knows it, and the mark of an answer that is right or wrong.

import {h} from "./dom.js";
import {textOrGrid} from "./grids.js";
import {t} from "./words.js";

export const rightAnswer = (wanted) =>
  wanted ? h("p.right-answer", {"data-wanted": ""}, h("small", {}, t("page.right_answer")), textOrGrid(wanted)) : null;

// as an attribute says it
export const rightWord = (right) => (right === true || right === false ? String(right) : null);

// right: true, false, or null where that can't be told
export function rightMark(right) {
  if (right !== true && right !== false) return null;
  const words = t(right ? "page.right" : "page.wrong");
  return h(right ? "span.mark-right" : "span.mark-wrong", {role: "img", "aria-label": words, title: words});
}
