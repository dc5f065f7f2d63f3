// Where things stand in the plot: its points, scales, ticks and names. Nothing here draws.

import {localized} from "../core/words.js";

export const HIGH = 340;
export const LEFT = 54;
export const RIGHT = 18;
export const TOP = 16;
export const BOTTOM = 44;
export const LARGEST = {few: 15, many: 10};
export const SMALLEST = 4;
export const REACH = 14;

export function range(values) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const air = (high - low || Math.abs(high) || 1) * 0.08;
  return [low >= 0 && low - air < 0 ? Math.min(0, low) : low - air, high + air];
}

export function ticks([low, high], count) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({length: Math.floor(high / step + 1e-9) - first + 1}, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

export function logTicks([low, high]) {
  const powers = [];
  for (let power = Math.ceil(low - 1e-9); power <= high + 1e-9; power += 1) powers.push(power);
  if (powers.length > 1) return powers;
  const within = [1, 2, 5]
    .flatMap((digit) => [Math.floor(low), Math.floor(high)].map((power) => power + Math.log10(digit)))
    .filter((one) => one >= low && one <= high);
  const found = [...new Set(within)].toSorted((a, b) => a - b);
  return found.length > 1 ? found : [low, high].map((one) => Math.log10(Number((10 ** one).toPrecision(2))));
}

// names beside the bubbles where there is room: first those that no other beats in both directions
export function labels(placed, {lowest}, wide) {
  const circles = placed.map((one) => [one.cx - one.r, one.cy - one.r, one.cx + one.r, one.cy + one.r, one]);
  const found = [];
  for (const one of byMerit(placed, lowest)) {
    const length = [...localized(one.name)].reduce((sum, letter) => sum + (letter > "⺀" ? 12 : 6.4), 0);
    const free = besides(one, length).find(
      ({frame: [left, top, right, bottom], frame}) =>
        left + 2 >= LEFT &&
        right <= wide &&
        top >= 2 &&
        bottom <= HIGH - BOTTOM &&
        !found.some((other) => meets(frame, other.frame)) &&
        !circles.some((circle) => circle[4] !== one && meets(frame, circle)),
    );
    if (free) found.push({name: one.name, ...free});
  }
  return found;
}

const meets = (box, other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];

// first those that no other beats in both directions, the best of them first
function byMerit(placed, lowest) {
  const good = (one) => (lowest ? -one.y.mean : one.y.mean);
  const beats = (other, one) =>
    good(other) >= good(one) && other.x.mean <= one.x.mean && (good(other) > good(one) || other.x.mean < one.x.mean);
  const beaten = (one) => placed.some((other) => other !== one && beats(other, one));
  return placed.toSorted((a, b) => beaten(a) - beaten(b) || good(b) - good(a));
}

// the places for a name beside its bubble: right, left, above, below
function besides(one, length) {
  const gap = one.r + 4;
  const places = [
    [one.cx + gap, one.cy + 4, "start", 0],
    [one.cx - gap, one.cy + 4, "end", length],
    [one.cx, one.cy - gap, "middle", length / 2],
    [one.cx, one.cy + gap + 9, "middle", length / 2],
  ];
  return places.map(([x, y, anchor, before]) => ({
    x,
    y,
    anchor,
    frame: [x - before - 2, y - 10, x - before + length + 2, y + 3],
  }));
}

// the plot's scales for points {x, y: {mean, deviation}, reach: {low, high}} on a width: X and Y from a value to a place,
// and their ticks; start and usual are levels that must be seen
export function scalesOf(list, {frontier, start, usual = null, wide}) {
  const reach = (one) => [one.mean - (one.deviation || 0), one.mean + (one.deviation || 0)];
  const across = range(list.flatMap((one) => (frontier ? [0, ...reach(one.x)] : [Math.log10(one.x.mean)])));
  const bars = list.flatMap((one) => (one.reach ? [one.reach.low, one.reach.high] : []));
  const upward = range([...list.map((one) => one.y.mean), ...bars, ...[start, usual].filter((one) => one !== null)]);
  const part = (value, [low, high]) => (value - low) / (high - low);
  return {
    X: (value) => LEFT + part(frontier ? value : Math.log10(value), across) * (wide - LEFT - RIGHT),
    Y: (value) => HIGH - BOTTOM - part(value, upward) * (HIGH - TOP - BOTTOM),
    xTicks: frontier ? ticks(across, 6) : logTicks(across).map((power) => 10 ** power),
    yTicks: ticks(upward, 5),
  };
}

// where each bubble stands and how large it is (its area says seconds), the largest first
export function place(list, {X, Y}, largest) {
  const most = Math.max(...list.map((one) => one.seconds), 1e-9);
  const placed = list.map((one) =>
    Object.assign({}, one, {
      cx: X(one.x.mean),
      cy: Y(one.y.mean),
      r: Math.max(SMALLEST, largest * Math.sqrt(one.seconds / most)),
    }),
  );
  return placed.toSorted((a, b) => b.r - a.r);
}

// which bubble a point lies in or near: the one whose middle is nearest, also where bubbles lie on each other
export function nearest(placed, x, y) {
  const far = placed.map((one) => Math.hypot(one.cx - x, one.cy - y));
  const i = far.indexOf(Math.min(...far));
  return i >= 0 && far[i] <= Math.max(placed[i].r, REACH) ? i : null;
}
