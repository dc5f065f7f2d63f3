// What was tuned, in words and shades: a module's sentence, the table of a model, the scale of the colours.

import {h} from "../core/dom.js";
import {formatCount, isNumber} from "../core/format.js";
import {comma, t} from "../core/words.js";
import {reachable} from "../core/scrolling.js";

const LEAST = 0.001;
const FAINT = 14;

export const percent = (value) =>
  !isNumber(value)
    ? "–"
    : value === 0
      ? "0 %"
      : value < LEAST
        ? "< 0.1 %"
        : `${Number((100 * value).toPrecision(2))} %`;

// what is shown together and measured alike shares one scale, logarithmic, from the least to the most
// the accent mixed into the ground, so many percent
export const mixed = (part) => `color-mix(in oklab, var(--lab-accent) ${part.toFixed(0)}%, var(--lab-card))`;

export function scaleOf(modules) {
  const known = modules
    .map((one) => one.by)
    .filter((by) => by > 0)
    .map((by) => Math.max(LEAST, by));
  const low = Math.log(Math.min(...known));
  const high = Math.max(Math.log(Math.max(...known)), low + 0.01);
  const mix = (part) => mixed(FAINT + (100 - FAINT) * Math.min(1, Math.max(0, part)));
  return {
    colour: (by) => mix(by > 0 ? (Math.log(Math.max(LEAST, by)) - low) / (high - low) : 0),
    ticks: known.length ? [0, 1 / 3, 2 / 3, 1].map((part) => [mix(part), Math.exp(low + part * (high - low))]) : [],
  };
}

export const asModule = ([name, kind, layer, parameters, trainable, by, how, rank]) => ({
  name,
  kind,
  layer,
  parameters,
  trainable,
  by,
  how,
  rank,
});

export const kindWords = (one) => t(`tuned.kind_${one.kind}`);

export const placeWords = (one) =>
  one.layer === null ? kindWords(one) : t("tuned.in_layer", {layer: one.layer + 1, kind: kindWords(one)});

export function sentence(one) {
  const size = one.parameters ? t("tuned.weights", {n: formatCount(one.parameters)}) : null;
  const trained = one.trainable
    ? t("tuned.trained", {n: formatCount(one.trainable)})
    : one.kind === "tokens"
      ? null
      : t("tuned.frozen");
  const far = isNumber(one.by) ? t(`tuned.by_${one.how}`, {far: percent(one.by)}) : null;
  return [size, trained, far, isNumber(one.rank) ? t("tuned.rank", {rank: one.rank}) : null]
    .filter(Boolean)
    .join(comma());
}

export function most(modules, now) {
  if (now !== "moved") return null;
  const far = modules.filter((one) => one.by > 0).toSorted((a, b) => b.by - a.by);
  return far.length ? t(`tuned.most_${far[0].how}`, {where: `${placeWords(far[0])} (${percent(far[0].by)})`}) : null;
}

// the same in words: a row a layer, a column a kind
export function table(modules) {
  const rows = [...new Set(modules.map((one) => one.layer))].toSorted((a, b) => (a === null) - (b === null) || a - b);
  const kinds = [...new Set(modules.map((one) => one.kind))];
  return reachable(
    h(
      "div.scroll-x",
      {},
      h(
        "table.told",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", {scope: "col"}, t("tuned.layer")),
            kinds.map((kind) => h("th", {scope: "col"}, t(`tuned.kind_${kind}`))),
          ),
        ),
        h(
          "tbody",
          {},
          rows.map((layer) =>
            h(
              "tr",
              {},
              h("th", {scope: "row"}, layer === null ? t("tuned.outside") : layer + 1),
              kinds.map((kind) =>
                h(
                  "td",
                  {},
                  modules
                    .filter((one) => one.layer === layer && one.kind === kind)
                    .map((one) =>
                      isNumber(one.by) && (one.by > 0 || one.trainable)
                        ? percent(one.by)
                        : one.trainable
                          ? formatCount(one.trainable)
                          : one.parameters
                            ? "·"
                            : "",
                    )
                    .join(" / "),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  );
}
