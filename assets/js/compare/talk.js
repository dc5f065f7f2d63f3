// The Compare tab: one question, all answers side by side. What models say is always shown as text, never as HTML.

import {drawColumns} from "./answers.js";
import {keyOf, newestRuns, noRatings, recalled, toKeep, withThumb, withoutTurn} from "./conversation.js";
import {begin as offerExample, drawSurprise, makeSurprise, readAnswer} from "./surprise.js";
import {LIKELIEST, MOST, VARIED, drawBar, drawNote, drawTop} from "./talk_bar.js";
import {placeOf, setPlace} from "../core/address.js";
import {fill, h} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {receiveLetter} from "../core/tabs.js";
import {onRedraw} from "../core/words.js";

const PACE = 90;

export function mountTalk(place, server) {
  const view = {
    place,
    server,
    people: {bases: [], runs: []},
    chosen: [],
    base: "nano",
    blind: false,
    talk: null,
    panes: [],
    turns: [],
    ...noRatings(),
    busy: false,
    ahead: 0,
    problem: null,
    tally: null,
    prompts: [],
    wantedAnswers: [],
    question: 0,
    settings: {temperature: LIKELIEST, length: 96, seed: 0},
    top: h("div.talk-top"),
    columns: h("div.talk-columns"),
    note: h("div.talk-note"),
    bar: h("div.talk-bar"),
    wanted: null,
    ready: false,
    opened: 0,
  };
  view.actions = {
    open: () => open(view),
    rate: (n, pane, verdict) => rate(view, n, pane, verdict),
    keep: () => keep(view),
    tell: (rating) => tell(view, rating),
    better: (n, pane, words) => better(view, n, pane, words),
    say: (text) => say(view, text),
    again: () => again(view),
    reveal: () => reveal(view),
    read: (n, pane) => readAnswer(view.surprise, n, pane),
  };
  view.surprise = makeSurprise(view);
  fill(view.place, h("div.talk", {}, view.top, view.columns, view.note, view.bar), view.surprise.place);
  view.box = askBox(view);
  receiveLetter("talk", ({runs}) => {
    view.wanted = runs.slice(0, MOST);
    if (view.ready) begin(view);
  });
  onRedraw(() => view.place.isConnected && draw(view));
  load(view);
}

