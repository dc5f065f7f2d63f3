// The Arena tab: one question, two anonymous answers, a vote by key or button; then the names, and the next by itself.
// Which pair comes, and who sits where, is the server's; this part holds only what is on the screen.

import {mountExchange} from "./exchange.js";
import {mountRanking} from "./ranking.js";
import {drawBelow} from "./scripted.js";
import {drawLine, drawStage, drawTop} from "./stage.js";
import {fill, h} from "../core/dom.js";
import {callServer, repeatWhileShown} from "../core/server.js";
import {receiveLetter} from "../core/tabs.js";
import {onRedraw, t} from "../core/words.js";

const PACE = 600;
const SHOWN = 1800;
const GUARD = 250;
const FIRST_MATCH = {temperature: 1, length: 48};
const KEYS = {ArrowLeft: "left", ArrowRight: "right", ArrowUp: "tie", t: "tie", ArrowDown: "both_bad"};

export function mountArena(place, server, upload) {
  const view = {
    place,
    server,
    upload,
    people: {bases: [], runs: [], raters: []},
    match: JSON.parse(sessionStorage.getItem("lab.arena") || "null"),
    now: null,
    told: null,
    next: null,
    problem: null,
    busy: false,
    since: 0,
    timer: null,
    typed: "",
    waits: false,
    ranked: null,
    script: {name: "happier", count: 60},
    open: {settings: false},
    title: h("h2.unseen"),
    top: h("div.arena-top"),
    line: h("div.arena-line"),
    stage: h("div.arena-stage"),
    below: h("div.arena-below"),
    tables: h("div.arena-tables"),
    files: h("div.arena-tables"),
    last: 0,
  };
  view.actions = actionsOf(view);
  fill(
    view.place,
    h("div.arena", {}, view.title, view.top, view.line, view.stage, view.below, view.tables, view.files),
  );
  view.ranking = mountRanking(view.tables, view.server, (first, second) => {
    choose(view, {first, second});
    view.place.scrollIntoView({block: "start"});
  });
  view.exchange = mountExchange(view.files, view.server, view.upload, () => {
    view.ranked = null;
    refresh(view, {});
  });
  view.own = h("input", {
    maxlength: 2000,
    onkeydown: (event) => {
      if (event.key === "Enter" && !event.isComposing) askOwn(view);
    },
    oninput: () => {
      view.typed = view.own.value;
    },
  });
  receiveLetter("arena", (letter) => playThese(view, letter));
  repeatWhileShown(view.place, () => pull(view));
  document.addEventListener("keydown", (event) => press(view, event));
  onRedraw(() => view.place.isConnected && draw(view));
}

// what the parts of the tab may have done
const actionsOf = (view) => ({
  askOwn: () => askOwn(view),
  choose: (changes) => choose(view, changes),
  goOn: () => goOn(view),
  undo: () => undo(view),
  cast: (verdict) => cast(view, verdict),
  refresh: (more) => refresh(view, more),
  letScript: () => letScript(view),
  question: (more) => question(view, more),
  keep: () => keep(view),
});

// asks anew while something is made; nothing is made before the tab is opened, and coming back looks who can play now
async function pull(view) {
  const away = Date.now() - view.last > 2500;
  const state = view.next || view.now;
  view.last = Date.now();
  const making = !state || !state.matchup || state.script?.busy || state.fill?.busy || state.own?.busy;
  if (away) await load(view);
  else if (view.match && making && !view.busy && !view.told) await refresh(view, {});
  view.last = Date.now();
  return PACE;
}

// a letter from another tab; players: two of base names and run:<id>
function playThese(view, {players, source = "prompts", length}) {
  view.length = length; // of answers that are still to be written, instead of the settings'; for who passes by
  if (!players) return;
  const [first, second] = players;
  view.match = {...FIRST_MATCH, ...view.match, first, second, source};
  keep(view);
  load(view);
}

function press(view, event) {
  const on = event.target.tagName;
  const held = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
  if (!view.place.isConnected || !view.place.offsetParent || held) return;
  if (["INPUT", "SELECT", "TEXTAREA"].includes(on)) return;
  if (["BUTTON", "SUMMARY"].includes(on) && [" ", "Enter"].includes(event.key)) return;
  const verdict = KEYS[event.key];
  if (verdict && view.now?.matchup) cast(view, verdict);
  else if (event.key === " " && view.told) goOn(view);
  else if (["u", "Backspace"].includes(event.key) && (view.told || view.now)?.matchup) undo(view);
  else return;
  event.preventDefault();
}

