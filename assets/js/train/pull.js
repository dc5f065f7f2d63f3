// A base that is not on this machine: what it is, and the way to fetch it, with its progress. One element for good, so
// that it goes on while the form is drawn anew.

import {fill, h} from "../core/dom.js";
import {formatBytes, formatDuration} from "../core/format.js";
import {callServer, repeatWhileShown} from "../core/server.js";
import {currentLanguage, localized, onRedraw, t} from "../core/words.js";

const SOON = 700;
const LATER = 4000;

// arrived() is called once the base that is shown is here, by whomever it was fetched
export function mountPull(server, arrived) {
  const view = {
    server,
    arrived,
    base: null,
    now: null,
    problem: null,
    drawn: "",
    place: h("div.pull.wide", {hidden: true}),
    progress: h("div", {role: "status"}),
  };
  view.loop = repeatWhileShown(view.place, () => look(view));
  onRedraw(() => draw(view));
  return {place: view.place, show: (base) => show(view, base)};
}

// base: of the form's choices, with its words; none where it is here
function show(view, base) {
  const missing = base?.explain && !base.here ? base : null;
  if (missing?.id !== view.base?.id) Object.assign(view, {now: null, problem: null});
  view.base = missing;
  view.place.hidden = !missing;
  draw(view);
  if (missing) setTimeout(() => look(view), 50);
}

async function look(view) {
  if (!view.base) return LATER;
  take(view, await callServer(view.server.pulls));
  return view.now?.state === "working" ? SOON : LATER;
}

function take(view, got) {
  view.problem = got.problem || null;
  if (!view.base || got.problem) return draw(view);
  view.now = got.pulls[view.base.id] || null;
  if (got.here.includes(view.base.id)) {
    view.base = null;
    view.place.hidden = true;
    return view.arrived();
  }
  return draw(view);
}

async function ask(view, door) {
  take(view, await callServer(door, {model: view.base.id}));
  view.loop.now();
}

// while it comes only its progress is written anew: a button must not change under somebody's finger
function draw(view) {
  const {place, base, now, problem, server} = view;
  if (!base) return fill(place);
  const working = now?.state === "working";
  const drawn = JSON.stringify([currentLanguage(), base.id, now?.state, now?.error, problem]);
  fill(view.progress, working ? progress(now) : null);
  if (view.drawn === drawn && place.firstChild) return null;
  view.drawn = drawn;
  const again = now?.state === "stopped" || now?.error;
  return fill(
    place,
    h("p.soft", {}, localized(base.explain)),
    view.progress,
    problem ? h("p.problem", {role: "alert"}, problem) : null,
    now?.error ? h("p.problem", {role: "alert", "data-pull-error": ""}, now.error) : null,
    working
      ? button("pull-stop", t("train.pull_stop"), () => ask(view, server.stop_pull))
      : button("pull", again ? t("train.pull_again") : t("train.pull", {size: formatBytes(base.bytes)}), () =>
          ask(view, server.pull),
        ),
  );
}

const button = (data, words, press) => h("button", {type: "button", [`data-${data}`]: "", onclick: press}, words);

const progress = ({words, bytes, total, seconds}) =>
  h(
    "div.pull-progress",
    {"data-pulling": ""},
    bar(total ? Math.min(0.98, bytes / total) : 0),
    h(
      "span",
      {},
      t("train.pulled", {size: formatBytes(bytes), total: formatBytes(total), time: formatDuration(seconds)}),
    ),
    h("small.soft", {}, localized(words)),
  );

const bar = (share) =>
  h(
    "div.pull-bar",
    {
      role: "progressbar",
      "aria-label": t("train.pulling"),
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "aria-valuenow": Math.round(100 * share),
    },
    h("i", {style: `width:${(100 * share).toFixed(1)}%`}),
  );
