// How surprising a text is to everybody who answers: each token shaded by its surprise, and what would have been written
// in its place. What models say is shown as text, never as HTML.

import {paneName} from "./answers.js";
import {begins, covering, formatChance, level, probability} from "./surprise_levels.js";
import {tokenChips, visible} from "../core/chips.js";
import {runColour} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {formatFigure} from "../core/format.js";
import {callServer} from "../core/server.js";
import {comma, t} from "../core/words.js";

const STEPS = ["surprise.step0", "surprise.step1", "surprise.step2", "surprise.step3", "surprise.step4"];

// talk: the tab's view, whose panes read
export function makeSurprise(talk) {
  const view = {talk, found: null, problem: null, waiting: false, numbers: false, at: 0, round: 0};
  view.question = h("input", {maxlength: 8000, "data-surprise-question": ""});
  view.text = h("textarea", {rows: 2, maxlength: 8000, "data-surprise-text": ""});
  view.form = h("form.surprise-form", {
    onsubmit: (event) => {
      event.preventDefault();
      read(view, {question: view.question.value, text: view.text.value});
    },
  });
  view.result = h("div.surprise-result");
  view.told = h("div.surprise-told", {"aria-live": "polite"});
  view.summary = h("summary");
  view.place = h(
    "details.surprise",
    {"data-surprise": "", ontoggle: () => begin(view)},
    view.summary,
    view.form,
    view.result,
    view.told,
  );
  return view;
}

// an answer of the conversation, read by all
export function readAnswer(view, turn, pane) {
  view.place.open = true;
  view.place.scrollIntoView({behavior: "smooth", block: "start"});
  return read(view, {turn, pane: pane.key});
}

// a held-out question with the answer that its row wants is there to be tried
export function begin(view) {
  if (!view.place.open) return;
  const place = view.talk.wantedAnswers.findIndex(Boolean);
  if (!view.text.value && !view.question.value && place >= 0) {
    view.question.value = view.talk.prompts[place];
    view.text.value = view.talk.wantedAnswers[place];
  }
  drawSurprise(view);
}

async function read(view, what) {
  const mine = ++view.round;
  Object.assign(view, {waiting: true, problem: null});
  drawSurprise(view);
  const talk = view.talk.talk;
  const got = await callServer(view.talk.server.surprise, {talk, ...what});
  if (mine !== view.round) return;
  view.waiting = false;
  view.problem = got.problem || null;
  if (!view.problem) {
    view.question.value = got.question;
    view.text.value = got.text;
    view.found = {...got, talk};
    view.at = begins(got.panes.find((one) => one.spans.length)?.spans || []).at(1) || 0;
  }
  drawSurprise(view);
}

export function drawSurprise(view) {
  const held = view.form.contains(document.activeElement) ? document.activeElement : null;
  view.summary.textContent = t("surprise.title");
  fill(
    view.form,
    h("p.soft", {}, t("surprise.explain")),
    h("label.field", {}, h("span", {}, t("surprise.question")), view.question),
    h("label.field", {}, h("span", {}, t("surprise.text")), view.text),
    h(
      "button.primary",
      {"data-read": "", disabled: view.waiting || !view.talk.talk},
      view.waiting ? t("surprise.waiting") : t("surprise.read", {n: view.talk.panes.length}),
    ),
  );
  if (held?.isConnected) held.focus();
  const found = view.found?.talk === view.talk.talk ? view.found : null;
  fill(
    view.result,
    view.problem ? h("p.problem", {role: "alert"}, view.problem) : null,
    found && !view.waiting ? [tools(view), columns(view, found)] : null,
    found || view.problem || view.talk.panes.length !== 1 ? null : h("p.soft", {}, t("surprise.only_base")),
  );
  view.result.setAttribute("aria-busy", String(view.waiting));
  if (found && !view.waiting) drawTold(view, found);
  else fill(view.told);
}

