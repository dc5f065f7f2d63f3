// A whole round that was recorded, to see where the loop leads before one has rated anything.

import {fill, h} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {currentLanguage, t} from "../core/words.js";
import {mountOptimising} from "./optimising.js";
import {stateOf} from "./station_states.js";

const STATIONS = ["ratings", "model", "policy", "duel"];

// loop: the view of the tab, whose choices and actions the stations' words need
export function mountRecorded(place, loop) {
  const view = {place, loop, open: false, recorded: null, wanted: false};
  return {
    follow: () => follow(view),
    // also beside rounds of one's own
    want: () => {
      view.wanted = true;
      if (loop.now) follow(view);
    },
  };
}

function follow(view) {
  const shown = view.wanted || !view.loop.now.rounds.length;
  if (!shown) {
    fill(view.place);
    delete view.place.dataset.language;
    return;
  }
  if (view.place.dataset.language === currentLanguage()) return;
  view.place.dataset.language = currentLanguage();
  const inside = h("div");
  const toggled = (event) => {
    view.open = event.target.open;
    if (view.open && !inside.children.length) load(view, inside);
  };
  fill(
    view.place,
    h(
      "details.more",
      {"data-recorded-loop": "", open: view.open, ontoggle: toggled},
      h("summary", {}, t("rlhf.recorded")),
      inside,
    ),
  );
}

async function load(view, inside) {
  view.recorded ||= await callServer(view.loop.server.recorded);
  const {stations, curves, minutes, problem} = view.recorded;
  if (!stations) {
    view.recorded = null;
    return fill(inside, h("p.soft", {}, problem || t("rlhf.recorded_none")));
  }
  const then = {...view.loop, now: stations};
  const charts = h("div.loop-detail");
  fill(
    inside,
    h("p.soft", {}, t("rlhf.recorded_help", {minutes})),
    h(
      "div.loop-line",
      {},
      STATIONS.map((name, i) => card(then, name, i + 1)),
    ),
    charts,
  );
  await mountOptimising(charts, {curves: async () => curves}).follow(stations);
}

const card = (then, name, number) =>
  h(
    "section.station",
    {"data-recorded-station": name, "data-state": "done"},
    h("header", {}, h("i.station-number", {}, number), h("h3", {}, t(`rlhf.${name}`))),
    h("div.station-state", {}, stateOf(then, name)),
  );
