// What goes on while a policy learns, from its curves: reward beside the score nobody optimises, divergence, variety, each
// with a plain sentence; its answers as they change; and what the reward model likes.
(() => {
  const {h, fill, t, both} = Lab;

  Lab.optimising = (place, server) => {
    const head = h("div.section-head"), charts = h("div.trends"), answers = h("div"), likes = h("div");
    const inside = h("section", {hidden: true}, head, charts, answers);
    fill(place, inside, likes);
    const trends = ["score", "kl", "variety"].map((name) => { const box = h("div.chart.trend", {"data-trend": name}); charts.append(box); return Lab.trend(box); });
    let run = null, state = null, since = 0, seen = 0, samples = new Map(), prompts = new Map(), asOf = Infinity, whole = false;

    async function follow(now, again) {
      drawLikes(now);
      const next = now.policy;
      inside.hidden = !next;
      if (!next) { run = state = null; return; }
      if (!run || run.id !== next.id) { state = null; since = seen = 0; samples = new Map(); prompts = new Map(); asOf = Infinity; whole = false; fill(answers); delete answers.dataset.key; }
      run = next;
      if (!whole) {
        const got = await Lab.ask(server.curves, {run: run.id, since, samples: seen});
        if (got.problem || run.id !== next.id) return;
        if (got.curves) { state = got; since = got.since; }
        if (got.samples) take(got);
        whole = next.over;
      } else if (!again) return;
      draw();
    }

    function take(got) {
      seen = got.samples_seen;
      samples = new Map();
      for (const [position, step, prompt, text] of got.samples) {
        prompts.set(position, prompt);
        if (!samples.has(position)) samples.set(position, new Map());
        samples.get(position).set(step, text);
      }
    }

    const reading = (...names) => state.readings.filter((one) => names.includes(one.curve));
    const says = (one) => t(`rlhf.says_${one.says}`, {step: one.step, percent: Math.round(100 * one.value), value: Lab.figure(Math.abs(one.value), Math.abs(one.value) >= 10 ? 0 : 2)});
    const said = (found) => ({words: found.map(says).join(Lab.language === "zh" ? "" : " "), warn: found.some((one) => one.warn)});

    function draw() {
      fill(head, h("h3", {}, t("rlhf.learning", {name: run.name})));
      if (!state || !state.curves) return;
      const {curves, score, truth} = state, colour = (i) => `var(--run-${(run.place + i) % 8})`, has = (name) => curves[name]?.length;
      const truthName = truth && t("rlhf.true_score", {name: both(state.watched)});
      const lines = [{words: Lab.named("curve", score), colour: colour(0), points: curves[score] || []}, ...(truth && has(truth) ? [{words: truthName, colour: colour(1), points: curves[truth]}] : [])];
      trends[0].show(truth ? t("rlhf.score_and_truth") : Lab.named("curve", score), lines, {...said(reading(score, truth)), mark: state.parted !== null && state.parted !== undefined ? {step: state.parted, words: t("rlhf.part_here")} : null});
      const second = has("kl") ? "kl" : "rewards/accuracies";
      trends[1].show(Lab.named("curve", second), [{colour: colour(0), points: curves[second] || []}], said(reading(second)));
      const third = ["distinct_2", "entropy", "completions/mean_length"].find(has);
      trends[2].show(third ? Lab.named("curve", third) : "", [{colour: colour(0), points: curves[third] || []}], said(reading(third, "completions/mean_length")));
      charts.children[1].hidden = !has(second);
      charts.children[2].hidden = !third;
      drawAnswers();
    }

    // the same questions at every evaluation, the likeliest answer; the slider goes back in time
    function drawAnswers() {
      const steps = [...new Set([...samples.values()].flatMap((byStep) => [...byStep.keys()]))].sort((a, b) => a - b);
      const key = JSON.stringify([Lab.language, run.id, seen]);
      if (!steps.length || answers.dataset.key === key) return;
      answers.dataset.key = key;
      const first = steps[0], grid = h("div"), at = asOf === Infinity ? steps.length - 1 : Math.max(0, steps.findLastIndex((step) => step <= asOf));
      const out = h("output.soft", {}, t("watch.as_of", {step: steps[at]}));
      const columns = () => fill(grid, h("div.samples", {}, [...prompts.entries()].sort((a, b) => a[0] - b[0]).map(([position, prompt]) => h("section.sample", {}, h("p.prompt", {}, prompt), h("div.columns", {style: "--columns:2"},
        column(position, (step) => step <= first, "var(--run-base)", t("rlhf.at_start")), column(position, (step) => step <= asOf, Lab.colour(run.place), run.name))))));
      const slider = h("input", {type: "range", min: 0, max: steps.length - 1, value: at, "aria-label": t("watch.slider"), oninput: () => {
        asOf = Number(slider.value) === steps.length - 1 ? Infinity : steps[Number(slider.value)];
        out.textContent = t("watch.as_of", {step: steps[Number(slider.value)]});
        columns();
      }});
      slider.value = at;
      columns();
      fill(answers, h("div.section-head", {}, h("h3", {}, t("rlhf.answers")), steps.length > 1 ? h("label.slider", {}, slider, out) : null), grid);
    }
    function column(position, counts, colour, name) {
      const byStep = samples.get(position), found = [...byStep.keys()].filter(counts), step = found.length ? Math.max(...found) : null;
      return h("div.column", {style: `--mine:${colour}`}, h("div.column-name", {}, name, step === null ? null : h("small", {}, t("watch.at_step", {step}))),
        h("p.answer", {}, step === null ? t("watch.no_sample") : byStep.get(step).trim() || t("watch.silent")));
    }

    function drawLikes(now) {
      const liked = now.model.likes, key = JSON.stringify([Lab.language, now.model.usable, Boolean(liked)]);
      if (likes.dataset.key === key) return;
      likes.dataset.key = key;
      const list = (side) => h("div.liked", {"data-liked": side}, h("h4", {}, t(`rlhf.${side}`)), h("ol", {}, liked[side].map((one) => h("li", {}, h("b", {}, Lab.figure(one.score, 2)), h("span", {}, h("small", {}, one.prompt), h("span.answer", {}, one.answer))))));
      fill(likes, liked ? h("details.more.likes", {open: !now.policy}, h("summary", {}, t("rlhf.likes")), h("p.soft", {}, t("rlhf.likes_help")), h("div.liked-sides", {}, list("highest"), list("lowest"))) : null);
    }
    return {follow};
  };
})();
