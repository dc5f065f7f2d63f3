// The RLHF tab: four stations on a line, what goes on at them, and the rounds so far. All of it is asked of the lab
// again and again; this part holds only what is typed into the settings, and from where the round goes out if one is
// chosen.

import {fill, h, selectOptions} from "../core/dom.js";
import {formatTime} from "../core/format.js";
import {callServer, repeatWhileShown} from "../core/server.js";
import {onPlace, placeOf, setPlace} from "../core/address.js";
import {receiveLetter, sendLetter} from "../core/tabs.js";
import {currentLanguage, localized, onRedraw, t} from "../core/words.js";
import {mountAgreement} from "./agreement.js";
import {mountOptimising} from "./optimising.js";
import {mountRecorded} from "./recorded.js";
import {drawRounds} from "./rounds.js";
import {costsAsked} from "./station_forms.js";
import {mountStations} from "./stations.js";

const SOON = 900;
const LATER = 3000;
const COSTS_FOR = 20000; // so long a time that was estimated counts: the machine may be busier then
const SETTINGS = {
  votes: 200,
  duels: 60,
  script: null,
  raters: "all",
  objective: "ppo",
  source: "model",
  modelSteps: null,
  steps: null,
  batch: null,
  stray: {},
};

export function mountRlhf(place, server) {
  const view = {
    place,
    server,
    kept: JSON.parse(sessionStorage.getItem("lab.rlhf") || "{}"),
    choices: null,
    players: "",
    now: null,
    problem: null,
    fault: null,
    busy: false,
    start: placeOf("rlhf").start || null,
    top: h("div"),
    line: h("div.loop-line"),
    agreement: h("div.loop-detail"),
    detail: h("div.loop-detail"),
    table: h("div"),
    recorded: h("div"),
    last: 0,
    costs: {key: "", at: 0},
  };
  view.settings = {...SETTINGS, ...view.kept};
  fill(view.place, h("div.loop", {}, view.top, view.line, view.agreement, view.detail, view.table, view.recorded));
  view.act = actionsOf(view);
  view.stations = mountStations(view.line, view.act);
  view.agrees = mountAgreement(view.agreement, view.server, view.act.toArena);
  view.optimising = mountOptimising(view.detail, view.server);
  view.example = mountRecorded(view.recorded, view);
  receiveLetter("loop", () => view.example.want());
  onPlace("rlhf", ({start}) => {
    view.start = start || null;
    look(view);
  });
  repeatWhileShown(view.place, () => pull(view));
  onRedraw(() => {
    if (view.place.isConnected) {
      draw(view);
      if (view.now) {
        view.agrees.follow(view.now);
        view.optimising.follow(view.now, true);
      }
    }
  });
}

// what the stations may do
const actionsOf = (view) => ({
  settings: view.settings,
  costs: view.costs,
  keep: (changes) => keep(view, changes),
  draw: () => draw(view),
  // do something at a door, then look at once
  async at(door, more) {
    if (view.busy) return null;
    view.busy = true;
    draw(view);
    const got = await ask(view, view.server[door], more);
    view.busy = false;
    view.problem = got.problem || null;
    await look(view);
    return view.problem ? null : got;
  },
  get busy() {
    return view.busy;
  },
  toArena: (first, second, source) => sendLetter("arena", {players: [first, second], source}, "arena"),
  async toForm(more) {
    const got = await ask(view, view.server.as_fields, more);
    view.problem = got.problem || null;
    if (view.problem) draw(view);
    else sendLetter("form", {fields: got.fields}, "train");
  },
  async resume(run) {
    const got = await callServer(view.server.resume, {run});
    view.problem = got.problem || null;
    await look(view);
  },
  stop: (run) => callServer(view.server.stop, {run, keep: true}),
  async goFrom(base) {
    // a round from there: two samples of it are made for people to rate
    await goTo(view, base);
    return view.act.at("begin_round", {});
  },
  goTo: (base) => goTo(view, base),
});

async function pull(view) {
  if (!view.choices || Date.now() - view.last > 2 * LATER) await choose(view);
  view.last = Date.now();
  await look(view);
  if (!view.now) return SOON;
  const {ratings, duel, model, policy} = view.now;
  const working = [ratings.work, ratings.fill, duel.work].some((work) => work?.busy);
  const training = [model.run, policy].some((run) => run && !run.over);
  return working || training ? SOON : LATER;
}

