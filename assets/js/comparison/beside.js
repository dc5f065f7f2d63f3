// Which runs of a comparison stand side by side.

import {MANY_VARIANTS, variantsOf} from "./variants.js";
import {isNumber} from "../core/format.js";

export const BESIDE = 4;

export const variants = (view) => variantsOf(view.state.runs);

// the runs that stand side by side: one of each variant picked; of many, else the best four (the first four while they
// run). Of very many, whose own colours repeat, those four have the first four colours.
export function beside(view) {
  const found = chosenRuns(view);
  return variants(view).length > MANY_VARIANTS ? found.map((run, place) => ({...run, place})) : found;
}

function chosenRuns(view) {
  if (variants(view).length <= BESIDE) return variants(view).map((one) => one.runs[0]);
  const mine = variants(view)
    .filter((one) => view.picked.has(one.name))
    .map((one) => one.runs[0]);
  if (mine.length) return mine;
  const known = view.state.runs.filter((run) => isNumber(run.held_out[1]));
  const first = variants(view).map((one) => one.runs[0]);
  const best = [...known]
    .toSorted((a, b) => a.held_out[1] - b.held_out[1])
    .filter((run, i, all) => all.findIndex((other) => other.variant === run.variant) === i);
  return (view.state.over && best.length >= BESIDE ? best : first)
    .slice(0, BESIDE)
    .toSorted((a, b) => view.state.runs.indexOf(a) - view.state.runs.indexOf(b));
}
