// One run's picture of what was tuned: its layers as rows of blocks.

import {kindWords, mixed, most, placeWords, sentence} from "./tuned_words.js";
import {fill, h, svg as s} from "../core/dom.js";
import {isNumber} from "../core/format.js";
import {t} from "../core/words.js";

const WIDE = 250;
const NUMBER = 20;
const SIDE = 14;
const GAP = 2;
const THINNEST = 3;
const TALLEST = 110;

// what the drawing of one model measures itself by
function layoutOf(modules, every) {
  const own = (layer) => modules.filter((one) => one.layer === layer && one.parameters);
  const layers = [...new Set(modules.map((one) => one.layer))]
    .filter((layer) => layer !== null)
    .toSorted((a, b) => a - b);
  const block = Math.max(...layers.map((layer) => own(layer).reduce((sum, one) => sum + one.parameters, 0)), 1);
  const high = Math.min(26, Math.max(8, 190 / layers.length));
  const left = NUMBER + (every.some((one) => one.kind === "tokens" && one.layer !== null) ? SIDE : 0);
  const right = every.some((one) => one.kind === "added") ? 2 * SIDE : 0;
  const tall = (one) => Math.min(TALLEST, Math.max(3, (high * one.parameters) / block));
  // perRow: parameters one unit of a row's width stands for
  return {modules, own, layers, block, high, left, right, tall, perRow: block / WIDE};
}

export function picture(view, run, modules, now, every) {
  const layout = layoutOf(modules, every);
  const outside = modules.filter((one) => one.layer === null && one.parameters);
  const parts = [];
  const at = {y: 2};
  addBars(view, layout, outside.filter((one) => one.kind !== "embeddings").toReversed(), now, parts, at);
  parts.push(kindsAbove(layout, at.y));
  at.y += 12;
  for (const layer of layout.layers.toReversed()) {
    parts.push(row(view, layout, layer, at.y, now));
    at.y += layout.high + GAP;
  }
  at.y += GAP;
  addBars(
    view,
    layout,
    outside.filter((one) => one.kind === "embeddings"),
    now,
    parts,
    at,
  );
  addFree(view, layout, now, parts, at);
  const counted = {
    name: run.name,
    n: modules.filter((one) => one.trainable).length,
    of: modules.filter((one) => one.parameters).length,
  };
  return s(
    "svg",
    {
      class: "tuned-picture",
      viewBox: `0 0 ${layout.left + WIDE + layout.right} ${at.y + 2}`,
      role: "img",
      "aria-label": `${t("tuned.words", counted)} ${most(modules, "moved") || ""}`,
    },
    parts,
  );
}

// modules outside the layers, a bar over the whole width each
function addBars(view, layout, modules, now, parts, at) {
  for (const one of modules) {
    const tall = layout.tall(one);
    parts.push(cell(view, one, layout.left, at.y, WIDE, tall, now), barWords(layout, one, at.y + tall / 2));
    at.y += tall + GAP + 1;
  }
}

function barWords(layout, one, middle) {
  if (layout.tall(one) < 10) return null;
  const times = one.parameters / layout.block;
  const cut = layout.high * times > TALLEST ? ` · ${t("tuned.cut", {n: times.toFixed(0)})}` : "";
  const place = {class: "tuned-word inside", x: layout.left + WIDE / 2, y: middle + 3.5, "text-anchor": "middle"};
  return s("text", place, kindWords(one) + cut);
}

// what was added outside the layers and replaces nothing, side by side below
function addFree(view, layout, now, parts, at) {
  let free = layout.left;
  for (const one of layout.modules.filter((other) => other.layer === null && !other.parameters)) {
    const width = Math.min(WIDE, Math.max(8, one.trainable / layout.perRow));
    parts.push(
      cell(view, one, free, at.y, width, layout.high, now),
      s("text", {class: "tuned-word", x: free + width + 4, y: at.y + layout.high / 2 + 3}, kindWords(one)),
    );
    free += width + 90;
  }
  if (free > layout.left) at.y += layout.high + GAP;
}

