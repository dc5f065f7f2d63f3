// What can be done with one run while its comparison is watched: stop it and keep what it learned, go on with it, or copy
// it with changes (a fork). The form of a fork stands by itself, so that it stays while what is watched is drawn again.

import {fill, h} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {localized, onRedraw, t} from "../core/words.js";

const EARLY = ["failed", "cancelled", "interrupted"];
const CHANGED = [
  ["learning_rate", "learning_rate"],
  ["steps", "budget.steps"],
  ["batch_size", "budget.batch_size"],
];

// the buttons of a run's row; the same elements as long as they say the same, so that a press is never lost
export function mountControls(actions) {
  const kept = new Map();
  return (run) => {
    const mine = run.mine !== false;
    const stop = mine && run.status === "running" && !["cancel", "discard"].includes(run.request);
    const resume = mine && EARLY.includes(run.status);
    const key = [mine, stop, resume, t("fork.fork")].join();
    if (kept.get(run.id)?.key !== key) kept.set(run.id, {key, element: controls(run, actions, stop, resume)});
    return kept.get(run.id).element;
  };
}

const controls = (run, actions, stop, resume) =>
  h(
    "span.run-controls",
    {},
    stop
      ? small("stop-run", t("fork.stop"), t("fork.stop_help", {name: localized(run.name)}), () => actions.stopRun(run))
      : null,
    resume
      ? small("resume-run", t("runs.resume"), `${t("runs.resume")}: ${localized(run.name)}`, () => actions.resume(run))
      : null,
    run.status === "queued" || run.mine === false ? null : forkButton(run, () => actions.fork(run)),
  );

export const forkButton = (run, press) =>
  small("fork", t("fork.fork"), t("fork.fork_help", {name: localized(run.name)}), press);

const small = (what, words, help, press) =>
  h("button.quiet.small", {[`data-${what}`]: "", title: help, "aria-label": help, onclick: press}, words);

// done(answer): the fork is queued
export function mountForkForm(place, server, done) {
  const view = {place, server, done, run: null, now: null};
  onRedraw(() => view.run && draw(view));
  return {open: (run) => open(view, run)};
}

async function open(view, run) {
  view.run = run;
  view.now = await callServer(view.server.fork_form, {run: run.id});
  if (view.now.problem) return fill(view.place, h("p.problem", {role: "alert"}, view.now.problem));
  view.said = {warm: view.now.warm, ...asTexts(view.now), name: "", changes: ""};
  draw(view);
  view.place.querySelector("input[data-field=learning_rate]").focus();
}

const asTexts = (now) => Object.fromEntries(CHANGED.map(([name]) => [name, String(now[name] ?? "")]));

function draw(view) {
  const {now, said} = view;
  view.problem = h("div", {role: "alert"});
  fill(
    view.place,
    h(
      "form.fork-form",
      {
        "data-fork-form": view.run.id,
        onsubmit: (event) => {
          event.preventDefault();
          send(view);
        },
        onkeydown: (event) => event.key === "Escape" && close(view),
      },
      h("h3", {}, t("fork.title", {name: localized(now.name)})),
      h("p.soft", {}, t(now.running ? "fork.live_help" : "fork.help")),
      h(
        "div.fork-from",
        {role: "radiogroup", "aria-label": t("fork.from")},
        beginning(view, true, now.running ? t("fork.warm_live") : t("fork.warm", {step: now.step})),
        beginning(view, false, t("fork.cold")),
      ),
      h(
        "div.fork-fields",
        {},
        field(said, "learning_rate", {inputmode: "decimal"}),
        field(said, "steps", {inputmode: "numeric"}),
        field(said, "batch_size", {inputmode: "numeric"}),
        field(said, "name", {placeholder: t("fork.name_help"), maxlength: 200}),
      ),
      moreChanges(said),
      view.problem,
      h(
        "div.tools",
        {},
        h("button.primary", {type: "submit", "data-fork-send": ""}, t("fork.send")),
        h("button.quiet", {type: "button", onclick: () => close(view)}, t("fork.close")),
      ),
    ),
  );
}

const beginning = ({now, said}, warm, words) =>
  h(
    "label",
    {},
    h("input", {
      type: "radio",
      name: "fork-from",
      "data-warm": String(warm),
      checked: said.warm === warm,
      disabled: warm && !now.warm,
      onchange: () => {
        said.warm = warm;
      },
    }),
    " ",
    words,
  );

const field = (said, name, more) =>
  h("label.field", {}, h("span", {}, t(`fork.${name}`)), h("input", {type: "text", ...bound(said, name), ...more}));

const moreChanges = (said) =>
  h(
    "details",
    {open: Boolean(said.changes)},
    h("summary", {}, t("fork.more")),
    h("p.soft", {}, t("fork.more_help")),
    h("textarea", {rows: 3, "aria-label": t("fork.more"), spellcheck: "false", ...bound(said, "changes")}),
  );

const bound = (said, name) => ({
  "data-field": name,
  value: said[name],
  oninput: (event) => {
    said[name] = event.target.value;
  },
});

function close(view) {
  view.run = null;
  fill(view.place);
}

// only what was changed is sent: all else stays as the run has it when the fork begins
export function changesOf(said, now) {
  const before = asTexts(now);
  const changed = CHANGED.filter(([name]) => said[name].trim() && said[name].trim() !== before[name]);
  const lines = changed.map(([name, key]) => `${key}=${said[name].trim()}`);
  return [...lines, said.changes].join("\n").trim();
}

async function send(view) {
  const {run, said, now} = view;
  const question = {run: run.id, warm: said.warm, changes: changesOf(said, now), name: said.name};
  const answer = await callServer(view.server.fork, question);
  if (view.run !== run) return;
  if (answer.problem) return fill(view.problem, h("p.problem", {}, answer.problem));
  close(view);
  view.done(answer);
}
