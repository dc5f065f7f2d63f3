// What goes on while a policy learns, from its curves: reward beside the score nobody optimises, divergence, variety,
// each with a plain sentence; its answers as they change; and what the reward model likes.

import {canvasesLine} from "../comparison/save.js";
import {runColour} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {formatFigure} from "../core/format.js";
import {callServer} from "../core/server.js";
import {currentLanguage, localized, nameOf, t} from "../core/words.js";
import {mountTrend} from "./trend.js";

export function mountOptimising(place, server) {
  const view = {
    place,
    server,
    head: h("div.section-head"),
    verdict: h("p.verdict", {role: "status", "data-loop-verdict": ""}),
    charts: h("div.trends"),
    saved: h("div"),
    answers: h("div"),
    likes: h("div"),
    run: null,
    state: null,
    since: 0,
    seen: 0,
    samples: new Map(),
    prompts: new Map(),
    asOf: Infinity,
    whole: false,
  };
  view.inside = h("section", {hidden: true}, view.head, view.verdict, view.charts, view.saved, view.answers);
  fill(view.place, view.inside, view.likes);
  view.trends = ["score", "kl", "variety"].map((name) => {
    const box = h("div.chart.trend", {"data-trend": name});
    view.charts.append(box);
    return mountTrend(box);
  });
  return {follow: (now, again) => follow(view, now, again)};
}

async function follow(view, now, again) {
  drawLikes(view, now);
  const next = now.policy;
  view.inside.hidden = !next;
  if (!next) {
    view.run = view.state = null;
    return;
  }
  if (!view.run || view.run.id !== next.id) {
    view.state = null;
    view.since = view.seen = 0;
    view.samples = new Map();
    view.prompts = new Map();
    view.asOf = Infinity;
    view.whole = false;
    fill(view.answers);
    delete view.answers.dataset.key;
  }
  view.run = next;
  if (!view.whole) {
    const got = await callServer(view.server.curves, {run: view.run.id, since: view.since, samples: view.seen});
    if (got.problem || view.run.id !== next.id) return;
    if (got.curves) {
      view.state = got;
      view.since = got.since;
    }
    if (got.samples) take(view, got);
    view.whole = next.over;
  } else if (!again) return;
  draw(view);
}

function take(view, got) {
  view.seen = got.samples_seen;
  view.samples = new Map();
  for (const [position, step, prompt, text] of got.samples) {
    view.prompts.set(position, prompt);
    if (!view.samples.has(position)) view.samples.set(position, new Map());
    view.samples.get(position).set(step, text);
  }
}

const reading = (view, ...names) => view.state.readings.filter((one) => names.includes(one.curve));

const says = (one) =>
  t(`rlhf.says_${one.says}`, {
    step: one.step,
    percent: Math.round(100 * one.value),
    value: formatFigure(Math.abs(one.value), Math.abs(one.value) >= 10 ? 0 : 2),
  });

const said = (found) => ({words: found.map(says).join(t("page.gap")), warn: found.some((one) => one.warn)});

function draw(view) {
  fill(view.head, h("h3", {}, t("rlhf.learning", {name: localized(view.run.name)})));
  drawVerdict(view);
  if (!view.state || !view.state.curves) return;
  const {curves, score, truth} = view.state;
  const colour = (i) => `var(--run-${(view.run.place + i) % 8})`;
  const has = (name) => curves[name]?.length;
  const truthName = truth && t("rlhf.true_score", {name: localized(view.state.watched)});
  const lines = [
    {words: nameOf("curve", score), colour: colour(0), points: curves[score] || []},
    ...(truth && has(truth) ? [{words: truthName, colour: colour(1), points: curves[truth]}] : []),
  ];
  view.trends[0].show(truth ? t("rlhf.score_and_truth") : nameOf("curve", score), lines, {
    ...said(reading(view, score, truth)),
    mark:
      view.state.parted !== null && view.state.parted !== undefined
        ? {step: view.state.parted, words: t("rlhf.part_here")}
        : null,
  });
  const second = has("kl") ? "kl" : "rewards/accuracies";
  view.trends[1].show(
    nameOf("curve", second),
    [{colour: colour(0), points: curves[second] || []}],
    said(reading(view, second)),
  );
  const third = ["distinct_2", "entropy", "completions/mean_length"].find(has);
  view.trends[2].show(
    third ? nameOf("curve", third) : "",
    [{colour: colour(0), points: curves[third] || []}],
    said(reading(view, third, "completions/mean_length")),
  );
  view.charts.children[1].hidden = !has(second);
  view.charts.children[2].hidden = !third;
  drawSaving(view);
  drawAnswers(view);
}