function kindsAbove(layout, y) {
  const modules = layout.own(layout.layers[0]);
  let x = layout.left;
  return modules.map((one) => {
    const width = widthOf(one, modules, layout.perRow);
    const middle = x + width / 2;
    x += width;
    if (width <= 7) return null;
    return s("text", {class: "tuned-word", x: middle, y: y + 8, "text-anchor": "middle"}, short(one, width));
  });
}

// a layer: its number, virtual tokens before it, its modules to scale, what was added beside it
function row(view, {modules, own, layers, high, left, perRow}, layer, y, now) {
  let across = left;
  const cells = own(layer).map((one) => {
    const width = widthOf(one, own(layer), perRow);
    const made = cell(view, one, across, y, width - 1, high, now);
    across += width;
    return made;
  });
  let beyond = left + WIDE + 3;
  const added = modules
    .filter((one) => one.layer === layer && one.kind === "added")
    .map((one) => {
      const width = Math.max(5, Math.min(SIDE - 2, one.trainable / perRow));
      const made = cell(view, one, beyond, y, width, high, now);
      beyond += width + 2;
      return made;
    });
  const tokens = modules
    .filter((one) => one.layer === layer && one.kind === "tokens")
    .map((one) => cell(view, one, NUMBER, y, SIDE - 4, high, now));
  const numbered = high >= 14 || layer === layers[0] || (layer + 1) % 5 === 0;
  const place = {class: "tuned-word", x: NUMBER - 4, y: y + high / 2 + 3.5, "text-anchor": "end"};
  return [numbered ? s("text", place, layer + 1) : null, tokens, cells, added];
}

// widths to scale, the thinnest wide enough to be seen
function widthOf(one, siblings, perRow) {
  const wanted = siblings.map((other) => Math.max(THINNEST, other.parameters / perRow));
  const sum = wanted.reduce((a, b) => a + b, 0);
  const full = siblings.reduce((a, b) => a + b.parameters, 0) / perRow;
  return (Math.max(THINNEST, one.parameters / perRow) * Math.max(full, THINNEST * siblings.length)) / sum;
}

function short(one, width) {
  const whole = t(`tuned.short_${one.kind}`);
  return whole.length * 6 < width ? whole : whole.slice(0, 1);
}

function cell(view, one, x, y, width, height, now) {
  const lit = one.trainable > 0;
  const rest = {x, y, width: Math.max(1, width), height, rx: Math.min(2, height / 3)};
  const group = s("g", {
    class: `cell${lit ? " may" : ""}${one.parameters ? "" : " new"}`,
    "data-module": one.name,
    "data-layer": one.layer,
  });
  if (now === "moved")
    group.append(
      s("rect", {
        ...rest,
        class: "ground",
        style:
          view.scales.has(one.how) && isNumber(one.by) && (one.by > 0 || lit)
            ? `fill:${view.scales.get(one.how).colour(one.by)}`
            : null,
      }),
    );
  else if (now === "rank")
    group.append(
      s("rect", {
        ...rest,
        class: "ground",
        style: isNumber(one.rank) ? `fill:${mixed(one.rank ? 15 + (85 * one.rank) / highest(view) : 0)}` : null,
      }),
      isNumber(one.rank) && height >= 10 && width >= 9
        ? s(
            "text",
            {class: "tuned-word inside", x: x + width / 2, y: y + height / 2 + 3.5, "text-anchor": "middle"},
            one.rank,
          )
        : "",
    );
  else {
    const part = lit ? Math.max(1.6, height * Math.min(1, one.parameters ? one.trainable / one.parameters : 1)) : 0;
    group.append(
      s("rect", {...rest, class: "ground"}),
      part
        ? s("rect", {x, width: Math.max(1, width), y: y + height - part, height: part, rx: rest.rx, class: "lit"})
        : "",
    );
  }
  group.append(s("title", {}, `${placeWords(one)}: ${sentence(one)}`));
  const tell = () => fill(view.told, h("b", {}, placeWords(one)), " ", h("code", {}, one.name), " ", sentence(one));
  group.addEventListener("mouseenter", tell);
  group.addEventListener("click", tell);
  return group;
}

export const highest = (view) =>
  Math.max(1, ...[...view.got.values()].flatMap((one) => one.modules.map((module) => module.rank || 0)));
