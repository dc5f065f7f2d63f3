// What is typed into a field of a variant that may have several values, and how it is shown again: `2, 8, 32` is a list,
// `1e-4 … 1e-2 × 6` a range by equal factors, `0 … 0.3 × 4` an evenly spaced one. Each value makes a variant.

import {asNumber} from "./knobs.js";

const USUAL_NUMBER = 5;
const FACTOR = 10; // ends so far apart are spaced by equal factors
const RANGE = /^([^\s…]+?)\s*(?:…|\.{2,}|~|to|到|至)\s*([^\s…×]+?)(?:\s*[×x*]\s*(\d+))?(?:\s+(log|linear))?$/;
const ENTRIES = ["data", "reward", "remedy", "stages"]; // lists of these are entries (lab/recipe/sweep.py)

// a value, a list of values or a range; what can't be read as numbers goes to the lab as it is
export function asValues(text) {
  const range = text.trim().match(RANGE);
  if (range) {
    const [low, high] = [Number(range[1]), Number(range[2])];
    if (Number.isFinite(low) && Number.isFinite(high)) return rangeOf(low, high, range[3], range[4]);
  }
  const parts = text
    .split(/[,，、;；]/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map(asNumber);
  return parts.length > 1 ? parts : (parts[0] ?? "");
}

function rangeOf(low, high, number, spacing) {
  const log = spacing ? spacing === "log" : low > 0 && high / low >= FACTOR;
  return {[log ? "log" : "linear"]: [low, high], n: Number(number) || USUAL_NUMBER};
}

// as somebody would type it
export function valuesText(value) {
  if (Array.isArray(value)) return value.join(", ");
  if (!isRange(value)) return value ?? "";
  const text = `${short((value.log || value.linear)[0])} … ${short((value.log || value.linear)[1])} × ${value.n}`;
  const read = asValues(text);
  return Boolean(read.log) === Boolean(value.log) ? text : `${text} ${value.log ? "log" : "linear"}`;
}

const short = (number) =>
  number !== 0 && Math.abs(number) < 1e-3 ? number.toExponential().replace("e+", "e") : number;

const isRange = (value) => Boolean(value && typeof value === "object" && (value.log || value.linear));

// whether anything in a variant has several values
export function hasSeveral(value, name = "") {
  if (Array.isArray(value))
    return ENTRIES.includes(name) ? value.some((one) => hasSeveral(one)) : value.length > 0 && name !== "";
  if (isRange(value)) return true;
  return Boolean(
    value && typeof value === "object" && Object.entries(value).some(([key, one]) => hasSeveral(one, key)),
  );
}
