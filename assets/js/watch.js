// Watches a comparison or a run: progress, curves, samples, results, next steps. It pulls what is new from the store,
// so a reload, a second tab or another browser sees the same. Used by the Train tab and by a run's page.
(() => {
  const {h, fill, t} = Lab;
  const SOON = 700, LATER = 6000;
  const DULL = ["learning_rate", "tokens_per_second"];
  const BESIDE = 4, FLAGS = 4;

  // what: {comparison} or {run} or {} for the newest finished one; letters: told(answer) after each answer
  Lab.watcher = (place, server, {onState} = {}) => {
    let what = {}, curve = "", state = null, since = 0, seen = 0, asOf = Infinity, samples = [], prompts = new Map(), problem = null, shape = "";
    const top = h("div"), picker = h("div.picker"), curves = h("div.chart"), flags = h("div"), below = h("div"), table = h("div"), next = h("div"), plotted = h("div"), chooser = h("div"), tuned = h("div");
    const overview = h("details.overview", {hidden: true, ontoggle: () => overview.open && state && plot.draw(state.runs, picked)}, h("summary", {}), plotted);
    fill(place, top, picker, curves, flags, overview, table, next, chooser, tuned, below);
    const chart = Lab.chart(curves, {point: (variant) => point(variant)}), plot = Lab.plot(plotted, {pick: (variant) => pick(variant, true), point: (variant) => point(variant)});
    const results = Lab.results(table, server, {pick: (variant) => pick(variant), point: (variant) => point(variant)}), pictures = Lab.tuned(tuned, server);
    let round = 0, picked = new Set(), unfolded = false;

    // ---- the variants somebody has picked: they stand out everywhere, and of many they are what is shown side by side
    function pick(variant, reveal) {
      picked = new Set(picked);
      if (picked.has(variant)) picked.delete(variant);
      else picked = new Set([...[...picked].slice(1 - BESIDE), variant]);
      mark(null, reveal ? variant : null);
      drawBeside();
    }
    const point = (variant) => mark(variant, null);
    function mark(pointed, reveal) {
      const places = new Map(beside().filter((run) => picked.has(run.variant)).map((run) => [run.variant, run.place]));
      for (const variant of picked) if (!places.has(variant)) places.set(variant, null);
      if (pointed && !places.has(pointed)) places.set(pointed, null);
      chart.emphasise(places);
      plot.mark(picked, pointed);
      results.mark(picked, pointed, reveal);
    }
    const variants = () => Lab.variantsOf(state.runs);
    // the runs that stand side by side: one of each variant picked; of many, else the best four (the first four while they
    // run). Of very many, whose own colours repeat, those four have the first four colours.
    function beside() {
      const found = chosenRuns();
      return variants().length > Lab.MANY_VARIANTS ? found.map((run, place) => ({...run, place})) : found;
    }
    function chosenRuns() {
      if (variants().length <= BESIDE) return variants().map((one) => one.runs[0]);
      const mine = variants().filter((one) => picked.has(one.name)).map((one) => one.runs[0]);
      if (mine.length) return mine;
      const known = state.runs.filter((run) => Lab.isNumber(run.held_out[1])), first = variants().map((one) => one.runs[0]);
      const best = [...known].sort((a, b) => a.held_out[1] - b.held_out[1]).filter((run, i, all) => all.findIndex((other) => other.variant === run.variant) === i);
      return (state.over && best.length >= BESIDE ? best : first).slice(0, BESIDE).sort((a, b) => state.runs.indexOf(a) - state.runs.indexOf(b));
    }
    function drawBeside() {
      pictures.draw(beside());
      fill(chooser, variants().length > BESIDE && state.runs.some((run) => run.trainable) ? h("p.chooser", {}, t(picked.size ? "watch.beside" : state.over ? "watch.beside_best" : "watch.beside_first"), " ",
        beside().map((run) => h("button.chip", {"data-beside": run.variant, "aria-pressed": String(picked.has(run.variant)), onclick: () => pick(run.variant)}, Lab.swatch(run.place), run.variant)),
        picked.size ? h("button.quiet", {onclick: () => { picked = new Set(); mark(null, null); drawBeside(); }}, t("watch.beside_none")) : null, h("span.soft", {}, t("watch.beside_help"))) : null);
      fill(below, sampleSection());
    }
    function drawOverview() {
      const enough = variants().filter((one) => one.runs.some((run) => run.trainable && Lab.isNumber(run.held_out[1]))).length > 1 || Lab.variantsOf(state.runs.filter((run) => Lab.isNumber(run.metrics.reward?.[1]))).length > 1;
      overview.hidden = !enough;
      overview.firstChild.textContent = t("plot.title");
      if (enough && !unfolded) { unfolded = true; overview.open = variants().length > BESIDE; }
      if (enough && overview.open) plot.draw(state.runs, picked);
    }

    function show(next) {
      what = next; curve = ""; state = null; since = 0; seen = 0; asOf = Infinity; samples = []; prompts = new Map(); problem = null; shape = "";
      picked = new Set(); unfolded = false;
      round += 1;
      chart.clear([]);
      loop.now();
    }

    async function pull() {
      const mine = round;
      const answer = await Lab.ask(server.watch, {...what, curve, since, samples: seen});
      if (mine !== round) return SOON;
      if (answer.problem) { problem = answer.problem; draw(); return answer.unreachable ? 2000 : LATER; }
      problem = null;
      take(answer);
      return state.empty ? 4000 : state.over ? LATER : SOON;
    }

    function take(answer) {
      const before = state;
      state = answer;
      if (!answer.empty) {
        const now = [...answer.runs.map((run) => run.id), answer.curve].join();
        if (now !== shape) {
          if (shape) { since = 0; seen = 0; shape = ""; samples = []; prompts = new Map(); chart.clear(answer.runs, answer.curve); shape = now; loop.now(); return; }
          shape = now;
          chart.clear(answer.runs, answer.curve);
        }
        since = answer.since;
        chart.add(answer.points);
        if (answer.samples) takeSamples(answer);
      }
      if (onState) onState(answer, before);
      draw(Boolean(answer.samples) || !before || before.over !== answer.over);
    }

    function takeSamples(answer) {
      seen = answer.samples_seen;
      samples = answer.runs.map(() => new Map());
      for (const [run, position, step, prompt, text] of answer.samples) {
        prompts.set(position, prompt);
        if (!samples[run].has(position)) samples[run].set(position, new Map());
        samples[run].get(position).set(step, text);
      }
    }

    function draw(everything = true) {
      place.classList.toggle("example", Boolean(state && !state.empty && !what.comparison && !what.run));
      if (problem) return fill(top, h("p.problem", {role: "alert"}, problem));
      if (!state) return fill(top, h("p.soft", {}, t("watch.looking")));
      for (const part of [curves, table, tuned]) part.hidden = Boolean(state.empty);
      if (state.empty) { overview.hidden = true; for (const part of [flags, next, chooser, below]) fill(part); return fill(top, emptyWords()); }
      fill(top, heading(), Lab.progressRows(state.runs), state.runs.filter((run) => run.error).map((run) => failure(run)));
      drawPicker();
      drawFlags();
      if (!everything) return;
      table.hidden = !state.runs.some((run) => run.trainable);
      results.draw(state.runs, picked);
      drawOverview();
      fill(next, state.over && !state.recorded ? nextSteps() : null);
      drawBeside();
    }
    function drawFlags() {
      const found = state.curve !== "loss" ? [] : state.runs.map((run, i) => [run, chart.parted(i)]).filter((pair) => pair[1] !== null);
      fill(flags, found.slice(0, FLAGS).map(([run, step]) => h("p.flag", {}, Lab.swatch(run.place), t("watch.parted", {name: run.name, step}))),
        found.length > FLAGS ? h("p.flag", {}, t("watch.parted_more", {n: found.length - FLAGS})) : null);
    }

    // which curve is drawn; only where there is more to see than the loss
    function drawPicker() {
      const few = state.curves.filter((name) => !DULL.includes(name));
      if (few.length < 2) return fill(picker);
      const key = [Lab.language, state.curve, ...few].join();
      if (picker.dataset.key === key) return;
      picker.dataset.key = key;
      fill(picker, h("label.field.inline", {}, h("span", {}, t("watch.curve")), h("select", {"data-curve": "", onchange: (event) => { curve = event.target.value; loop.now(); }},
        Lab.options(few.map((value) => ({value, words: Lab.named("curve", value)})), state.curve))));
    }

    const emptyWords = () => h("div.empty.first", {}, h("h2", {}, t("watch.empty_title")), h("p", {}, t("watch.empty_words")),
      h("ol", {}, ["watch.empty_1", "watch.empty_2", "watch.empty_3"].map((key) => h("li", {}, t(key)))));

    function heading() {
      const running = !state.over, example = !what.comparison && !what.run;
      return h("div.watch-head", {},
        h("h2", {}, state.title, example ? h("small.badge", {"data-example": ""}, t(state.recorded ? "watch.recorded" : "watch.latest")) : null),
        running ? h("div.tools", {},
          h("button.quiet", {"data-stop": "keep", onclick: () => stop(true)}, t("watch.stop_keep")),
          h("button.quiet.danger", {"data-stop": "discard", onclick: () => stop(false)}, t("watch.discard"))) : null);
    }

    async function stop(keep) {
      const answer = await Lab.ask(server.halt, {...(what.run ? {run: what.run} : {comparison: state.comparison}), keep});
      problem = answer.problem || null;
      loop.now();
    }

    const failure = (run) => h("div.problem", {role: "alert"}, h("b", {}, run.name), " ", run.error.split("\n")[0],
      run.error.includes("\n") ? h("details", {}, h("summary", {}, t("watch.more")), h("pre", {}, run.error)) : null);

    function nextSteps() {
      const usable = state.runs.filter((run) => run.kept && ["done", "cancelled"].includes(run.status));
      const talkers = () => { const mine = beside().filter((run) => usable.some((one) => one.id === run.id)); return (mine.length ? mine : usable).slice(0, BESIDE); };
      return h("div.next", {},
        usable.length ? h("button.primary", {"data-next": "talk", onclick: () => Lab.send("talk", {runs: talkers().map((run) => run.id)}, "compare")},
          t(usable.length > 1 ? "watch.talk" : "watch.talk_one")) : null,
        h("button", {"data-next": "again", onclick: () => Lab.send("form", what.run ? {run: what.run} : {comparison: state.comparison}, "train")}, t("watch.again")),
        what.run ? null : h("a.quiet", {href: `?run=${state.comparison}`, title: t("watch.link_help")}, t("watch.link")));
    }

    function sampleSection() {
      const steps = [...new Set(samples.flatMap((byPrompt) => [...byPrompt.values()].flatMap((byStep) => [...byStep.keys()])))].sort((a, b) => a - b);
      if (!steps.length) return null;
      const grid = h("div"), shown = beside(), redraw = () => fill(grid, Lab.sampleGrid(shown, prompts, shown.map((run) => samples[state.runs.findIndex((one) => one.id === run.id)]), asOf));
      const place = asOf === Infinity ? steps.length - 1 : Math.max(0, steps.findLastIndex((step) => step <= asOf));
      const words = h("output.soft", {}, t("watch.as_of", {step: steps[place]}));
      const slider = h("input", {type: "range", min: 0, max: steps.length - 1, value: place, "aria-label": t("watch.slider"), oninput: () => {
        const chosen = Number(slider.value);
        asOf = chosen === steps.length - 1 ? Infinity : steps[chosen];
        words.textContent = t("watch.as_of", {step: steps[chosen]});
        redraw();
      }});
      slider.value = place;
      redraw();
      return h("section.sample-section", {}, h("div.section-head", {}, h("h3", {}, t("watch.samples")),
        steps.length > 1 ? h("label.slider", {}, slider, words) : null), h("p.soft", {}, t("watch.samples_help")), grid);
    }

    Lab.drawers.add(() => place.isConnected && draw());
    const loop = Lab.repeat(place, pull);
    return {show, refresh: () => loop.now(), get state() { return state; }};
  };

  Lab.parts.watch = (place, server) => {
    const asked = new URLSearchParams(location.search).get("run");
    const last = localStorage.getItem("lab.comparison");
    const watcher = Lab.watcher(place, server, {});
    const known = /^[a-z0-9]{6,32}$/;
    if (asked && known.test(asked)) watcher.show({comparison: asked});
    else if (last && known.test(last)) watcher.show({comparison: last});
    Lab.receive("watch", ({comparison}) => {
      localStorage.setItem("lab.comparison", comparison);
      Lab.address("run", comparison);
      watcher.show({comparison});
      const top = place.getBoundingClientRect().top;
      if (top < 0 || top > innerHeight * 0.6) place.scrollIntoView({behavior: "smooth", block: "start"});
    });
  };
})();
