// What each station of the loop has come to, and what it still lacks.

import {progressRows} from "../comparison/progress.js";
import {h} from "../core/dom.js";
import {formatFigure, isNumber, percent} from "../core/format.js";
import {raterChip} from "../core/raters.js";
import {localized, t} from "../core/words.js";
import {lacking, teacher} from "./teaching.js";

const CHANCE = 0.5; // of telling apart by tossing a coin
const GUESSING = 0.6; // telling fewer pairs apart is next to tossing a coin

const big = (value, words) => h("p.station-big", {}, h("b", {}, value), " ", h("span", {}, words));

const meter = (work, words) =>
  work
    ? h(
        "div.arena-meter",
        {},
        h(
          "span.bar",
          {role: "progressbar", "aria-valuenow": work.done, "aria-valuemax": work.total, "aria-label": words},
          h("i", {style: `width:${(100 * work.done) / Math.max(1, work.total)}%`}),
        ),
        h("span.soft", {}, words),
      )
    : null;

const scriptName = (view, id) => localized(view.choices.scripts.find((one) => one.id === id)?.name) || id;

const voting = (view, work) =>
  work &&
  (work.busy || work.problem) &&
  meter(work, work.problem || t("arena.script_busy", {n: work.votes, rater: scriptName(view, work.rater)}));

function progress(view, run) {
  if (run && !run.over) return progressRows([run]);
  if (!run || run.status === "done" || run.status === "cancelled") return null;
  return h(
    "p.problem",
    {role: "alert"},
    run.error ? run.error.split("\n")[0] : t("rlhf.interrupted", {name: localized(run.name)}),
    " ",
    h("button.small", {"data-do": "go_on", onclick: () => view.act.resume(run.id)}, t("runs.resume")),
  );
}

const bar = (one) =>
  h(
    "span.arena-bar",
    {"aria-hidden": "true"},
    h("i", {style: `left:${percent(one.low)}%;width:${percent(one.high - one.low)}%`}),
    h("b", {style: `left:${percent(one.chance)}%`}),
  );

function ratingsState(view) {
  const {ratings} = view.now;
  const scripted = ratings.kinds.reduce((sum, one) => sum + one.scripted, 0);
  const each = ratings.kinds
    .filter((one) => one.people + one.scripted)
    .map((one) =>
      h(
        "li",
        {"data-kind": one.kind},
        t(`rlhf.kind_${one.kind}`, {n: one.people + one.scripted}),
        one.scripted ? h("mark.scripted", {}, t("arena.of_scripts", {n: one.scripted})) : null,
      ),
    );
  return [
    big(ratings.decided, t("rlhf.decided")),
    h(
      "p",
      {"data-needs": ""},
      ratings.missing
        ? t("rlhf.votes_missing", {n: ratings.decided, more: ratings.missing})
        : t("rlhf.votes_enough", {here: ratings.here}),
    ),
    each.length ? h("ul.counts", {}, each) : null,
    ratings.raters.length
      ? h(
          "p.raters",
          {},
          ratings.raters.map((rater) => raterChip(rater, rater.count)),
        )
      : null,
    scripted && scripted < ratings.kinds.reduce((sum, one) => sum + one.people + one.scripted, 0)
      ? h("p.flag", {}, t("rlhf.mixed"))
      : null,
    voting(view, ratings.work),
    ratings.fill?.busy
      ? meter(ratings.fill, t("arena.pairs_done", ratings.fill))
      : ratings.fill?.problem
        ? h("p.problem", {}, ratings.fill.problem)
        : null,
  ];
}

// what a confidence of 80 % then is worth
const calibration = (error) => ({
  n: percent(error),
  low: percent(Math.max(0, 0.8 - error)),
  high: percent(Math.min(1, 0.8 + error)),
});

