// How far some runs are: a row a run, or one bar for many.

import {runColour, swatch} from "../core/colours.js";
import {h} from "../core/dom.js";
import {formatDuration, isNumber} from "../core/format.js";
import {t} from "../core/words.js";

const FEW = 8;

// one row a run: how far, how long still, what state
export const progressRows = (runs) => (runs.length > FEW ? crowd(runs) : h("div.progress", {}, runs.map(progressRow)));

// of many runs: one bar for all, and a row for those that run now
function crowd(runs) {
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
    running.map(progressRow),
  );
}

function progressRow(run) {
  const part = run.total ? Math.min(1, run.step / run.total) : 0;
  return h(
    "div.progress-row",
    {"data-status": run.status, "data-run": run.id},
    h("span.progress-name", {}, swatch(run.place), run.name),
    h(
      "span.bar",
      {role: "progressbar", "aria-valuenow": run.step, "aria-valuemax": run.total, "aria-label": run.name},
      h("i", {style: `width:${100 * (run.status === "done" ? 1 : part)}%;background:${runColour(run.place)}`}),
    ),
    h("span.progress-words", {}, progressWords(run)),
  );
}

function progressWords(run) {
  if (run.status === "running" && run.request) return t("watch.stopping");
  const last = run.tried.at(-1);
  if (run.status === "running" && !run.step && last)
    return t("watch.searching", {rate: last[0], loss: last[1] === null ? "∞" : last[1].toFixed(3)});
  if (run.status !== "running")
    return (
      t(`status.${run.status}`) + (run.status === "done" && run.seconds ? ` · ${formatDuration(run.seconds)}` : "")
    );
  if (!run.step) return t("watch.preparing");
  return (
    t("watch.step", {step: run.step, total: run.total}) +
    (isNumber(run.left) ? ` · ${t("watch.left", {time: formatDuration(run.left)})}` : "")
  );
}
