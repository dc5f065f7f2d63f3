// Figures by the values of a column of the data: a row a value, with how many rows it has, the share that came out right
// with its interval, and the held-out loss.

import {h} from "../core/dom.js";
import {formatFigure, isNumber, percent} from "../core/format.js";
import {nameOf, t} from "../core/words.js";
import {reachable} from "../core/scrolling.js";

const share = (value) => (isNumber(value) ? `${percent(value)} %` : "–");

// picture: ByValue of lab/store/pictures.py
export function byValue(name, picture) {
  const shares = Boolean(picture.measure);
  const losses = picture.losses.some(isNumber);
  const heads = [
    picture.column,
    t("picture.by_value_rows"),
    ...(shares ? [nameOf("metric", picture.measure)] : []),
    ...(losses ? [t("picture.by_value_loss")] : []),
  ];
  return reachable(
    h(
      "div.scroll-x",
      {},
      h(
        "table.by-value",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            heads.map((words) => h("th", {scope: "col"}, words)),
          ),
        ),
        h(
          "tbody",
          {},
          picture.values.map((value, i) =>
            h(
              "tr",
              {"data-value": value},
              h("th", {scope: "row", title: value}, value),
              h("td", {}, picture.rows[i]),
              shares ? h("td.by-share", {}, shareCell(picture, i)) : null,
              losses ? h("td", {}, change(picture.losses_before[i], picture.losses[i])) : null,
            ),
          ),
        ),
      ),
    ),
  );
}

function shareCell(picture, i) {
  if (!picture.counts[i]) return h("span.soft", {}, t("picture.by_value_none"));
  const [low, high] = [picture.low[i], picture.high[i]].map((one) => (isNumber(one) ? 100 * one : 0));
  return [
    h("span.soft", {}, isNumber(picture.before[i]) ? `${share(picture.before[i])} → ` : ""),
    h("b", {}, share(picture.shares[i])),
    h("small", {}, t("picture.by_value_sure", {low: Math.round(low), high: Math.round(high), n: picture.counts[i]})),
    h(
      "span.reach",
      {role: "presentation"},
      h("i", {style: `left:${low}%;width:${high - low}%`}),
      h("b", {style: `left:${100 * picture.shares[i]}%`}),
    ),
  ];
}

const change = (before, after) => [
  h("span.soft", {}, isNumber(before) ? `${formatFigure(before, 3)} → ` : ""),
  h("b", {}, formatFigure(after, 3)),
];
