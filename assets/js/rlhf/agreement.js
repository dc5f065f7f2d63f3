// Whether the reward model agrees with who looks: how often it would have chosen the same answer, beside what simple
// rules get, and apart from it what it has learned from.

import {fill, h} from "../core/dom.js";
import {percent} from "../core/format.js";
import {callServer} from "../core/server.js";
import {currentLanguage, t} from "../core/words.js";

// toArena(first, second, source): opens the Arena with these players
export function mountAgreement(place, server, toArena) {
  const view = {place, server, toArena, now: null, got: null, asked: null, drawn: null};
  return {follow: (now) => follow(view, now)};
}

// asks when there is something new to score, but not while a script still votes
async function follow(view, now) {
  view.now = now;
  const model = now.model.usable;
  const busy = now.ratings.work?.busy || now.duel.work?.busy;
  const key = JSON.stringify([model, now.ratings.newest]);
  draw(view);
  if (!model || view.asked === key || (busy && view.got)) return;
  if (JSON.parse(view.asked || "[]")[0] !== model) view.got = null;
  view.asked = key;
  draw(view);
  const got = await callServer(view.server.agreement, {model});
  if (view.asked !== key) return; // there is a newer question
  view.got = got;
  if (got.unreachable) view.asked = null;
  draw(view);
}

function draw(view) {
  const key = JSON.stringify([currentLanguage(), view.now.model.usable, view.now.base, view.got]);
  if (view.drawn === key) return;
  view.drawn = key;
  fill(view.place, view.now.model.usable ? section(view) : null);
}

function section(view) {
  const {got} = view;
  return h(
    "section.agrees",
    {"data-agrees": got ? (got.whose ?? "nobody") : "busy"},
    h("h3", {}, t(got?.whose === "all" ? "rlhf.agrees_all" : "rlhf.agrees")),
    !got
      ? h("p.soft", {}, t("rlhf.agrees_busy"))
      : got.problem
        ? h("p.problem", {role: "alert"}, got.problem)
        : got.whose
          ? [h("p.soft", {}, t("rlhf.agrees_help")), figures(got)]
          : null,
    got && !got.problem && got.whose !== "mine" ? notYou(got) : null,
    got && !got.problem ? h("p", {}, voteButton(view)) : null,
  );
}

const notYou = (got) =>
  h(
    "p",
    {"data-not-you": ""},
    t("rlhf.agrees_not_you"),
    got.scripted ? h("mark.scripted", {}, t("arena.of_scripts", {n: got.scripted})) : null,
  );

// held-out questions are what no reward model of this loop has learned from
const voteButton = (view) =>
  h(
    "button",
    {"data-do": "vote_new", onclick: () => view.toArena(view.now.base, view.now.base, "held_out")},
    t("rlhf.agrees_vote"),
  );

function figures(got) {
  const {new: fresh, learned, longer, left} = got;
  const parts = [
    group("votes", fresh.votes, learned.votes, [
      ["longer", longer.votes],
      ["left", left],
    ]),
    group("thumbs", fresh.thumbs, learned.thumbs, [["longer", longer.thumbs]]),
  ];
  return parts.some(Boolean) ? h("div.agrees-groups", {}, parts) : h("p", {}, t("rlhf.agrees_nothing"));
}

// one kind of rating: a row for the model, for each simple rule, and for what it has learned from
function group(kind, fresh, learned, rules) {
  if (!fresh.count && !learned.count) return null;
  return h(
    "div.agrees-group",
    {"data-agrees-kind": kind},
    h("h4", {}, t(`rlhf.agrees_${kind}`, {n: fresh.count})),
    fresh.count
      ? [row("model", fresh), ...rules.map(([name, share]) => row(name, share)), verdict(fresh, rules)]
      : h("p", {}, t("rlhf.agrees_none_new")),
    learned.count ? [h("h5", {}, t(`rlhf.agrees_learned_${kind}`, {n: learned.count})), row("model", learned)] : null,
  );
}

const shareOf = (one) => one.right / one.count;

function row(name, one) {
  return h(
    "div.agrees-row",
    {"data-agrees-row": name, title: t(`rlhf.agrees_${name}_help`)},
    h("span", {}, t(`rlhf.agrees_${name}`)),
    h(
      "span.arena-bar",
      {"aria-hidden": "true"},
      h("i", {style: `left:${percent(one.low)}%;width:${percent(one.high - one.low)}%`}),
      h("b", {style: `left:${percent(shareOf(one))}%`}),
    ),
    h("b", {}, `${percent(shareOf(one))} %`),
    h("small", {}, `${percent(one.low)}–${percent(one.high)} %`),
  );
}

// what the interval says against the best of the simple rules, and against a coin
function verdict(fresh, rules) {
  const best = Math.max(0.5, ...rules.map(([, share]) => shareOf(share)));
  const word = fresh.low > best ? "better" : fresh.high < 0.5 ? "worse" : "open";
  return h(word === "worse" ? "p.flag" : "p", {"data-agrees-verdict": word}, t(`rlhf.agrees_${word}`));
}
