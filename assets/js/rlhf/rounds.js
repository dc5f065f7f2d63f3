// The rounds of the feedback loop so far, a row a round.

import {swatch} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {formatFigure, formatShare, isNumber} from "../core/format.js";
import {currentLanguage, localized, t} from "../core/words.js";
import {reachable} from "../core/scrolling.js";

export function drawRounds(view) {
  const key = JSON.stringify([currentLanguage(), view.now.rounds]);
  if (view.table.dataset.key === key) return;
  view.table.dataset.key = key;
  if (!view.now.rounds.length)
    return fill(
      view.table,
      h("section.rounds", {}, h("h3", {}, t("rlhf.rounds")), h("p.soft", {}, t("rlhf.no_rounds"))),
    );
  const head = ["round_short", "from", "model", "policy", "score", "truth", "kl", "wins"].map((name, i) =>
    h(i < 4 ? "th.left" : "th", {title: t(`rlhf.col_${name}_help`)}, t(`rlhf.col_${name}`)),
  );
  fill(
    view.table,
    h(
      "section.rounds",
      {},
      h("h3", {}, t("rlhf.rounds")),
      h("p.soft", {}, t("rlhf.rounds_help")),
      reachable(
        h(
          "div.scroll-x",
          {},
          h(
            "table.results.lineage-table",
            {},
            h("thead", {}, h("tr", {}, head)),
            h(
              "tbody",
              {},
              view.now.rounds.map((one) => row(view, one)),
            ),
          ),
        ),
      ),
    ),
  );
}

const change = (pair, digits = 2) =>
  pair && (isNumber(pair[0]) || isNumber(pair[1]))
    ? h(
        "span.change",
        {},
        h("span.soft", {}, formatFigure(pair[0], digits)),
        " → ",
        h("b", {}, formatFigure(pair[1], digits)),
      )
    : "–";

function row(view, one) {
  const {policy, model, duel} = one;
  const script = view.choices.scripts.find((card) => card.id === one.watched);
  return h(
    "tr",
    {"data-round-row": policy.id},
    h("td.left", {}, h("b", {}, one.number)),
    h("td.left", {}, swatch(one.start.place), localized(one.start.name)),
    h(
      "td.left",
      {},
      model
        ? [
            model.name,
            h("small", {}, isNumber(model.accuracy) ? t("rlhf.right", {share: formatShare(model.accuracy, 1)}) : ""),
          ]
        : h("span.soft", {}, t("rlhf.no_model")),
    ),
    h(
      "td.left",
      {},
      swatch(policy.place),
      policy.name,
      h("small", {}, policy.status === "done" ? localized(policy.method_name) : t(`status.${policy.status}`)),
    ),
    h("td", {}, change(one.score)),
    h("td", {}, change(one.truth), script ? h("small", {}, localized(script.name)) : null),
    h("td", {}, formatFigure(one.kl, 1)),
    h(
      "td",
      {"data-wins": ""},
      duel
        ? [
            h("b", {}, formatShare(duel.chance, 1)),
            h(
              "small",
              {},
              t("rlhf.interval", {low: Math.round(100 * duel.low), high: Math.round(100 * duel.high), n: duel.votes}),
              duel.scripted ? ` · ${t("arena.of_scripts", {n: duel.scripted})}` : "",
            ),
          ]
        : policy.over
          ? h(
              "button.quiet.small",
              {onclick: () => view.act.toArena(policy.base, `run:${policy.id}`, "held_out")},
              t("rlhf.to_duel"),
            )
          : "–",
    ),
  );
}
