// Which runs of a comparison stand side by side.

import {MANY_VARIANTS, summarize, variantsOf} from "./variants.js";
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
  const chosen = areBest(view) ? ranked(view) : variants(view);
  return chosen
    .slice(0, BESIDE)
    .map((one) => one.runs[0])
    .toSorted((a, b) => view.state.runs.indexOf(a) - view.state.runs.indexOf(b));
}

// whether the four that nobody picked are those with the lowest held-out loss: only once all runs are over, and so many
// variants have one
export const areBest = (view) => view.state.over && ranked(view).length >= BESIDE;

// the variants by their mean held-out loss over runs that are done, the lowest first; one that was stopped has no place
function ranked(view) {
  const loss = (one) =>
    summarize(
      one.runs.filter((run) => run.status === "done"),
      (run) => run.held_out[1],
    )?.mean;
  return variants(view)
    .filter((one) => isNumber(loss(one)))
    .toSorted((a, b) => loss(a) - loss(b));
}