const ask = (view, door, more) => callServer(door, {...(view.start ? {start: view.start} : {}), ...more});

function keep(view, changes) {
  Object.assign(view.settings, changes);
  sessionStorage.setItem("lab.rlhf", JSON.stringify(view.settings));
}

async function goTo(view, base) {
  view.start = base;
  setPlace("rlhf", {start: base});
  await look(view);
}

async function look(view) {
  const got = await ask(view, view.server.stations);
  if (got.problem && view.start) {
    view.start = null;
    setPlace("rlhf", {}, {replace: true});
    view.problem = got.problem;
    return;
  } // it was deleted
  // `fault` is of looking: gone when looking works again; `problem` is of what was done, and stays
  view.fault = got.problem || null;
  if (!view.fault) {
    view.now = got;
    const able = view.now.rounds
      .filter((one) => one.policy.over)
      .map((one) => one.policy.id)
      .join();
    if (able !== view.players) {
      view.players = able;
      await choose(view);
    }
  }
  draw(view);
  if (!view.now) return;
  estimate(view); // nothing waits for it
  view.agrees.follow(view.now); // it may wait for a model: nothing else waits for it
  await view.optimising.follow(view.now);
}

// how long a press on the main buttons would take now, asked again when it may have changed
async function estimate(view) {
  if (!view.choices) return;
  const asked = costsAsked(view);
  const key = JSON.stringify([asked, view.now.base, view.now.model.available, view.now.model.usable]);
  if (view.costs.asking || (view.costs.key === key && Date.now() - view.costs.at < COSTS_FOR)) return;
  view.costs.asking = true;
  const got = await Promise.all(
    Object.entries(asked).map(async ([name, more]) => [name, (await ask(view, view.server.estimate, more)).seconds]),
  );
  Object.assign(view.costs, {key, at: Date.now(), asking: false}, Object.fromEntries(got));
  draw(view);
}

async function choose(view) {
  // who may start a round: asked again when there is one more
  const got = await callServer(view.server.choices);
  if (!got.problem) view.choices = got;
}

function drawTop(view) {
  if (!view.now || !view.choices) return;
  const options = selectOptions(
    [
      ...view.choices.bases.map((one) => ({value: one.id, words: localized(one.name), group: t("arena.bases")})),
      ...view.choices.runs.map((run) => ({
        value: `run:${run.id}`,
        words: `${localized(run.name)} — ${localized(run.recipe)}, ${formatTime(run.created)}`,
        group: t("arena.runs"),
      })),
    ],
    view.now.base,
  );
  const key = JSON.stringify([
    currentLanguage(),
    view.now.base,
    view.now.number,
    view.problem,
    view.fault,
    view.choices.runs.map((run) => run.id),
  ]);
  if (view.top.dataset.key === key) return;
  view.top.dataset.key = key;
  fill(
    view.top,
    h(
      "div.loop-top",
      {},
      h("h2", {"data-round": view.now.number}, t("rlhf.round", {n: view.now.number})),
      h(
        "label.field.inline",
        {title: t("rlhf.start_help")},
        h("span", {}, t("rlhf.start")),
        h("select", {"data-from": "", onchange: (event) => goTo(view, event.target.value)}, options),
      ),
      h("p.soft", {}, t("rlhf.what")),
    ),
    view.fault ? h("p.problem", {role: "alert"}, view.fault) : null,
    view.problem
      ? h(
          "p.problem",
          {role: "alert"},
          view.problem,
          " ",
          h(
            "button.small",
            {
              onclick: () => {
                view.problem = null;
                view.top.dataset.key = "";
                look(view);
              },
            },
            t("rlhf.understood"),
          ),
        )
      : null,
  );
}

function draw(view) {
  drawTop(view);
  if (!view.now || !view.choices)
    return view.now ? null : fill(view.line, h("p.soft", {}, view.problem || view.fault || t("watch.looking")));
  view.stations.draw(view.now, view.choices);
  drawRounds(view);
  view.example.follow();
}
