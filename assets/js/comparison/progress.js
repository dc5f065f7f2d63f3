// How far some runs are: a row a run, or one bar for many.

import {runColour, swatch} from "../core/colours.js";
import {h} from "../core/dom.js";
import {formatDuration, isNumber} from "../core/format.js";
import {localized, t} from "../core/words.js";

const FEW = 8;

// one row a run: how far, how long still, what state, and what controls(run) gives to do with it
export const progressRows = (runs, controls = () => null) => {
  const row = (run) => progressRow(run, controls);
  return runs.length > FEW ? crowd(runs, row) : h("div.progress", {}, runs.map(row));
};

// of all runs together, figures included: a bar, and how long still
export const wholeProgress = ({runs, progress}) =>
  h(
    "div.progress-whole",
    {"data-whole-progress": ""},
    h(
      "span.bar",
      {
        role: "progressbar",
        "aria-valuenow": Math.round(100 * progress.share),
        "aria-valuemax": 100,
        "aria-label": t("watch.all_runs"),
      },
      h("i", {style: `width:${100 * progress.share}%;background:var(--lab-accent)`}),
    ),
    h(
      "span.progress-words",
      {},
      runs.length > 1
        ? `${t("watch.all_progress", {done: runs.filter((run) => run.over).length, n: runs.length})} · `
        : "",
      isNumber(progress.left) ? t("watch.left", {time: formatDuration(Math.max(1, progress.left))}) : "",
    ),
  );

// of many runs: one bar for all, and a row for those that run now
function crowd(runs, row) {
  const over = runs.filter((run) => run.over);
  const running = runs.filter((run) => run.status === "running");
  const done = runs.reduce((sum, run) => sum + (run.over ? 1 : run.total ? Math.min(1, run.step / run.total) : 0), 0);
  const seconds = runs.reduce((sum, run) => sum + (run.seconds || 0), 0);
  const counts = ["done", "failed", "cancelled", "interrupted", "running", "queued"]
    .map((status) => [status, runs.filter((run) => run.status === status).length])
    .filter((pair) => pair[1]);
  return h(
    "div.progress",
    {},
    h(
      "div.progress-all",
      {"data-all-over": over.length === runs.length},
      h(
        "span.bar",
        {
          role: "progressbar",
          "aria-valuenow": over.length,
          "aria-valuemax": runs.length,
          "aria-label": t("watch.all_runs"),
        },
        h("i", {style: `width:${(100 * done) / runs.length}%;background:var(--lab-accent)`}),
      ),
      h(
        "span.progress-words",
        {},
        counts.map(([status, n]) => `${n} ${t(`status.${status}`)}`).join(" · "),
        over.length === runs.length ? ` · ${t("watch.trained_for", {time: formatDuration(seconds)})}` : "",
      ),
    ),
    running.map(row),
  );
}

function progressRow(run, controls) {
  const part = run.total ? Math.min(1, run.step / run.total) : 0;
  return h(
    "div.progress-row",
    {"data-status": run.status, "data-run": run.id},
    h("span.progress-name", {}, swatch(run.place), localized(run.name)),
    h(
      "span.bar",
      {role: "progressbar", "aria-valuenow": run.step, "aria-valuemax": run.total, "aria-label": localized(run.name)},
      h("i", {style: `width:${100 * (run.status === "done" ? 1 : part)}%;background:${runColour(run.place)}`}),
    ),
    h("span.progress-words", {}, progressWords(run), controls(run)),
  );
}

function progressWords(run) {
  if (run.status === "running" && run.request)
    return t(run.request === "checkpoint" ? "fork.forking" : "watch.stopping");
  if (run.request === "fork") return t("fork.waits");
  const last = run.tried.at(-1);
  if (run.status === "running" && !run.step && last)
    return t("watch.searching", {rate: last[0], loss: last[1] === null ? "∞" : last[1].toFixed(3)});
  if (run.status !== "running")
    return (
      t(`status.${run.status}`) +
      (run.status === "done" && run.seconds ? ` · ${formatDuration(run.whole_seconds ?? run.seconds)}` : "")
    );
  if (!run.step) return t("watch.preparing");
  if (run.doing === "measuring") return t("watch.measuring");
  const step = t("watch.step", {step: run.step, total: run.total});
  return run.doing ? `${step} · ${t(`watch.${run.doing}`)}` : step;
}