// drawn once a run and language
function drawSaving(view) {
  const key = `${currentLanguage()} ${view.run.id}`;
  if (view.saved.dataset.key === key) return;
  view.saved.dataset.key = key;
  const find = () => view.trends.map((trend) => trend.drawn()).filter(Boolean);
  fill(view.saved, canvasesLine(find, {data: "trends", title: localized(view.run.name)}));
}

// all readings in one sentence, while it learns and at its end
function drawVerdict(view) {
  const word = view.state?.verdict;
  view.verdict.hidden = !word;
  view.verdict.classList.toggle("warn", Boolean(word) && word !== "learns");
  fill(view.verdict, word ? [h("b", {}, t(`rlhf.verdict_${word}`)), " ", t(`rlhf.verdict_${word}_means`)] : null);
}

// the same questions at every evaluation, the likeliest answer; the slider goes back in time
function drawAnswers(view) {
  const every = [...view.samples.values()].flatMap((byStep) => [...byStep.keys()]);
  const steps = [...new Set(every)].toSorted((a, b) => a - b);
  const key = JSON.stringify([currentLanguage(), view.run.id, view.seen]);
  if (!steps.length || view.answers.dataset.key === key) return;
  view.answers.dataset.key = key;
  const last = steps.length - 1;
  const at =
    view.asOf === Infinity
      ? last
      : Math.max(
          0,
          steps.findLastIndex((step) => step <= view.asOf),
        );
  const grid = h("div");
  const out = h("output.soft", {}, t("watch.as_of", {step: steps[at]}));
  const slide = () => {
    const i = Number(slider.value);
    view.asOf = i === last ? Infinity : steps[i];
    out.textContent = t("watch.as_of", {step: steps[i]});
    fill(grid, answerColumns(view, steps[0]));
  };
  const slider = h("input", {
    type: "range",
    min: 0,
    max: last,
    value: at,
    "aria-label": t("watch.slider"),
    oninput: slide,
  });
  slider.value = at;
  fill(grid, answerColumns(view, steps[0]));
  fill(
    view.answers,
    h("div.section-head", {}, h("h3", {}, t("rlhf.answers")), last ? h("label.slider", {}, slider, out) : null),
    grid,
  );
}

// each question's answer at the start, and as of the step that is looked at
function answerColumns(view, first) {
  const asked = [...view.prompts.entries()].toSorted((a, b) => a[0] - b[0]);
  const start = (position) => column(view, position, (step) => step <= first, runColour(null), t("rlhf.at_start"));
  const now = (position) =>
    column(view, position, (step) => step <= view.asOf, runColour(view.run.place), localized(view.run.name));
  const section = ([position, prompt]) =>
    h(
      "section.sample",
      {},
      h("p.prompt", {}, prompt),
      h("div.columns", {style: "--columns:2"}, start(position), now(position)),
    );
  return h("div.samples", {}, asked.map(section));
}

function column(view, position, counts, colour, name) {
  const byStep = view.samples.get(position);
  const found = [...byStep.keys()].filter(counts);
  const step = found.length ? Math.max(...found) : null;
  return h(
    "div.column",
    {style: `--mine:${colour}`},
    h("div.column-name", {}, name, step === null ? null : h("small", {}, t("watch.at_step", {step}))),
    h("p.answer", {}, step === null ? t("watch.no_sample") : byStep.get(step).trim() || t("watch.silent")),
  );
}

function drawLikes(view, now) {
  const liked = now.model.likes;
  const key = JSON.stringify([currentLanguage(), now.model.usable, Boolean(liked)]);
  if (view.likes.dataset.key === key) return;
  view.likes.dataset.key = key;
  const list = (side) =>
    h(
      "div.liked",
      {"data-liked": side},
      h("h4", {}, t(`rlhf.${side}`)),
      h(
        "ol",
        {},
        liked[side].map((one) =>
          h(
            "li",
            {},
            h("b", {}, formatFigure(one.score, 2)),
            h("span", {}, h("small", {}, one.prompt), h("span.answer", {}, one.answer)),
          ),
        ),
      ),
    );
  fill(
    view.likes,
    liked
      ? h(
          "details.more.likes",
          {open: !now.policy},
          h("summary", {}, t("rlhf.likes")),
          h("p.soft", {}, t("rlhf.likes_help")),
          h("div.liked-sides", {}, list("highest"), list("lowest")),
        )
      : null,
  );
}
