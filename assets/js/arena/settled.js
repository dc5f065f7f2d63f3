// Whether it is settled who is better, in words: the same under the question, in the ranking and in a duel.

import {isNumber, percent} from "../core/format.js";
import {t} from "../core/words.js";

// verdict as in lab/feedback/comparisons.py; more: about how many more votes it takes, null where nobody can tell
export function settledWords({verdict, more}) {
  if (verdict === "settled") return t("arena.settled");
  if (verdict === "alike") return t("arena.alike_players");
  return more ? t("arena.more", {n: more}) : t("arena.open");
}

// how many pairs were twice the same text, and what that means for the shares; null where none was
export function sameWords({pairs, same, with_same: withSame}) {
  if (!same) return null;
  const told = t("arena.same_text", {share: percent(same / pairs), same, pairs});
  return isNumber(withSame) ? `${told} ${t("arena.same_text_means", {share: percent(withSame)})}` : told;
}

export const interval = ({low, high}) => (isNumber(low) ? `${percent(low)}–${percent(high)}` : "");
