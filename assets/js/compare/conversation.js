// What changes in a conversation: plain functions from its state to the next one. The state is
// {talk, panes, chosen, base, blind, turns, rated, reasons, edits}; ratings are kept by "turn/pane".

const KEPT = ["talk", "panes", "chosen", "base", "blind", "rated", "reasons", "edits"];

export const noRatings = () => ({rated: {}, reasons: {}, edits: {}, editing: null});
export const keyOf = (turn, pane) => `${turn}/${pane.key}`;

// what a reload needs of it; what was said is the lab's to keep
export const toKeep = (state) => Object.fromEntries(KEPT.map((name) => [name, state[name]]));

// from what was kept, maybe by an older page, and the turns that the lab has
export const recalled = (kept, turns) => ({...noRatings(), ...toKeep({reasons: {}, edits: {}, ...kept}), turns});

// a thumb, another one, or none; its reason goes with it
export function withThumb({rated, reasons}, key, verdict) {
  return {rated: {...rated, [key]: verdict}, reasons: without(reasons, (other) => other === key)};
}

// the next verdict after a press on a thumb: pressed again, it is taken back
export const pressed = (now, verdict) => (now === verdict ? "none" : verdict);

// a turn is asked again: what was said of its answers goes
export function withoutTurn({rated, reasons, edits}, turn) {
  const ofTurn = (key) => key.startsWith(`${turn}/`);
  return {rated: without(rated, ofTurn), reasons: without(reasons, ofTurn), edits: without(edits, ofTurn)};
}

// who answers where nobody was chosen: the newest comparison's runs in their order
export function newestRuns(runs, most) {
  const mine = runs.filter((run) => run.comparison === runs[0].comparison);
  return mine
    .toSorted((a, b) => a.place - b.place)
    .slice(0, most)
    .map((run) => run.id);
}

const without = (entries, gone) => Object.fromEntries(Object.entries(entries).filter(([key]) => !gone(key)));