function modelState(view) {
  const {run, usable, learned, available, of_before, held_out} = view.now.model;
  const figures = run && run.over && !run.error ? run.metrics : {};
  const after = (name) => figures[name]?.[1];
  const sure = run?.sure?.accuracy;
  return [
    progress(view, run),
    isNumber(after("accuracy"))
      ? [
          big(
            `${percent(after("accuracy"))} %`,
            sure
              ? t("rlhf.accuracy_sure", {n: sure.n, low: percent(sure.after[0]), high: percent(sure.after[1])})
              : t("rlhf.accuracy", {n: Math.round((learned ?? available) * (held_out || 0))}),
          ),
          sure && sure.after[0] <= CHANCE && after("accuracy") > CHANCE
            ? h("p.flag", {}, t("rlhf.may_guess"))
            : after("accuracy") < GUESSING
              ? h("p.flag", {}, t("rlhf.guesses"))
              : null,
          h(
            "ul.counts",
            {},
            h("li", {}, t("rlhf.calibration", calibration(after("calibration_error") || 0))),
            h(
              "li",
              {},
              t(
                Math.abs(after("length_bias") || 0) < 0.2
                  ? "rlhf.length_free"
                  : after("length_bias") > 0
                    ? "rlhf.length_long"
                    : "rlhf.length_short",
                {r: formatFigure(after("length_bias"), 2)},
              ),
            ),
          ),
        ]
      : null,
    h(
      "p",
      {"data-needs": ""},
      run && !run.over
        ? t("rlhf.model_busy")
        : usable && of_before
          ? t("rlhf.model_before")
          : usable && learned !== null && available > learned
            ? t("rlhf.model_older", {learned, available})
            : usable
              ? t("rlhf.model_ready", {n: learned ?? available})
              : view.now.ratings.missing
                ? t("rlhf.model_waits", {more: view.now.ratings.missing})
                : t("rlhf.model_can", {n: available}),
    ),
  ].flat();
}

function policyState(view) {
  const run = view.now.policy;
  const way = teacher(view);
  const lack = lacking(view, way);
  const reward = run?.over ? run.metrics.reward : null;
  return [
    progress(view, run),
    reward && isNumber(reward[1])
      ? big(`${formatFigure(reward[0], 2)} → ${formatFigure(reward[1], 2)}`, t("rlhf.rewarded"))
      : null,
    h(
      "p",
      {"data-needs": ""},
      run && !run.over
        ? t("rlhf.policy_busy")
        : lack ||
            (run
              ? t("rlhf.policy_done", {name: localized(run.name)})
              : t("rlhf.policy_can", {name: localized(view.now.start.name)})),
    ),
  ];
}

function duelState(view) {
  const {duel} = view.now;
  const result = duel.result;
  return [
    result
      ? big(`${percent(result.chance)} %`, t("rlhf.wins", {low: percent(result.low), high: percent(result.high)}))
      : null,
    result ? bar(result) : null,
    isNumber(duel.collapsed)
      ? h("p.flag", {"data-collapsed": ""}, t("rlhf.duel_collapsed", {percent: percent(duel.collapsed)}))
      : null,
    result
      ? h(
          "ul.counts",
          {},
          h(
            "li",
            {"data-duel-votes": result.votes},
            t("rlhf.duel_votes", {n: result.votes}),
            result.scripted ? h("mark.scripted", {}, t("arena.of_scripts", {n: result.scripted})) : null,
          ),
        )
      : null,
    h(
      "p",
      {"data-needs": ""},
      !duel.first
        ? t("rlhf.duel_waits")
        : !result
          ? t("rlhf.duel_can")
          : t(`rlhf.duel_${duelWord(result)}`, {n: result.more}),
    ),
    voting(view, duel.work),
  ];
}

function duelWord({verdict, more, chance}) {
  if (verdict === "settled") return chance > 0.5 ? "won" : "lost";
  if (verdict === "alike") return "alike";
  return more ? "more" : "open";
}

export const stateOf = (view, name) =>
  ({
    ratings: () => ratingsState(view),
    model: () => modelState(view),
    policy: () => policyState(view),
    duel: () => duelState(view),
  })[name]();
