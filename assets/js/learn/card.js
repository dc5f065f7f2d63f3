// A method's card: its picture, cost, when to use it, its paper and knobs.

import {fill, h} from "../core/dom.js";
import {formatBytes, formatCount, formatDuration, formatShare, isNumber} from "../core/format.js";
import {sendLetter} from "../core/tabs.js";
import {comma, currentLanguage, localized, nameOf, t} from "../core/words.js";
import {networkPicture, networkWords} from "./network.js";

export const LEAST = 0.0001;

const every = (view) => [...view.map.methods, ...view.map.objectives, ...view.map.recipe_cards, ...view.map.remedies];

export const groupWords = (one) => (one.stem ? t(`learn.by_${one.stem}`) : nameOf("family", one.family));

export const share = (one) => (isNumber(one.trainable) ? one.trainable / one.of : null);

export function drawCard(view) {
  const one = view.map && every(view).find((other) => other.id === view.open);
  view.place.classList.toggle("card-open", Boolean(one));
  if (!one) return fill(view.card);
  const name = localized(one.name);
  const other = currentLanguage() === "en" ? one.name.zh : one.name.en;
  const words = t("learn.close");
  const close = () => view.actions.choose(null);
  fill(
    view.card,
    h(
      "div.page-head",
      {},
      h("span", {}, groupWords(one)),
      h("button.icon", {"aria-label": words, title: words, onclick: close}, "×"),
    ),
    h("h2", {}, name),
    other === name ? null : h("p.soft", {}, other),
    h("p.card-explain", {}, localized(one.explain)),
    shape(view, one),
    h("div.next", {}, tryButton(view, one)),
    facts(one),
    one.knobs?.length ? knobs(one) : null,
  );
}

// a method's network and cost, the courses of a way, or what an objective needs
function shape(view, one) {
  if (!one.parts)
    return one.nets ? [h("div.nets", {}, one.nets.map(course)), wayCost(one.cost)] : one.formats ? needs(one) : null;
  const lit = t("learn.lit", {parts: networkWords(one.parts)});
  return [h("figure", {}, networkPicture(one.parts, true), h("figcaption.soft", {}, lit)), methodCost(view, one)];
}

function tryButton(view, one) {
  if (!one.parts && !one.try && !one.recipe) return h("p.soft", {}, t("learn.no_recipe"));
  const tryOut = () => {
    if (one.recipe) sendLetter("form", {recipe: one.recipe}, "train");
    else view.actions.tryIt(one.parts ? {methods: [one.id]} : {objective: one.id});
  };
  return h("button.primary", {"data-try": one.id, title: t("learn.try_help"), onclick: tryOut}, t("learn.try"));
}

const facts = (one) =>
  h(
    "dl.facts",
    {},
    h("dt", {}, t("learn.use_when")),
    h("dd", {}, localized(one.good)),
    h("dt", {}, t("learn.think_twice")),
    h("dd", {}, localized(one.bad)),
    one.paper ? [h("dt", {}, t("learn.paper")), h("dd", {}, paper(one))] : null,
  );

function knobs(one) {
  const rows = one.knobs.map((knob) => [
    h("dt", {}, localized(knob.label)),
    h("dd", {}, localized(knob.help), " ", h("code", {}, String(knob.default))),
  ]);
  return h("details", {}, h("summary", {}, t("learn.knobs")), h("dl.row", {}, rows));
}

const methodCost = (view, one) =>
  h(
    "div.card-cost",
    {},
    share(one) === null
      ? null
      : [
          h(
            "div.log.wide",
            {title: t("learn.scale_help")},
            h("i", {style: `width:${Math.max(1, 100 * (1 + Math.log10(Math.max(LEAST, share(one))) / 4))}%`}),
          ),
          h(
            "p.soft.scale",
            {},
            ["0.01 %", "0.1 %", "1 %", "10 %", "100 %"].map((words) => h("span", {}, words)),
          ),
          h(
            "p",
            {},
            t("learn.trains", {
              share: formatShare(one.trainable, one.of),
              count: whole(formatCount(one.trainable)),
              of: whole(formatCount(one.of)),
              base: view.map.base,
              size: whole(formatBytes(one.bytes)),
            }),
          ),
        ],
    h("p.soft", {}, t(one.adapter ? (one.mergeable ? "learn.merge" : "learn.no_merge") : "learn.whole")),
  );

// a variant of a way's recipe: the networks of its stages, one after the other
const course = ({name, stages}) =>
  h(
    "figure.course",
    {},
    h(
      "div.course-nets",
      {},
      stages.map((parts, i) => [i ? h("span.soft", {"aria-hidden": "true"}, "→") : null, networkPicture(parts)]),
    ),
    h("figcaption", {}, name),
  );

const wayCost = (cost) =>
  cost
    ? h(
        "p.card-cost.soft",
        {},
        t("learn.way_cost", {
          n: cost.variants,
          share:
            cost.least === cost.most
              ? formatShare(cost.most, 1)
              : `${formatShare(cost.least, 1)} – ${formatShare(cost.most, 1)}`,
          time: formatDuration(cost.seconds),
        }),
      )
    : h("p.card-cost.soft", {}, t("learn.way_no_base"));

const whole = (figure) => figure.replace(" ", "\u00a0");

const needs = (one) =>
  h(
    "p.card-cost",
    {},
    h("b", {}, t("learn.needs"), " "),
    one.formats.map((format) => t(`learn.format_${format}`)).join(comma()),
  );

// a paper as its card names it; arXiv numbers are links for who wants to read on
function paper(one) {
  return one.paper
    .split(/(arXiv:\d{4}\.\d{4,5})/)
    .map((words) =>
      words.startsWith("arXiv:")
        ? h("a", {href: `https://arxiv.org/abs/${words.slice(6)}`, target: "_blank", rel: "noopener noreferrer"}, words)
        : words,
    );
}
