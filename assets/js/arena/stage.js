// The Arena's stage: the question, two answers, the buttons; and how votes stand above it.

import {meter} from "./scripted.js";
import {interval, sameWords, settledWords} from "./settled.js";
import {runColour, swatch} from "../core/colours.js";
import {fill, h, selectOptions} from "../core/dom.js";
import {formatShare, formatTime} from "../core/format.js";
import {localized, t} from "../core/words.js";

const VERDICTS = ["left", "tie", "both_bad", "right"];

const optionsOf = (view, value) =>
  selectOptions(
    [
      ...view.people.bases.map((one) => ({value: one.id, words: localized(one.name), group: t("arena.bases")})),
      ...view.people.runs.map((run) => ({
        value: `run:${run.id}`,
        words: `${localized(run.name)} — ${localized(run.recipe)}, ${formatTime(run.created)}`,
        group: t("arena.runs"),
      })),
    ],
    value,
  );

export function drawTop(view) {
  const player = (side) =>
    h(
      "select",
      {
        "data-player": side,
        "aria-label": t("arena.player"),
        onchange: (event) => view.actions.choose({[side]: event.target.value}),
      },
      optionsOf(view, view.match[side]),
    );
  view.own.placeholder = t("arena.own");
  view.own.setAttribute("aria-label", t("arena.own"));
  const had = document.activeElement === view.own;
  fill(
    view.top,
    h(
      "div.arena-players",
      {},
      player("first"),
      h("span.soft", {}, t("arena.against")),
      player("second"),
      h(
        "label.field.inline",
        {},
        h("span", {}, t("arena.questions")),
        h(
          "select",
          {
            "data-source": "",
            "aria-label": t("arena.questions"),
            onchange: (event) => view.actions.choose({source: event.target.value}),
          },
          ["prompts", "held_out"].map((one) =>
            h("option", {value: one, selected: one === view.match.source}, t(`arena.from_${one}`)),
          ),
        ),
      ),
    ),
    h("div.arena-own", {}, view.own, h("button", {"data-own": "", onclick: view.actions.askOwn}, t("arena.ask_own"))),
  );
  if (had) view.own.focus();
}

// votes so far, who leads, how sure
export function drawLine(view) {
  const state = view.next || view.now;
  if (!state) return fill(view.line);
  const {lead} = state;
  const first = lead.first;
  fill(
    view.line,
    first
      ? h(
          "span.arena-bar",
          {
            title: t("arena.bar_help"),
            role: "img",
            "aria-label": t("arena.leads", {name: localized(first.name), share: formatShare(first.chance, 1)}),
          },
          h("i", {style: `left:${100 * first.low}%;width:${100 * (first.high - first.low)}%`}),
          h("b", {style: `left:${100 * first.chance}%`}),
        )
      : null,
    h(
      "p.soft",
      {role: "status", "data-line": "", "data-mine": lead.mine + lead.looks},
      lead.votes ? t("arena.votes", {n: lead.votes, mine: lead.mine}) : t("arena.no_votes_yet"),
      lead.looks ? h("span", {title: t("arena.looks_help")}, ` (${t("arena.looks", {n: lead.looks})})`) : null,
      lead.scripted ? h("mark.scripted", {}, t("arena.of_scripts", {n: lead.scripted})) : null,
      first
        ? [
            " · ",
            h("b", {}, t("arena.leads", {name: localized(first.name), share: formatShare(first.chance, 1)})),
            ` (${interval(first)})`,
            " · ",
            h("span", {"data-settled": lead.verdict}, settledWords(lead)),
          ]
        : view.match.first === view.match.second
          ? [" · ", t("arena.two_samples")]
          : null,
      lead.same_text.same ? h("span.arena-same", {"data-same-text": ""}, sameWords(lead.same_text)) : null,
    ),
  );
}

export function drawStage(view) {
  const matchup = view.told ? view.told.matchup : view.now && view.now.matchup;
  if (!matchup) return fill(view.stage, trouble(view), waiting(view));
  const asked =
    matchup.asked.length > 1
      ? matchup.asked.map((one) => h("p.arena-said", {"data-role": one.role}, one.content))
      : h("h2.arena-question", {}, matchup.asked[0].content);
  fill(
    view.stage,
    trouble(view),
    h("div.arena-asked", {}, asked),
    h(
      "div.arena-answers",
      {},
      matchup.answers.map((text, i) => answer(view, text, i)),
    ),
    view.told
      ? null
      : h(
          "div.arena-buttons",
          {},
          VERDICTS.map((verdict) =>
            h(
              "button",
              {"data-vote": verdict, onclick: () => view.actions.cast(verdict)},
              h("span", {}, t(`arena.${verdict}`)),
              h("kbd", {}, t(`arena.key_${verdict}`)),
            ),
          ),
        ),
    view.told
      ? h(
          "div.arena-buttons.told",
          {},
          h(
            "button.primary",
            {"data-next-matchup": "", onclick: view.actions.goOn},
            h("span", {}, t("arena.next")),
            h("kbd", {}, t("arena.key_next")),
          ),
        )
      : null,
    h(
      "p.soft.arena-hint",
      {},
      t(view.told ? "arena.locked" : "arena.hint"),
      " ",
      (view.now && view.now.mine) || view.told
        ? h("button.quiet.small", {"data-undo": "", onclick: view.actions.undo}, t("arena.undo"))
        : null,
    ),
  );
}

function answer(view, text, i) {
  const side = view.told && view.told.sides[i];
  const won = view.told && view.told.verdict === ["left", "right"][i];
  return h(
    "section.arena-answer",
    {
      "data-side": i,
      "data-won": view.told ? String(won) : null,
      style: side ? `--mine:${runColour(side.place)}` : null,
    },
    side
      ? h(
          "header",
          {},
          h("b", {"data-name": ""}, swatch(side.place), localized(side.name)),
          h("small.print", {}, side.fingerprint),
        )
      : h("header", {}, h("b.soft", {}, t(i ? "arena.answer_right" : "arena.answer_left"))),
    h("p.answer", {}, text),
  );
}

function trouble(view) {
  const fault = view.problem || (view.now && !view.now.matchup && view.now.fill?.problem);
  return fault
    ? h(
        "p.problem",
        {role: "alert"},
        fault,
        " ",
        h(
          "button.small",
          {
            "data-retry": "",
            onclick: () => {
              view.problem = null;
              view.actions.refresh({retry: true});
            },
          },
          t("arena.retry"),
        ),
      )
    : null;
}

function waiting(view) {
  if (view.problem || view.now?.fill?.problem) return null;
  const work = view.now && view.now.fill;
  return h(
    "div.arena-waiting",
    {},
    h("p", {}, t("arena.writing")),
    work ? meter(work, t("arena.pairs_done", {done: work.done, total: work.total})) : null,
    h("p.soft", {}, t("arena.first_time")),
  );
}
