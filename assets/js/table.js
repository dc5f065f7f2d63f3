// The result table of some runs, their progress rows, and their samples side by side. Figures are formatted here.
(() => {
  const {h, t, both} = Lab;

  const change = (pair, digits) => {
    const [before, after] = pair || [null, null];
    if (before === null && after === null) return "–";
    return h("span.change", {}, h("span.soft", {}, Lab.figure(before, digits)), " → ", h("b", {}, Lab.figure(after, digits)));
  };
  const best = (runs, value, lowest) => {
    const known = runs.map(value).filter(Lab.isNumber);
    const low = Math.min(...known), high = Math.max(...known);
    return known.length > 1 && low < high ? (lowest ? low : high) : null;
  };

  // every figure says against what: before → after of the run, and the best of the column is marked
  Lab.resultTable = (runs) => {
    const metrics = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))];
    const leastHeld = best(runs, (run) => run.held_out[1], true);
    const head = ["variant", "trainable", "time", "memory", "size", "held_out"].map((key) => h("th", {title: t(`result.${key}_help`)}, t(`result.${key}`)));
    const mark = (value, top, cell) => h(Lab.isNumber(value) && value === top ? "td.best" : "td", {}, cell);
    return h("div.scroll-x", {}, h("table.results", {},
      h("thead", {}, h("tr", {}, head, metrics.map((name) => h("th", {}, Lab.named("metric", name))), h("th", {title: t("result.forgetting_help")}, t("result.forgetting")))),
      h("tbody", {}, runs.map((run) => h("tr", {"data-run": run.id},
        h("td.name", {}, Lab.swatch(run.place), h("span", {}, run.name), h("small", {}, both(run.method_name))),
        h("td", {}, Lab.share(run.trainable, run.all_params), h("small", {}, Lab.count(run.trainable))),
        h("td", {}, Lab.duration(run.seconds)),
        h("td", {}, Lab.bytes(run.memory)),
        h("td", {}, Lab.bytes(run.bytes)),
        mark(run.held_out[1], leastHeld, change(run.held_out, 3)),
        metrics.map((name) => mark(run.metrics[name]?.[1], best(runs, (other) => other.metrics[name]?.[1], false), change(run.metrics[name], 2))),
        h("td", {}, change(run.forgetting, 1)))))));
  };

  // one row a run: how far, how long still, what state
  Lab.progressRows = (runs) => h("div.progress", {}, runs.map((run) => {
    const part = run.total ? Math.min(1, run.step / run.total) : 0;
    return h("div.progress-row", {"data-status": run.status, "data-run": run.id},
      h("span.progress-name", {}, Lab.swatch(run.place), run.name),
      h("span.bar", {role: "progressbar", "aria-valuenow": run.step, "aria-valuemax": run.total, "aria-label": run.name},
        h("i", {style: `width:${100 * (run.status === "done" ? 1 : part)}%;background:${Lab.colour(run.place)}`})),
      h("span.progress-words", {}, progressWords(run)));
  }));

  function progressWords(run) {
    if (run.status === "running" && run.request) return t("watch.stopping");
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
