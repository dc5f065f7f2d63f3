// What a table of results can tell of who is best, in words: below it, and on the figures that lead.

import {variantsOf} from "./variants.js";
import {h} from "../core/dom.js";
import {formatFigure} from "../core/format.js";
import {sendLetter} from "../core/tabs.js";
import {comma, localized, t} from "../core/words.js";

const SEEDS = 5;
const PARTS = ["order", "initialisation", "split"]; // as lab/recipe/repeats.py names them

// which of three cases a table is in: some figure's best is real, each variant has one seed, or chance explains all;
// null where nobody leads
export function caseOf(leaders) {
  const all = Object.values(leaders || {});
  if (!all.length) return null;
  if (all.some((one) => one.real)) return "some";
  return all.every((one) => one.difference.pairs < 2) ? "one_seed" : "none";
}

// view: {runs, leaders} of a comparison; nothing for a single run
export function certainty(view) {
  const lines = [leadLine(view), seedLine(view), searchLine(view)].filter(Boolean);
  return view.runs.length > 1 && lines.length ? h("div.certainty", {}, lines) : null;
}

function leadLine(view) {
  const found = caseOf(view.leaders);
  if (!found) return null;
  const again = () => sendLetter("form", {...view.what, repeat: SEEDS}, "train");
  return h(
    "p.soft",
    {"data-certainty": found},
    t(`result.certain_${found}`),
    found === "one_seed" && !view.recorded && view.runs.every((run) => run.over)
      ? [" ", h("button.quiet", {"data-more-seeds": "", onclick: again}, t("result.more_seeds", {n: SEEDS}))]
      : null,
  );
}

// which parts of a run the seeds of a variant decide, by what differs between its runs: their names
export function variedParts(runs) {
  const own = runs.filter((run) => run.variant === runs[0]?.variant);
  return PARTS.filter((part) => new Set(own.map((run) => run.seeds?.[part])).size > 1);
}

function seedLine(view) {
  const parts = variedParts(view.runs);
  if (!parts.length) return null;
  const named = (list) => list.map((part) => t(`result.seed_${part}`)).join(comma());
  const same = PARTS.filter((part) => !parts.includes(part));
  return h(
    "p.soft",
    {"data-seeds-vary": parts.join(" ")},
    t("result.seeds_vary", {parts: named(parts)}),
    same.length ? ` ${t("result.seeds_share", {parts: named(same)})}` : "",
  );
}

// whether learning rates were looked for, and how often
function searchLine(view) {
  if (!view.runs.some((run) => run.search_seconds)) return null;
  const often = variantsOf(view.runs).some((one) => one.runs.length > 1) ? "seed" : "once";
  return h("p.soft", {"data-searched": often}, t(`result.searched_${often}`));
}

// how surely a figure leads
export function leadWords({leader, digits}) {
  const {difference} = leader;
  const said = (value) => formatFigure(Math.abs(value), digits);
  const [low, high] = [difference.low, difference.high].map(Math.abs).toSorted((a, b) => a - b);
  return t("result.leads", {
    name: localized(leader.second),
    by: said(difference.mean),
    low: said(low),
    high: said(high),
    n: difference.pairs,
  });
}