function tools(view) {
  const box = h("input", {
    type: "checkbox",
    "data-numbers": "",
    checked: view.numbers,
    onchange: () => {
      view.numbers = box.checked;
      drawSurprise(view);
      view.result.querySelector("[data-numbers]").focus();
    },
  });
  return h(
    "div.surprise-tools",
    {},
    h("span.soft", {}, t("surprise.key")),
    STEPS.map((key, i) => h(`span.token.step${i}`, {}, t(key))),
    h("label.switch", {}, box, h("span", {}, t("surprise.numbers"))),
  );
}

// on a phone both rows of columns are swiped as one
const columns = (view, found) =>
  h(
    "div.surprise-columns",
    {
      style: `--columns:${found.panes.length}`,
      onscroll: (event) => (view.told.firstChild.scrollLeft = event.target.scrollLeft),
    },
    found.panes.map((one) => column(view, found, one)),
  );

function named(view, key) {
  const place = view.talk.panes.findIndex((pane) => pane.key === key);
  const pane = view.talk.panes[place] || {key};
  return {name: paneName(pane, place), colour: runColour(pane.place)};
}

function column(view, found, one) {
  const {name, colour} = named(view, one.key);
  return h(
    "section.surprise-column",
    {"data-pane": one.key, style: `--mine:${colour}`},
    h("b", {}, name),
    one.error ? h("p.problem", {}, one.error) : [figures(one), chips(view, found, one, name)],
  );
}

const figures = (one) =>
  h(
    "p.soft",
    {"data-mean": one.mean === null ? "" : one.mean.toFixed(4)},
    one.mean === null
      ? t("surprise.one_token")
      : t("surprise.figures", {
          mean: formatFigure(one.mean, 2),
          perplexity: formatFigure(Math.exp(Math.min(one.mean, 50)), 2),
          n: one.tokens,
        }),
  );

function chips(view, found, one, name) {
  const places = begins(one.spans);
  const all = one.spans.map((span) => ({
    text: span.text,
    name: `${visible(span.text)}${comma()}${inWords(span.nats)}`,
    classes: [span.nats === null ? "first" : `step${level(span.nats)}`],
    under: view.numbers ? formatFigure(span.nats, 1) : null,
  }));
  return tokenChips(all, t("surprise.chips", {name}), (place) => {
    view.at = places[place];
    drawTold(view, found);
  });
}

const inWords = (nats) =>
  nats === null
    ? t("surprise.first")
    : t("surprise.nats", {nats: formatFigure(nats, 2), p: formatChance(probability(nats))});

// the token that was come to, and those of the others at its place
function drawTold(view, found) {
  for (const one of found.panes) {
    const place = covering(one.spans, view.at);
    for (const chip of view.result.querySelectorAll(`[data-pane="${one.key}"] [data-token]`)) {
      chip.classList.toggle("picked", Number(chip.dataset.token) === place);
    }
  }
  fill(
    view.told,
    h(
      "div.surprise-columns",
      {style: `--columns:${found.panes.length}`},
      found.panes.map((one) => told(view, one)),
    ),
  );
  view.told.firstChild.scrollLeft = view.result.querySelector(".surprise-columns").scrollLeft;
}

function told(view, one) {
  const {name, colour} = named(view, one.key);
  const place = covering(one.spans, view.at);
  const span = place === null ? null : one.spans[place];
  return h(
    "section.surprise-column",
    {style: `--mine:${colour}`, "data-told": one.key},
    h("small", {}, name),
    span
      ? [
          h("p", {}, h("b", {}, `“${visible(span.text)}” `), inWords(span.nats)),
          span.tokens.map((token) => likeliest(token, span.tokens.length > 1)),
        ]
      : h("p.soft", {}, "–"),
  );
}

function likeliest(token, several) {
  if (!token.likeliest.length) return null;
  return h(
    "table.likeliest",
    {},
    h("caption.soft", {}, several ? t("surprise.instead_of", {token: token.text}) : t("surprise.instead")),
    h(
      "tbody",
      {},
      token.likeliest.map(([text, share]) =>
        h(
          "tr",
          {class: text === token.text ? "written" : null},
          h("th.word", {scope: "row"}, visible(text)),
          h("td", {}, h("i", {style: `width:${Math.max(1, 100 * share)}%`})),
          h("td.chance", {}, formatChance(share)),
        ),
      ),
    ),
  );
}
