// The axes of parallel coordinates: which settings have one, and where values and their ticks stand. Nothing here draws.

import {logTicks} from "./plot_layout.js";
import {isNumber} from "../core/format.js";

const CLOSE = 13; // between two ticks, so that their words don't meet
const LONGEST = 10; // letters of a tick

// the most important settings first where that is known; of those that part the variants in the same way only one
export function axisNames(table, figure, most) {
  const ranked = (table.importance[figure] || []).map((one) => one.setting);
  const names = [...new Set([...ranked, ...Object.keys(table.settings)])];
  const alike = names.map((name) => partsOf(table.settings[name]));
  return names.filter((_, i) => alike.indexOf(alike[i]) === i).slice(0, most);
}

// which variants have the same value: each value by when it first came
function partsOf(values) {
  const seen = [...new Set(values)];
  return values.map((value) => seen.indexOf(value)).join();
}

// where values stand on an axis: numbers by their size (by factors where they span a hundredfold), others in order
export function axisOf(values, {top, bottom}) {
  const numbers = values.filter((value) => value !== null);
  const room = (share) => bottom - share * (bottom - top);
  if (numbers.length && numbers.every(isNumber)) {
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const log = low > 0 && high / low >= 100;
    const scale = log ? Math.log10 : (value) => value;
    const share = (value) => (high > low ? (scale(value) - scale(low)) / (scale(high) - scale(low)) : 0.5);
    const between = log ? logTicks([Math.log10(low), Math.log10(high)]).map((power) => 10 ** power) : [low, high];
    const shown = [...new Set([low, ...between.filter((one) => one > low && one < high), high])];
    const y = (value) => (value === null ? bottom + 20 : room(share(value)));
    return {
      y,
      ticks: apart(
        shown.map((value) => [value, Number(value.toPrecision(3))]),
        y,
      ),
    };
  }
  const kinds = [...new Set(values.map(String))];
  const place = (value) => (kinds.length > 1 ? kinds.indexOf(String(value)) / (kinds.length - 1) : 0.5);
  const y = (value) => room(place(value));
  return {
    y,
    ticks: apart(
      kinds.map((kind) => [kind, kind === "null" ? "–" : kind]),
      y,
    ),
  };
}

// ticks whose words don't meet: the ends first, then what still has room
function apart(ticks, y) {
  const kept = [];
  for (const tick of [ticks[0], ticks.at(-1), ...ticks.slice(1, -1)])
    if (tick && !kept.some((other) => Math.abs(y(other[0]) - y(tick[0])) < CLOSE)) kept.push(tick);
  return ticks.filter((tick) => kept.includes(tick));
}

// a tick's words, the end of long ones left out
export const shortTick = (words) => {
  const letters = [...String(words)];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : letters.join("");
};
