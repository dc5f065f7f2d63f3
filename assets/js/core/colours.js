// The colours of runs: a place in a comparison is a colour, wherever the run is shown (assets/css/00_tokens.css).

import {h} from "./dom.js";

const COLOURS = 8;

// a run's colour by its place; the base model has none
export const runColour = (place) =>
  place === null || place === undefined ? "var(--run-base)" : `var(--run-${place % COLOURS})`;

export const swatch = (place) => h("span.swatch", {style: `background:${runColour(place)}`});

// the same as a value, for what draws on a canvas
export function resolvedColour(place) {
  return getComputedStyle(document.body).getPropertyValue(runColour(place).slice(4, -1)).trim();
}
