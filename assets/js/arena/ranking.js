// Below the Arena: who leads by votes with intervals, who won against whom, who rated, and how far raters agree.

import {runColour, swatch} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {isNumber} from "../core/format.js";
import {callServer, raterId} from "../core/server.js";
import {localized, t} from "../core/words.js";

// draws into `place`; refresh() asks anew, draw() only draws
export function mountRanking(place, server) {
  const view = {place, server, state: null, raters: "all", asked: 0};
  return {refresh: () => refresh(view), draw: () => draw(view)};
}

async function refresh(view) {
  const mine = ++view.asked;
  const got = await callServer(view.server.standings, {raters: view.raters, rater: raterId()});
  if (mine !== view.asked) return;
  view.state = got;
  draw(view);
}

function draw(view) {
  if (!view.state) return;
  if (view.state.problem) return fill(view.place, h("p.problem", {}, view.state.problem));
  if (!view.state.votes) return fill(view.place, h("p.empty", {}, t("arena.no_votes")));
  const pick = ["all", "people", "scripted"].map((one) =>
    h(
      "button",
      {
        "data-raters": one,
        "aria-pressed": String(view.raters === one),
        onclick: () => {
          view.raters = one;
          refresh(view);
        },
      },
      t(`arena.by_${one}`),
    ),
  );
  fill(
    view.place,
    h("div.section-head", {}, h("h3", {}, t("arena.ranking")), h("span.pick", {}, pick)),
    mixed(view),
    view.state.ranking.length
      ? [
          standings(view),
          h("p.soft", {}, settled(view), " ", t("arena.how")),
          view.state.ranking.length > 1 ? matrix(view) : null,
        ]
      : h("p.soft", {}, t("arena.no_ranking")),
    h("div.section-head", {}, h("h3", {}, t("arena.raters"))),
    who(view),
    agree(view),
  );
}

const mixed = (view) =>
  view.state.scripted && view.raters !== "people"
    ? h(
        "p.flag",
        {"data-mixed": ""},
        t(view.state.scripted === view.state.votes ? "arena.all_scripted" : "arena.mixed", {
          n: view.state.scripted,
          all: view.state.votes,
        }),
      )
    : null;

function settled(view) {
  const words =
    view.state.more === null
      ? t("arena.equal")
      : view.state.more
        ? t("arena.more", {n: view.state.more})
        : t("arena.settled");
  return words[0].toUpperCase() + words.slice(1) + t("page.stop");
}

const name = (one) => [swatch(one.place), localized(one.name), one.recipe ? h("small", {}, one.recipe) : null];

const percent = (value) => Math.round(100 * value);

const standings = (view) =>
  h(
    "div.standings",
    {},
    view.state.ranking.map((one) =>
      h(
        "div.standing",
        {
          "data-player-row": one.player,
          style: `--mine:${runColour(one.place)}`,
        },
        h("span.standing-name", {}, name(one)),
        h(
          "span.arena-bar",
          {"aria-hidden": "true"},
          h("i", {style: `left:${100 * one.low}%;width:${100 * (one.high - one.low)}%`}),
          h("b", {style: `left:${100 * one.chance}%`}),
        ),
        h(
          "span.standing-words",
          {},
          h("b", {}, `${percent(one.chance)} %`),
          ` (${percent(one.low)}–${percent(one.high)})`,
          h("small", {}, t("arena.games", {n: one.votes})),
        ),
      ),
    ),
  );

const matrix = (view) =>
  h(
    "details.more",
    {open: true},
    h("summary", {}, t("arena.matrix")),
    h(
      "div.scroll-x",
      {},
      h(
        "table.results.wins",
        {},
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", {}, t("arena.won")),
            view.state.ranking.map((one) => h("th", {}, localized(one.name))),
          ),
        ),
        h(
          "tbody",
          {},
          view.state.ranking.map((one, i) =>
            h(
              "tr",
              {},
              h("td.name", {}, name(one)),
              view.state.ranking.map((other, j) => {
                const games = view.state.wins[i][j] + view.state.wins[j][i];
                return i === j || !games
                  ? h("td.soft", {}, "·")
                  : h(
                      "td",
                      {style: `--part:${percent(view.state.wins[i][j] / games)}%`, "data-cell": ""},
                      `${view.state.wins[i][j]} / ${games}`,
                    );
              }),
            ),
          ),
        ),
      ),
    ),
  );

const called = (rater) => [
  rater.mine
    ? t("arena.you")
    : rater.scripted
      ? [h("mark.scripted", {}, t("arena.script")), " ", localized(rater.name)]
      : rater.number
        ? t("arena.person", {n: rater.number})
        : rater.name,
];

const who = (view) =>
  h(
    "p.raters",
    {},
    view.state.raters.map((rater) => h("span.chip", {}, called(rater), h("b", {}, ` ${rater.votes}`))),
  );

const kappa = (value) => (isNumber(value) ? `, κ ${value.toFixed(2)}` : "");

function agree(view) {
  const {agreement, consistency} = view.state;
  return h(
    "div.agreement",
    {},
    agreement
      ? h(
          "p",
          {"data-agreement": ""},
          t("arena.agree", {raters: agreement.raters, share: percent(agreement.share), pairs: agreement.pairs}),
          kappa(agreement.kappa),
          " ",
          h("small", {title: t("arena.kappa_help")}, t("arena.kappa")),
        )
      : h("p.soft", {}, t("arena.no_agreement")),
    agreement && view.state.between.length > 1
      ? h(
          "details.more",
          {},
          h("summary", {}, t("arena.two_by_two")),
          h(
            "ul",
            {},
            view.state.between.map((one) =>
              h(
                "li",
                {},
                called(one.raters[0]),
                " – ",
                called(one.raters[1]),
                ": ",
                t("arena.alike", {share: percent(one.share), pairs: one.pairs}),
                kappa(one.kappa),
              ),
            ),
          ),
        )
      : null,
    consistency.length
      ? consistency.map((one) =>
          h(
            "p",
            {"data-consistency": ""},
            called(one),
            ": ",
            t("arena.same_again", {same: one.same, pairs: one.pairs}),
          ),
        )
      : h("p.soft", {}, t("arena.no_consistency")),
  );
}