const question = (view, more) => ({...view.match, ...(view.length ? {length: view.length} : {}), ...more});

const keep = (view) => sessionStorage.setItem("lab.arena", JSON.stringify(view.match));

async function load(view) {
  const got = await callServer(view.server.players);
  if (!got.problem) view.people = got;
  const runs = view.people.runs.map((run) => `run:${run.id}`);
  const known = [...view.people.bases.map((one) => one.id), ...runs];
  if (!view.match || !known.includes(view.match.first) || !known.includes(view.match.second))
    view.match = {...FIRST_MATCH, source: "prompts", first: "nano", second: "nano", ...view.people.opening};
  return begin(view);
}

function begin(view) {
  keep(view);
  clearTimeout(view.timer);
  view.now = view.told = view.next = view.problem = view.ranked = null;
  draw(view);
  return refresh(view, {});
}

function choose(view, changes) {
  view.match = {...view.match, ...changes};
  begin(view);
}

async function refresh(view, more) {
  const asked = JSON.stringify(view.match);
  const got = await callServer(view.server.matchup, question(view, more));
  if (asked !== JSON.stringify(view.match)) return;
  view.problem = got.problem || null;
  if (!view.problem) take(view, got);
  else drawStage(view);
}

function take(view, got) {
  const before = view.now && view.now.matchup && view.now.matchup.pair + view.now.matchup.again;
  rank(view, got);
  if (view.told) {
    view.next = got;
    drawLine(view);
    drawBelow(view);
    return;
  }
  view.now = got;
  if (view.waits && got.own && !got.own.busy) {
    view.waits = false;
    view.problem = got.own.problem;
  }
  if (!got.matchup || before !== got.matchup.pair + got.matchup.again) {
    view.since = Date.now();
    drawStage(view);
  }
  drawLine(view);
  drawBelow(view);
}

// the ranking is asked for again once votes have come in; not while a script is still adding to them
function rank(view, got) {
  if (got.script?.busy || got.lead.votes === view.ranked) return;
  view.ranked = got.lead.votes;
  view.ranking.refresh();
}

async function cast(view, verdict) {
  if (!view.now || !view.now.matchup || view.told || view.busy || Date.now() - view.since < GUARD) return;
  view.busy = true;
  const matchup = view.now.matchup;
  const got = await callServer(view.server.vote, question(view, {pair: matchup.pair, again: matchup.again, verdict}));
  view.busy = false;
  view.problem = got.problem || null;
  if (view.problem) {
    refresh(view, {});
    return;
  }
  view.told = {matchup, verdict, sides: got.sides};
  view.next = got;
  drawStage(view);
  drawLine(view);
  drawBelow(view);
  rank(view, got);
  view.timer = setTimeout(() => goOn(view), SHOWN);
}

function goOn(view) {
  clearTimeout(view.timer);
  if (!view.told) return;
  view.told = null;
  const coming = view.next;
  view.next = null;
  view.now = null;
  take(view, coming);
  if (coming.script?.busy || !coming.matchup) refresh(view, {});
}

async function undo(view) {
  if (view.busy) return;
  view.busy = true;
  clearTimeout(view.timer);
  const got = await callServer(view.server.undo, question(view, {}));
  view.busy = false;
  view.problem = got.problem || null;
  view.told = view.next = view.now = null;
  if (view.problem) drawStage(view);
  else take(view, got);
}

async function askOwn(view) {
  if (!view.typed.trim()) return;
  const got = await callServer(view.server.ask_own, question(view, {text: view.typed}));
  view.problem = got.problem || null;
  if (!view.problem) {
    view.typed = view.own.value = "";
    view.waits = true;
    view.told = null;
    take(view, got);
  }
  drawStage(view);
  drawBelow(view);
}

async function letScript(view) {
  const got = await callServer(
    view.server.script,
    question(view, {script: view.script.name, count: view.script.count}),
  );
  view.problem = got.problem || null;
  if (!view.problem) take(view, got);
  drawBelow(view);
  if (view.problem) drawStage(view);
}

function draw(view) {
  view.title.textContent = t("page.arena");
  if (!view.match) return;
  drawTop(view);
  drawLine(view);
  drawStage(view);
  drawBelow(view);
  view.ranking.draw();
  view.exchange.draw();
}
