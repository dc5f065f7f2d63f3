// The picture of what was tuned, drawn from the run's own model: modules as blocks whose areas are to scale, text going
// in below; coloured by how far each moved, or lit where it may move. Up to four runs stand side by side.

import {highest, picture} from "./tuned_picture.js";
import {asModule, most, percent, scaleOf, table} from "./tuned_words.js";
import {runColour} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {formatShare, isNumber} from "../core/format.js";
import {callServer} from "../core/server.js";
import {localized, t} from "../core/words.js";

const HOWS = ["weights", "outputs", "attention"];

// place: where it goes; shown(): the runs to draw. It asks for their modules when it is open.
export function mountTuned(place, server) {
  const view = {
    place,
    server,
    runs: [],
    got: new Map(),
    mode: null,
    asked: "",
    problem: null,
    told: null,
    scales: new Map(),
    inside: h("div"),
  };
  view.folded = h(
    "details.tuned",
    {
      open: localStorage.getItem("lab.tuned") !== "0",
      ontoggle: () => {
        localStorage.setItem("lab.tuned", view.folded.open ? "1" : "0");
        if (view.folded.open) fetchModules(view);
      },
    },
    h("summary", {}),
    view.inside,
  );
  fill(view.place, view.folded);
  return {draw: (next) => draw(view, next)};
}

function draw(view, next) {
  view.runs = next;
  view.folded.firstChild.textContent = t("tuned.title");
  view.folded.hidden = !view.runs.some((run) => run.trainable);
  if (view.folded.open) fetchModules(view);
  redraw(view);
}

async function fetchModules(view) {
  const wanted = view.runs.map((run) => `${run.id} ${run.over} ${Boolean(run.trainable)} ${run.held_out[1]}`).join();
  if (wanted === view.asked || !view.runs.length) return;
  view.asked = wanted;
  const answer = await callServer(view.server.moved, {runs: view.runs.map((run) => run.id)});
  view.problem = answer.problem || null;
  if (view.problem) view.asked = "";
  else view.got = new Map(answer.runs.map((one) => [one.id, {...one, modules: one.modules.map(asModule)}]));
  redraw(view);
}

function redraw(view) {
  if (!view.folded.open) return fill(view.inside);
  if (view.problem) return fill(view.inside, h("p.problem", {role: "alert"}, view.problem));
  const known = view.runs.map((run) => [run, view.got.get(run.id)]).filter(([, one]) => one && one.modules.length);
  const over = view.runs.some((run) => run.over);
  if (!known.length)
    return fill(view.inside, h("p.soft", {}, view.got.size ? t(over ? "tuned.none" : "tuned.later") : "…"));
  const every = known.flatMap(([, one]) => one.modules);
  const views = ["moved", "trainable", "rank"].filter((name) =>
    name === "moved"
      ? every.some((one) => isNumber(one.by))
      : name === "rank"
        ? every.some((one) => isNumber(one.rank))
        : true,
  );
  const now = views.includes(view.mode) ? view.mode : views[0];
  view.scales = new Map(
    HOWS.filter((how) => every.some((one) => one.how === how && one.by > 0)).map((how) => [
      how,
      scaleOf(every.filter((one) => one.how === how)),
    ]),
  );
  view.told = h("p.tuned-told", {"aria-live": "polite"}, t("tuned.point"));
  fill(
    view.inside,
    h(
      "div.tuned-tools",
      {},
      h(
        "div.chips",
        {role: "group", "aria-label": t("tuned.title")},
        views.map((name) =>
          h(
            "button.chip",
            {
              [`data-tuned-${name}`]: "",
              "aria-pressed": String(name === now),
              onclick: () => {
                view.mode = name;
                redraw(view);
              },
            },
            t(`tuned.view_${name}`),
          ),
        ),
      ),
      legend(view, now),
    ),
    h(
      "div.tuned-columns",
      {style: `--columns:${known.length}`},
      known.map(([run, one]) => column(view, run, one, now, every)),
    ),
    view.told,
    h("p.soft", {}, t("tuned.scale")),
  );
}

function column(view, run, {modules, missing}, now, every) {
  const touched = modules.filter((one) => one.trainable).length;
  return h(
    "section.tuned-column",
    {style: `--mine:${runColour(run.place)}`, "data-tuned": run.id},
    h(
      "div.column-name",
      {},
      h("b", {}, localized(run.name)),
      h("small", {}, formatShare(run.trainable, run.all_params)),
    ),
    picture(view, run, modules, now, every),
    missing
      ? h("p.soft", {}, t("tuned.missing", {why: missing}))
      : h(
          "p.tuned-most",
          {},
          most(modules, now) || t("tuned.lit", {n: touched, of: modules.filter((one) => one.parameters).length}),
        ),
    h("details", {}, h("summary", {}, t("tuned.table")), table(modules)),
  );
}

function legend(view, now) {
  const box = (style, words) => h("span.key", {}, h("span.swatch", {style}), words);
  if (now === "trainable")
    return h(
      "div.tuned-key",
      {},
      box("background:var(--lab-accent)", t("tuned.key_may")),
      box("background:var(--tuned-grey)", t("tuned.key_frozen")),
    );
  if (now === "rank")
    return h(
      "div.tuned-key",
      {},
      box("background:var(--lab-accent)", t("tuned.key_rank", {rank: highest(view)})),
      box("background:var(--lab-card);outline:1px solid var(--lab-line)", t("tuned.key_none")),
    );
  return h(
    "div.tuned-keys",
    {},
    [...view.scales].map(([how, {ticks}]) =>
      h(
        "div.tuned-key",
        {},
        ticks.map(([shade, value]) => box(`background:${shade}`, percent(value))),
        h("span.soft", {}, t(`tuned.how_${how}`)),
      ),
    ),
    h("div.tuned-key", {}, box("background:var(--tuned-grey)", t("tuned.key_frozen"))),
  );
}
