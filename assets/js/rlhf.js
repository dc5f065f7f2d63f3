// The RLHF tab: four stations on a line, what goes on at them, and the rounds so far. All of it is asked of the lab again
// and again; this part holds only what is typed into the settings, and from where the round goes out if one is chosen.
Lab.parts.rlhf = (place, server) => {
  const {h, fill, t, both} = Lab;
  const SOON = 900, LATER = 3000;
  const kept = JSON.parse(sessionStorage.getItem("lab.rlhf") || "{}");
  const settings = {votes: 200, duels: 60, script: null, raters: "all", objective: "ppo", source: "model", modelSteps: null, steps: null, batch: null, stray: {}, ...kept};
  let choices = null, players = "", now = null, problem = null, fault = null, busy = false, start = new URLSearchParams(location.search).get("start");
  const top = h("div"), line = h("div.loop-line"), detail = h("div.loop-detail"), table = h("div");
  fill(place, h("div.loop", {}, top, line, detail, table));
  const ask = (door, more) => Lab.ask(door, {rater: Lab.rater(), ...(start ? {start} : {}), ...more});
  const keep = (changes) => { Object.assign(settings, changes); sessionStorage.setItem("lab.rlhf", JSON.stringify(settings)); };

  const act = {
    settings, keep, draw: () => draw(),
    // do something at a door, then look at once
    async at(door, more) {
      if (busy) return null;
      busy = true;
      draw();
      const got = await ask(server[door], more);
      busy = false;
      problem = got.problem || null;
      await look();
      return problem ? null : got;
    },
    get busy() { return busy; },
    toArena: (first, second, source) => Lab.send("arena", {players: [first, second], source}, "arena"),
    async toForm(more) {
      const got = await ask(server.as_form, more);
      problem = got.problem || null;
      if (problem) draw(); else Lab.send("form", {fields: got.fields}, "train");
    },
    async resume(run) {
      const got = await Lab.ask(server.go_on, {run});
      problem = got.problem || null;
      await look();
    },
    stop: (run) => Lab.ask(server.halt, {run, keep: true}),
    async goFrom(base) { // a round from there: two samples of it are made for people to rate
      await goTo(base);
      return act.at("begin", {});
    },
    goTo: (base) => goTo(base),
  };
  const stations = Lab.stations(line, act), optimising = Lab.optimising(detail, server);

  async function goTo(base) {
    start = base;
    Lab.address("start", base);
    await look();
  }

  async function look() {
    const got = await ask(server.look);
    if (got.problem && start) { start = null; Lab.address("start", null); problem = got.problem; return; } // it was deleted
    fault = got.problem || null; // of looking: gone when looking works again; `problem` is of what was done, and stays
    if (!fault) {
      now = got;
      const able = now.rounds.filter((one) => one.policy.over).map((one) => one.policy.id).join();
      if (able !== players) { players = able; await choose(); }
    }
    draw();
    if (now) await optimising.follow(now);
  }

  async function choose() { // who may start a round: asked again when there is one more
    const got = await Lab.ask(server.choices);
    if (!got.problem) choices = got;
  }
  let last = 0;
  Lab.repeat(place, async () => {
    if (!choices || Date.now() - last > 2 * LATER) await choose();
    last = Date.now();
    await look();
    const working = now && [now.ratings.work, now.ratings.fill, now.duel.work].some((work) => work?.busy);
    const training = now && [now.model.run, now.policy].some((run) => run && !run.over);
    return working || training || !now ? SOON : LATER;
  });

  function drawTop() {
    if (!now || !choices) return;
    const options = Lab.options([
      ...choices.bases.map((one) => ({value: one.id, words: both(one.name), group: t("arena.bases")})),
      ...choices.runs.map((run) => ({value: `run:${run.id}`, words: `${run.name} — ${run.recipe}, ${Lab.when(run.created)}`, group: t("arena.runs")}))], now.base);
    const key = JSON.stringify([Lab.language, now.base, now.number, problem, fault, choices.runs.map((run) => run.id)]);
    if (top.dataset.key === key) return;
    top.dataset.key = key;
    fill(top, h("div.loop-top", {}, h("h2", {"data-round": now.number}, t("rlhf.round", {n: now.number})),
      h("label.field.inline", {title: t("rlhf.start_help")}, h("span", {}, t("rlhf.start")), h("select", {"data-from": "", onchange: (event) => goTo(event.target.value)}, options)),
      h("p.soft", {}, t("rlhf.what"))),
    fault ? h("p.problem", {role: "alert"}, fault) : null,
    problem ? h("p.problem", {role: "alert"}, problem, " ", h("button.small", {onclick: () => { problem = null; top.dataset.key = ""; look(); }}, t("rlhf.understood"))) : null);
  }

  function draw() {
    drawTop();
    if (!now || !choices) return now ? null : fill(line, h("p.soft", {}, problem || fault || t("watch.looking")));
    stations.draw(now, choices);
    drawRounds();
  }

  // ---- the rounds so far
  function drawRounds() {
    const key = JSON.stringify([Lab.language, now.rounds]);
    if (table.dataset.key === key) return;
    table.dataset.key = key;
    if (!now.rounds.length) return fill(table, h("section.rounds", {}, h("h3", {}, t("rlhf.rounds")), h("p.soft", {}, t("rlhf.no_rounds"))));
    const head = ["round_short", "from", "model", "policy", "score", "truth", "kl", "wins"].map((name, i) => h(i < 4 ? "th.left" : "th", {title: t(`rlhf.col_${name}_help`)}, t(`rlhf.col_${name}`)));
    fill(table, h("section.rounds", {}, h("h3", {}, t("rlhf.rounds")), h("p.soft", {}, t("rlhf.rounds_help")),
      h("div.scroll-x", {}, h("table.results.lineage-table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, now.rounds.map(row))))));
  }
  const change = (pair, digits = 2) => (pair && (Lab.isNumber(pair[0]) || Lab.isNumber(pair[1])) ? h("span.change", {}, h("span.soft", {}, Lab.figure(pair[0], digits)), " → ", h("b", {}, Lab.figure(pair[1], digits))) : "–");
  function row(one) {
    const {policy, model, duel} = one, script = choices.scripts.find((card) => card.id === one.watched);
    return h("tr", {"data-round-row": policy.id},
      h("td.left", {}, h("b", {}, one.number)),
      h("td.left", {}, Lab.swatch(one.start.place), both(one.start.name)),
      h("td.left", {}, model ? [model.name, h("small", {}, Lab.isNumber(model.accuracy) ? t("rlhf.right", {share: Lab.share(model.accuracy, 1)}) : "")] : h("span.soft", {}, t("rlhf.no_model"))),
      h("td.left", {}, Lab.swatch(policy.place), policy.name, h("small", {}, policy.status === "done" ? both(policy.method_name) : t(`status.${policy.status}`))),
      h("td", {}, change(one.score)),
      h("td", {}, change(one.truth), script ? h("small", {}, both(script.name)) : null),
      h("td", {}, Lab.figure(one.kl, 1)),
      h("td", {"data-wins": ""}, duel ? [h("b", {}, Lab.share(duel.chance, 1)), h("small", {}, t("rlhf.interval", {low: Math.round(100 * duel.low), high: Math.round(100 * duel.high), n: duel.votes}), duel.scripted ? ` · ${t("arena.of_scripts", {n: duel.scripted})}` : "")]
        : policy.over ? h("button.quiet.small", {onclick: () => act.toArena(policy.base, `run:${policy.id}`, "held_out")}, t("rlhf.to_duel")) : "–"));
  }

  Lab.drawers.add(() => { if (place.isConnected) { draw(); if (now) optimising.follow(now, true); } });
};
