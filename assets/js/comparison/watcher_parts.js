// The parts of a watched comparison: its heading, flags, choice of curve, samples, and what to do next.

import {BESIDE, areBest, beside, variants} from "./beside.js";
import {sampleGrid} from "./samples.js";
import {wholeProgress} from "./progress.js";
import {addressTo} from "../core/address.js";
import {swatch} from "../core/colours.js";
import {choice} from "../core/controls.js";
import {fill, h, keepFocus} from "../core/dom.js";
import {sendLetter} from "../core/tabs.js";
import {comma, currentLanguage, localized, nameOf, t} from "../core/words.js";

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
      .map(([run, step]) => h("p.flag", {}, swatch(run.place), t("watch.parted", {name: localized(run.name), step}))),
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
    choice({
      words: t("watch.curve"),
      data: "curve",
      inline: true,
      options: few.map((value) => ({value, words: nameOf("curve", value)})),
      now: view.state.curve,
      choose: (value) => {
        view.curve = value;
        view.loop.now();
      },
    }),
  );
}

// instead of a comparison: none is known yet, there is none, or it is still to be made
export function placeWords(view) {
  if (!view.state) return h("p.soft", {}, t("watch.looking"));
  return view.what.expected ? expectedWords(view) : emptyWords();
}

const emptyWords = () =>
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

const expectedWords = (view) =>
  h(
    "div.empty.first",
    {"data-expected": ""},
    h("h2", {}, localized(view.what.expected)),
    h("p", {}, t("watch.expected")),
    h("button.quiet", {"data-show-latest": "", onclick: () => view.actions.show({})}, t("watch.show_latest")),
  );

// name and progress of the whole, which stay in sight while it trains
export function drawHead(view) {
  const none = !view.state || view.state.empty;
  view.head.classList.toggle("running", !none && !view.state.over);
  keepFocus(view.head, () =>
    fill(view.head, none ? null : [heading(view), view.state.over ? null : wholeProgress(view.state)]),
  );
}

// whether nobody here made or asked for what is shown
export const isExample = ({what, state, readOnly}) =>
  !readOnly && (Boolean(state?.recorded) || (!what.comparison && !what.run && !what.runs));

// whether anything can be done with what is shown
export const mayAct = ({state}) => !state.recorded;

// of runs of several comparisons: what has been deleted since, and whether their figures can be held against each other
export const selectionWords = ({missing, several, alike}) => [
  missing.length ? h("p.flag", {"data-missing": ""}, t("watch.missing", {ids: missing.join(comma())})) : null,
  several ? h("p.soft", {"data-alike": String(alike)}, t(alike ? "watch.alike" : "watch.not_alike")) : null,
];

function heading(view) {
  const running = mayAct(view) && !view.state.over && view.state.runs.some((run) => run.mine !== false);
  const example = isExample(view);
  return h(
    "div.watch-head",
    {},
    h(
      "h2",
      {},
      view.state.several ? t("watch.selection", {n: view.state.runs.length}) : localized(view.state.title),
      example
        ? h(
            "small.badge",
            {"data-example": view.state.recorded ? "recorded" : "latest"},
            t(view.state.recorded ? "watch.recorded" : "watch.latest"),
          )
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
    h("b", {}, localized(run.name)),
    " ",
    run.error.split("\n")[0],
    run.error.includes("\n") ? h("details", {}, h("summary", {}, t("watch.more")), h("pre", {}, run.error)) : null,
  );

// what is to be known beside the figures: once where all runs say it, else with the names of those that do
export function notes(runs) {
  const said = new Map();
  for (const run of runs) {
    for (const note of run.notes.map(localized)) said.set(note, [...(said.get(note) || []), localized(run.name)]);
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

// of many variants, those that stand side by side, and the way to choose others
export function chooser(view) {
  if (variants(view).length <= BESIDE || !view.state.runs.some((run) => run.trainable)) return null;
  const {picked, actions} = view;
  return h(
    "p.chooser",
    {},
    t(picked.size ? "watch.beside" : areBest(view) ? "watch.beside_best" : "watch.beside_first"),
    " ",
    beside(view).map((run) =>
      h(
        "button.chip",
        {
          "data-beside": run.variant,
          "aria-pressed": String(picked.has(run.variant)),
          onclick: () => actions.pick(run.variant),
        },
        swatch(run.place),
        localized(run.variant),
      ),
    ),
    picked.size ? h("button.quiet", {onclick: actions.pickNone}, t("watch.beside_none")) : null,
    h("span.soft", {}, t("watch.beside_help")),
  );
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
        onclick: () => sendLetter("form", view.state.what, "train"),
      },
      t("watch.again"),
    ),
    view.what.run
      ? null
      : h("a.quiet", {"data-link": "", href: linkTo(view), title: t("watch.link_help")}, t("watch.link")),
    h("a.quiet", {"data-share": "", href: toShow(view), title: t("watch.share_help")}, t("watch.share")),
  );
}

// the address of the page to look at alone
const toShow = ({what, state}) =>
  addressTo("train", {}, `?show=${what.run || (what.runs ? what.runs.join(",") : state.comparison)}`);

const linkTo = ({what, state}) =>
  what.runs ? addressTo("runs", {compare: what.runs.join(",")}) : addressTo("train", {run: state.comparison});

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
      if (!view.state) return; // what stands there until another comparison has come
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