// Enter asks, Shift+Enter is a new line; it grows with what is typed
function askBox(view) {
  const press = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    say(view);
  };
  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(160, box.scrollHeight)}px`;
  };
  const box = h("textarea.ask-box", {"data-ask": "", rows: 1, maxlength: 8000, onkeydown: press, oninput: grow});
  return box;
}

async function refreshPeople(view) {
  const got = await callServer(view.server.players);
  if (!got.problem) view.people = got;
  view.chosen = view.chosen.filter((id) => view.people.runs.some((run) => run.id === id));
}

async function begin(view) {
  await refreshPeople(view);
  view.chosen = view.wanted;
  view.wanted = null;
  await open(view);
  view.box.focus();
}

async function load(view) {
  await refreshPeople(view);
  view.ready = true;
  if (view.wanted) return begin(view);
  const kept = JSON.parse(sessionStorage.getItem("lab.talk") || "null");
  const asked = placeOf("compare").with?.split(",").slice(0, MOST);
  if (asked && asked.join() !== kept?.chosen.join()) {
    view.wanted = asked;
    return begin(view);
  }
  if (!kept || !(await recall(view, kept))) {
    view.chosen = newestRuns(view.people.runs, MOST);
    await open(view);
  }
}

async function recall(view, kept) {
  const got = await callServer(view.server.stream, {talk: kept.talk});
  if (got.problem) return false;
  Object.assign(view, recalled(kept, got.turns));
  tellAddress(view);
  draw(view);
  suggest(view);
  if (got.busy) listen(view);
  return true;
}

function keep(view) {
  sessionStorage.setItem("lab.talk", JSON.stringify(toKeep(view)));
  tellAddress(view);
}

// whom one talks to stands in the address
function tellAddress({chosen}) {
  setPlace("compare", chosen.length ? {with: chosen.join(",")} : {}, {replace: true});
}

async function open(view) {
  const mine = ++view.opened;
  const got = await callServer(view.server.open, {runs: view.chosen, base: view.base, blind: view.blind});
  if (mine !== view.opened) return;
  Object.assign(view, noRatings(), {turns: []});
  view.problem = got.problem || null;
  view.busy = false;
  if (!view.problem) {
    view.talk = got.talk;
    view.panes = got.panes;
    keep(view);
  }
  draw(view);
  suggest(view);
}

async function suggest(view) {
  const [got, counts] = await Promise.all([
    callServer(view.server.suggestions, {runs: view.chosen, base: view.base}),
    callServer(view.server.tally),
  ]);
  view.prompts = got.prompts || [];
  view.wantedAnswers = got.wanted || [];
  offerExample(view.surprise);
  if (!counts.problem) view.tally = counts;
  drawNote(view);
}

async function say(view, text) {
  const words = (text ?? view.box.value).trim();
  if (!words || view.busy || !view.talk) return;
  await put(view, {text: words}, () => {
    if (text === undefined && view.box.value.trim() === words) {
      view.box.value = "";
      view.box.style.height = "auto";
    }
  });
}

// another seed changes nothing while the likeliest is taken: more variety comes with it
async function again(view) {
  view.settings.temperature ||= VARIED;
  view.settings.seed = Math.floor(Math.random() * 1e9);
  Object.assign(view, withoutTurn(view, view.turns.length - 1));
  keep(view);
  await put(view, {});
}

// taken() is told at once when the lab has it: what is typed while they answer is the next question and stays
async function put(view, what, taken = () => {}) {
  view.busy = true;
  view.problem = null;
  view.editing = null;
  drawBar(view);
  const got = await callServer(view.server.ask, {talk: view.talk, ...view.settings, ...what});
  view.problem = got.problem || null;
  if (view.problem) {
    view.busy = false;
    return draw(view);
  }
  taken();
  await listen(view);
}

async function listen(view) {
  view.busy = true;
  view.question += 1;
  const mine = view.question;
  while (mine === view.question) {
    const got = await callServer(view.server.stream, {talk: view.talk});
    if (mine !== view.question) return;
    if (got.problem) {
      view.problem = got.problem;
      view.busy = false;
      break;
    }
    view.turns = got.turns;
    view.busy = got.busy;
    view.ahead = got.ahead;
    view.problem = got.trouble || null;
    drawColumns(view);
    if (!view.busy) break;
    await new Promise((go) => setTimeout(go, PACE));
  }
  draw(view);
}

async function rate(view, n, pane, verdict) {
  Object.assign(view, withThumb(view, keyOf(n, pane), verdict));
  keep(view);
  drawColumns(view);
  await tell(view, {turn: n, pane: pane.key, verdict});
}

async function better(view, n, pane, words) {
  if (!(await tell(view, {turn: n, pane: pane.key, better: words}))) return;
  view.edits[keyOf(n, pane)] = words;
  view.editing = null;
  keep(view);
  draw(view);
}

async function tell(view, rating) {
  const got = await callServer(view.server.rate, {talk: view.talk, ...rating});
  view.problem = got.problem || null;
  if (!view.problem) view.tally = got;
  draw(view);
  return !view.problem;
}

async function reveal(view) {
  const got = await callServer(view.server.reveal, {talk: view.talk});
  view.problem = got.problem || null;
  if (!view.problem) {
    view.panes = got.panes;
    keep(view);
    view.turns = (await callServer(view.server.stream, {talk: view.talk})).turns || view.turns;
  }
  draw(view);
}

function draw(view) {
  drawTop(view);
  drawColumns(view);
  drawNote(view);
  drawBar(view);
  drawSurprise(view.surprise);
}
