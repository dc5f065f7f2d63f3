// Who rated, how far raters agree with each other and with themselves, and whether they prefer a side.

import {interval} from "./settled.js";
import {h} from "../core/dom.js";
import {isNumber, percent} from "../core/format.js";
import {called, raterChip} from "../core/raters.js";
import {t} from "../core/words.js";

export const drawRaters = (state) => [
  h("div.section-head", {}, h("h3", {}, t("arena.raters"))),
  h(
    "p.raters",
    {},
    state.raters.map((rater) => raterChip(rater, rater.votes)),
  ),
  h("div.agreement", {}, agree(state), again(state), sides(state)),
];

const kappa = (one) =>
  isNumber(one.kappa)
    ? `, κ ${one.kappa.toFixed(2)} (${t("arena.to", {low: one.kappa_low.toFixed(2), high: one.kappa_high.toFixed(2)})})`
    : "";

const shares = (one) => ({
  share: percent(one.share),
  interval: interval({low: one.share_low, high: one.share_high}),
  pairs: one.pairs,
});

function agree({agreement, between}) {
  if (!agreement) return h("p.soft", {}, t("arena.no_agreement"));
  return [
    h(
      "p",
      {"data-agreement": ""},
      t("arena.agree", {raters: agreement.raters, ...shares(agreement)}),
      kappa(agreement),
      " ",
      h("small", {title: t("arena.kappa_help")}, t("arena.kappa")),
    ),
    between.length > 1
      ? more("arena.two_by_two", between, (one) => [
          called(one.raters[0]),
          " – ",
          called(one.raters[1]),
          ": ",
          t("arena.alike", shares(one)),
          kappa(one),
        ])
      : null,
  ];
}

const again = ({consistency}) =>
  consistency.length
    ? consistency.map((one) =>
        h(
          "p",
          {"data-consistency": ""},
          called(one),
          ": ",
          t("arena.same_again", {same: one.same, pairs: one.pairs, interval: interval(one)}),
        ),
      )
    : h("p.soft", {}, t("arena.no_consistency"));

// sides are dealt by chance, so half of the votes for one of them should go to each
function sides({sides: all, sides_each: each}) {
  if (!all) return null;
  return [
    h(
      "p",
      {"data-sides": all.leans || ""},
      t("arena.sides", {share: percent(all.share), interval: interval(all), n: all.votes}),
      " ",
      h("small", {title: t("arena.sides_help")}, t("arena.sides_what")),
    ),
    all.leans ? h("p.flag", {}, t(`arena.leans_${all.leans}`)) : null,
    each.length > 1
      ? more("arena.by_rater", each, (one) => [
          called(one),
          ": ",
          t("arena.sides", {share: percent(one.share), interval: interval(one), n: one.votes}),
          one.leans ? h("b", {}, ` ${t(`arena.prefers_${one.leans}`)}`) : null,
        ])
      : null,
  ];
}

const more = (title, rows, words) =>
  h(
    "details.more",
    {},
    h("summary", {}, t(title)),
    h(
      "ul",
      {},
      rows.map((one) => h("li", {}, words(one))),
    ),
  );
