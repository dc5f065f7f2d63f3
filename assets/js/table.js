// The progress of some runs, and their samples side by side.
(() => {
  const {h, t} = Lab;
  const FEW = 8;

  // one row a run: how far, how long still, what state
  Lab.progressRows = (runs) => (runs.length > FEW ? crowd(runs) : h("div.progress", {}, runs.map(progressRow)));

  // of many runs: one bar for all, and a row for those that run now
  function crowd(runs) {
    const over = runs.filter((run) => run.over), running = runs.filter((run) => run.status === "running");
    const done = runs.reduce((sum, run) => sum + (run.over ? 1 : run.total ? Math.min(1, run.step / run.total) : 0), 0);
    const seconds = runs.reduce((sum, run) => sum + (run.seconds || 0), 0);
    const counts = ["done", "failed", "cancelled", "interrupted", "running", "queued"].map((status) => [status, runs.filter((run) => run.status === status).length]).filter((pair) => pair[1]);
    return h("div.progress", {}, h("div.progress-all", {"data-all-over": over.length === runs.length},
      h("span.bar", {role: "progressbar", "aria-valuenow": over.length, "aria-valuemax": runs.length, "aria-label": t("watch.all_runs")}, h("i", {style: `width:${(100 * done) / runs.length}%;background:var(--lab-accent)`})),
      h("span.progress-words", {}, counts.map(([status, n]) => `${n} ${t(`status.${status}`)}`).join(" · "), over.length === runs.length ? ` · ${t("watch.trained_for", {time: Lab.duration(seconds)})}` : "")),
      running.map(progressRow));
  }

  function progressRow(run) {
    const part = run.total ? Math.min(1, run.step / run.total) : 0;
    return h("div.progress-row", {"data-status": run.status, "data-run": run.id},
      h("span.progress-name", {}, Lab.swatch(run.place), run.name),
      h("span.bar", {role: "progressbar", "aria-valuenow": run.step, "aria-valuemax": run.total, "aria-label": run.name},
        h("i", {style: `width:${100 * (run.status === "done" ? 1 : part)}%;background:${Lab.colour(run.place)}`})),
      h("span.progress-words", {}, progressWords(run)));
  }

  function progressWords(run) {
    if (run.status === "running" && run.request) return t("watch.stopping");
    const last = run.tried.at(-1);
    if (run.status === "running" && !run.step && last) return t("watch.searching", {rate: last[0], loss: last[1] === null ? "∞" : last[1].toFixed(3)});
    if (run.status !== "running") return t(`status.${run.status}`) + (run.status === "done" && run.seconds ? ` · ${Lab.duration(run.seconds)}` : "");
    if (!run.step) return t("watch.preparing");
    return t("watch.step", {step: run.step, total: run.total}) + (Lab.isNumber(run.left) ? ` · ${t("watch.left", {time: Lab.duration(run.left)})}` : "");
  }

  // samples: Map run -> Map position -> Map step -> answer; shown as of a step
  Lab.sampleGrid = (runs, prompts, samples, asOf) => {
    const latest = (run, position) => {
      const steps = [...(samples[run]?.get(position)?.keys() || [])].filter((step) => step <= asOf);
      return steps.length ? Math.max(...steps) : null;
    };
    return h("div.samples", {}, [...prompts.entries()].sort((a, b) => a[0] - b[0]).map(([position, prompt]) => h("section.sample", {},
      h("p.prompt", {}, prompt),
      h("div.columns", {style: `--columns:${runs.length}`}, runs.map((run, i) => {
        const step = latest(i, position), answer = step === null ? null : samples[i].get(position).get(step);
        return h("div.column", {style: `--mine:${Lab.colour(run.place)}`, "data-sample": run.id},
          h("div.column-name", {}, run.name, step === null ? null : h("small", {}, t("watch.at_step", {step}))),
          answer === null ? h("p.soft", {}, t("watch.no_sample")) : h("p.answer", {}, answer.trim() || t("watch.silent")));
      })))));
  };
})();
