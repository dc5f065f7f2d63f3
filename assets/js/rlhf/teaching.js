// With what the next policy would learn, and why it can't begin yet.

import {t} from "../core/words.js";

export const ENOUGH = 20; // votes from which one may go on to the next round; whether a duel is settled is said beside it

export const script = (view) => view.act.settings.script || view.now.ratings.script;

export const teacher = (view) =>
  view.choices.policy_objectives.find((one) => one.id === view.act.settings.objective) ||
  view.choices.policy_objectives[0];

// why a way of optimising can't begin yet, in a sentence; nothing when it can
export function lacking(view, way) {
  if (way.learns_from === "binary_feedback")
    return view.now.ratings.judged >= view.now.ratings.judged_needed
      ? null
      : t("rlhf.thumbs_missing", {
          n: view.now.ratings.judged,
          more: view.now.ratings.judged_needed - view.now.ratings.judged,
        });
  if (!way.rewarded)
    return view.now.ratings.missing
      ? t("rlhf.pairs_missing", {n: view.now.ratings.decided, more: view.now.ratings.missing})
      : null;
  return view.now.model.usable || view.act.settings.source === "script" ? null : t("rlhf.policy_waits");
}
