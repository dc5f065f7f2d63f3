// Below the Arena: who leads by votes with intervals, whether it is settled, who won against whom, whom to compare next.

import {drawRaters} from "./raters.js";
import {interval, sameWords, settledWords} from "./settled.js";
import {runColour, swatch} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {isNumber, percent} from "../core/format.js";
import {callServer} from "../core/server.js";
import {localized, t} from "../core/words.js";

// draws into `place`; refresh() asks anew, draw() only draws; play(first, second) opens a match
export function mountRanking(place, server, play) {
  const view = {place, server, play, state: null, raters: "all", asked: 0};
  return {refresh: () => refresh(view), draw: () => draw(view)};
}

async function refresh(view) {
  const mine = ++view.asked;
  const got = await callServer(view.server.standings, {raters: view.raters});
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
          h("div.standings", {}, standings(view)),
          morePlayers(view.state),
          h("p", {"data-settled": view.state.verdict}, settled(view)),
          advice(view),
          view.state.ranking.length > 1 ? matrix(view) : null,
        ]
      : h("p.soft", {}, t("arena.no_ranking")),
    leftOut(view),
    view.state.ranking.length ? h("details.more.how-to-read", {}, h("summary", {}, t("arena.how_title")), how()) : null,
    drawRaters(view.state),
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

// of many players the page is told the first ones
const morePlayers = ({players, ranking}) =>
  players > ranking.length
    ? h("p.soft", {"data-more-players": ""}, t("arena.more_players", {n: players - ranking.length}))
    : null;

const how = () => ["share", "settled", "several", "same"].map((one) => h("p.soft", {}, t(`arena.how_${one}`)));

const name = (one) => [
  swatch(one.place),
  localized(one.name),
  one.recipe ? h("small", {}, localized(one.recipe)) : null,
];

// the groups one below the other, with why they are ranked apart
const standings = (view) =>
  view.state.ranking.map((one, i, all) => [
    i && one.group !== all[i - 1].group
      ? h("p.soft", {"data-parted": ""}, t(`arena.parted_${view.state.parted[one.group - 1]}`))
      : null,
    standing(one),
  ]);

const standing = (one) =>
  h(
    "div.standing",
    {
      "data-player-row": one.player,
      style: `--mine:${runColour(one.place)}`,
    },
    h("span.standing-name", {}, name(one)),
    isNumber(one.chance)
      ? h(
          "span.arena-bar",
          {"aria-hidden": "true"},
          h("i", {style: `left:${100 * one.low}%;width:${100 * (one.high - one.low)}%`}),
          h("b", {style: `left:${100 * one.chance}%`}),
        )
      : h("span.soft", {}, t("arena.no_share")),
    h(
      "span.standing-words",
      {},
      isNumber(one.chance) ? [h("b", {}, `${percent(one.chance)} %`), ` (${interval(one)})`] : "–",
      h("small", {}, t("arena.games", {n: one.votes})),
    ),
  );

function settled(view) {
  const {verdict, undecided} = view.state;
  if (verdict === "apart") return t("arena.apart");
  const words = settledWords(view.state);
  const who = undecided
    ? t("arena.between", {first: localized(undecided.first.name), second: localized(undecided.second.name)})
    : "";
  return who + words[0].toUpperCase() + words.slice(1) + t("page.stop");
}

// whom to compare next, a button each
const advice = (view) =>
  view.state.compare_next.length
    ? h(
        "p.compare-next",
        {},
        view.state.compare_next.map(([first, second]) =>
          h(
            "button.small",
            {"data-compare-next": `${first.base} ${second.base}`, onclick: () => view.play(first.base, second.base)},
            t("arena.compare_next", {first: localized(first.name), second: localized(second.name)}),
          ),
        ),
      )
    : null;

function leftOut(view) {
  const {equal, unranked, same_text: same} = view.state;
  return [
    same.same ? h("p.soft", {"data-same-text": ""}, sameWords(same)) : null,
    equal ? h("p.soft", {}, t("arena.equal_votes", {n: equal})) : null,
    unranked.map((one) => h("p.soft", {"data-unranked": ""}, name(one), " ", t("arena.unranked"))),
  ];
}

const isSettled = (view, one, other) =>
  view.state.settled.some((pair) => pair.includes(one.player) && pair.includes(other.player));

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
                      isSettled(view, one, other) ? h("small", {title: t("arena.settled")}, " ✓") : null,
                    );
              }),
            ),
          ),
        ),
      ),
    ),
  );
