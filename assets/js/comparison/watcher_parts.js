// The parts of a watched comparison: its heading, flags, choice of curve, samples, and what to do next.

import {BESIDE, beside} from "./beside.js";
import {sampleGrid} from "./samples.js";
import {swatch} from "../core/colours.js";
import {fill, h, selectOptions} from "../core/dom.js";
import {sendLetter} from "../core/tabs.js";
import {currentLanguage, localized, nameOf, t} from "../core/words.js";

const DULL = ["learning_rate", "tokens_per_second"];
const FLAGS = 4;

export function drawFlags(view) {
  const found =
    view.state.curve !== "loss"
      ? []
      : view.state.runs.map((run, i) => [run, view.chart.parted(i)]).filter((pair) => pair[1] !== null);
  fill(
    view.flags,
    found
      .slice(0, FLAGS)
      .map(([run, step]) => h("p.flag", {}, swatch(run.place), t("watch.parted", {name: run.name, step}))),
    found.length > FLAGS ? h("p.flag", {}, t("watch.parted_more", {n: found.length - FLAGS})) : null,
  );
}

// which curve is drawn; only where there is more to see than the loss
export function drawPicker(view) {
  const few = view.state.curves.filter((name) => !DULL.includes(name));
  if (few.length < 2) return fill(view.picker);
  const key = [currentLanguage(), view.state.curve, ...few].join();
  if (view.picker.dataset.key === key) return;
  view.picker.dataset.key = key;
  fill(
    view.picker,
    h(
      "label.field.inline",
      {},
      h("span", {}, t("watch.curve")),
      h(
        "select",
        {
          "data-curve": "",
          onchange: (event) => {
            view.curve = event.target.value;
            view.loop.now();
          },
        },
        selectOptions(
          few.map((value) => ({value, words: nameOf("curve", value)})),
          view.state.curve,
        ),
      ),
    ),
  );
}

export const emptyWords = () =>
  h(
    "div.empty.first",
    {},
    h("h2", {}, t("watch.empty_title")),
    h("p", {}, t("watch.empty_words")),
    h(
      "ol",
      {},
      ["watch.empty_1", "watch.empty_2", "watch.empty_3"].map((key) => h("li", {}, t(key))),
    ),
  );

export function heading(view) {
  const running = !view.state.over;
  const example = !view.what.comparison && !view.what.run;
  return h(
    "div.watch-head",
    {},
    h(
      "h2",
      {},
      view.state.title,
      example
        ? h("small.badge", {"data-example": ""}, t(view.state.recorded ? "watch.recorded" : "watch.latest"))
        : null,
    ),
    running
      ? h(
          "div.tools",
          {},
          h("button.quiet", {"data-stop": "keep", onclick: () => view.actions.stop(true)}, t("watch.stop_keep")),
          h(
            "button.quiet.danger",
            {"data-stop": "discard", onclick: () => view.actions.stop(false)},
            t("watch.discard"),
          ),
        )
      : null,
  );
}

export const failure = (run) =>
  h(
    "div.problem",
    {role: "alert"},
    h("b", {}, run.name),
    " ",
    run.error.split("\n")[0],
    run.error.includes("\n") ? h("details", {}, h("summary", {}, t("watch.more")), h("pre", {}, run.error)) : null,
  );

// what is to be known beside the figures: once where all runs say it, else with the names of those that do
export function notes(runs) {
  const said = new Map();
  for (const run of runs) {
    for (const note of run.notes.map(localized)) said.set(note, [...(said.get(note) || []), run.name]);
  }
  const lines = [...said].map(([note, names]) =>
    names.length === runs.length ? note : `${names.join(", ")}: ${note}`,
  );
  return lines.length
    ? h(
        "div.soft.run-notes",
        {"data-notes": ""},
        t("watch.notes"),
        h(
          "ul",
          {},
          lines.map((line) => h("li", {}, line)),
        ),
      )
    : null;
}

export function nextSteps(view) {
  const usable = view.state.runs.filter((run) => run.kept && ["done", "cancelled"].includes(run.status));
  const talkers = () => {
    const mine = beside(view).filter((run) => usable.some((one) => one.id === run.id));
    return (mine.length ? mine : usable).slice(0, BESIDE);
  };
  return h(
    "div.next",
    {},
    usable.length
      ? h(
          "button.primary",
          {"data-next": "talk", onclick: () => sendLetter("talk", {runs: talkers().map((run) => run.id)}, "compare")},
          t(usable.length > 1 ? "watch.talk" : "watch.talk_one"),
        )
      : null,
    h(
      "button",
      {
        "data-next": "again",
        onclick: () =>
          sendLetter("form", view.what.run ? {run: view.what.run} : {comparison: view.state.comparison}, "train"),
      },
      t("watch.again"),
    ),
    view.what.run
      ? null
      : h("a.quiet", {href: `?run=${view.state.comparison}`, title: t("watch.link_help")}, t("watch.link")),
  );
}

export function sampleSection(view) {
  const steps = [
    ...new Set(view.samples.flatMap((byPrompt) => [...byPrompt.values()].flatMap((byStep) => [...byStep.keys()]))),
  ].toSorted((a, b) => a - b);
  if (!steps.length) return null;
  const grid = h("div");
  const shown = beside(view);
  const redraw = () =>
    fill(
      grid,
      sampleGrid(
        shown,
        view.prompts,
        shown.map((run) => view.samples[view.state.runs.findIndex((one) => one.id === run.id)]),
        view.asOf,
      ),
    );
  const place =
    view.asOf === Infinity
      ? steps.length - 1
      : Math.max(
          0,
          steps.findLastIndex((step) => step <= view.asOf),
        );
  const words = h("output.soft", {}, t("watch.as_of", {step: steps[place]}));
  const slider = h("input", {
    type: "range",
    min: 0,
    max: steps.length - 1,
    value: place,
    "aria-label": t("watch.slider"),
    oninput: () => {
      const chosen = Number(slider.value);
      view.asOf = chosen === steps.length - 1 ? Infinity : steps[chosen];
      words.textContent = t("watch.as_of", {step: steps[chosen]});
      redraw();
    },
  });
  slider.value = place;
  redraw();
  return h(
    "section.sample-section",
    {},
    h(
      "div.section-head",
      {},
      h("h3", {}, t("watch.samples")),
      steps.length > 1 ? h("label.slider", {}, slider, words) : null,
    ),
    h("p.soft", {}, t("watch.samples_help")),
    grid,
  );
}
