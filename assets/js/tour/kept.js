// What is remembered of the tour in this browser: whether it is open, closed or done, at which step, and how many
// answers were rated in it.

import {STEPS} from "./steps.js";

const KEPT = "lab.tour";
const STATES = ["open", "closed", "done"];

// {state, step, rated, own}; of what can't be read, nothing
export function readKept(text) {
  try {
    const {state, step, rated, own} = JSON.parse(text);
    if (!STATES.includes(state) || !STEPS.some((one) => one.id === step)) return null;
    return {state, step, rated: Number.isInteger(rated) ? rated : 0, own: typeof own === "string" ? own : null};
  } catch {
    return null;
  }
}

export const kept = () => readKept(localStorage.getItem(KEPT));

export const keep = ({state, step, rated, own}) =>
  localStorage.setItem(KEPT, JSON.stringify({state, step, rated, own}));

// how many were rated, from how many there were in all at the last look and are now: a vote more, or one taken back;
// any other difference is another match's
export function ratedNow(rated, last, now) {
  const more = now - last;
  return Math.abs(more) === 1 ? Math.max(0, rated + more) : rated;
}
