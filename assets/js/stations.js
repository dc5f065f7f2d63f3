// The four stations of the feedback loop as cards on a line: what each has come to, what it lacks, its one main button.
(() => {
  const {h, fill, t, both} = Lab;
  const ENOUGH = 20; // votes from which a duel may be settled, as in lab/feedback/ranking.py
  const GUESSING = 0.6; // telling fewer pairs apart is next to tossing a coin
  const percent = (value) => Math.round(100 * value);

  // place: where they are drawn; act: what the buttons do (see rlhf.js)
  Lab.stations = (place, act) => {
    const cards = ["ratings", "model", "policy", "duel"].map((name, i) => {
      const state = h("div.station-state"), form = h("div.station-form");
      const card = h("section.station", {"data-station": name}, h("header", {}, h("i.station-number", {}, i + 1), h("h3")), state, form);
      return {name, card, title: card.querySelector("h3"), state, form};
    });
    let now = null, choices = null, opened = {};

    function draw(newNow, newChoices) {
      now = newNow; choices = newChoices;
      if (place.children.length !== cards.length) fill(place, cards.map((one) => one.card));
      const done = {ratings: !now.ratings.missing, model: Boolean(now.model.usable) && !now.model.of_before, policy: ["done", "cancelled"].includes(now.policy?.status), duel: (now.duel.result?.votes || 0) >= ENOUGH};
      if (done.policy) done.model = true; // it went without one
      const next = cards.find((one) => !done[one.name])?.name;
      for (const one of cards) {
        one.card.dataset.state = done[one.name] ? "done" : one.name === next ? "now" : "later";
        one.title.textContent = t(`rlhf.${one.name}`);
        redraw(one.state, states[one.name]);
        redraw(one.form, forms[one.name], one.name === next);
      }
    }

    // drawn again when what it shows has changed, but not under somebody's hands
    function redraw(element, make, ...more) {
      const made = make(...more), key = made.map((one) => (one && one.outerHTML) || one || "").join("");
      if (element.dataset.key === key) return;
      if (element.contains(document.activeElement) && ["INPUT", "SELECT"].includes(document.activeElement.tagName) && element.dataset.language === Lab.language) return;
      element.dataset.key = key;
      element.dataset.language = Lab.language;
      fill(element, make(...more));
    }

    // ---- what each has come to
    const big = (value, words) => h("p.station-big", {}, h("b", {}, value), " ", h("span", {}, words));
    const meter = (work, words) => (work ? h("div.arena-meter", {}, h("span.bar", {role: "progressbar", "aria-valuenow": work.done, "aria-valuemax": work.total}, h("i", {style: `width:${(100 * work.done) / Math.max(1, work.total)}%`})), h("span.soft", {}, words)) : null);
    const scriptName = (id) => both(choices.scripts.find((one) => one.id === id)?.name) || id;
    const voting = (work) => work && (work.busy || work.problem) && meter(work, work.problem || t("arena.script_busy", {n: work.votes, rater: scriptName(work.rater)}));
    const progress = (run) => {
      if (run && !run.over) return Lab.progressRows([run]);
      if (!run || run.status === "done" || run.status === "cancelled") return null;
      return h("p.problem", {role: "alert"}, run.error ? run.error.split("\n")[0] : t("rlhf.interrupted", {name: run.name}), " ", h("button.small", {"data-do": "go_on", onclick: () => act.resume(run.id)}, t("runs.resume")));
    };
    const bar = (one) => h("span.arena-bar", {"aria-hidden": "true"}, h("i", {style: `left:${percent(one.low)}%;width:${percent(one.high - one.low)}%`}), h("b", {style: `left:${percent(one.chance)}%`}));

    const states = {
      ratings() {
        const {ratings} = now, scripted = ratings.kinds.reduce((sum, one) => sum + one.scripted, 0);
        const each = ratings.kinds.filter((one) => one.people + one.scripted).map((one) => h("li", {"data-kind": one.kind}, t(`rlhf.kind_${one.kind}`, {n: one.people + one.scripted}), one.scripted ? h("mark.scripted", {}, t("arena.of_scripts", {n: one.scripted})) : null));
        return [
          big(ratings.decided, t("rlhf.decided")),
          h("p", {"data-needs": ""}, ratings.missing ? t("rlhf.votes_missing", {n: ratings.decided, more: ratings.missing}) : t("rlhf.votes_enough", {here: ratings.here})),
          each.length ? h("ul.counts", {}, each) : null,
          ratings.raters.length ? h("p.raters", {}, ratings.raters.map((rater) => h("span.chip", {}, rater.mine ? t("arena.you") : rater.scripted ? [h("mark.scripted", {}, t("arena.script")), " ", both(rater.name)] : rater.number ? t("arena.person", {n: rater.number}) : rater.name, h("b", {}, ` ${rater.count}`)))) : null,
          scripted && scripted < ratings.kinds.reduce((sum, one) => sum + one.people + one.scripted, 0) ? h("p.flag", {}, t("rlhf.mixed")) : null,
          voting(ratings.work), ratings.fill?.busy ? meter(ratings.fill, t("arena.pairs_done", ratings.fill)) : ratings.fill?.problem ? h("p.problem", {}, ratings.fill.problem) : null];
      },
      model() {
        const {run, usable, learned, available, of_before, held_out} = now.model;
        const figures = run && run.over && !run.error ? run.metrics : {};
        const after = (name) => figures[name]?.[1];
        return [
          progress(run),
          Lab.isNumber(after("accuracy")) ? [big(`${percent(after("accuracy"))} %`, t("rlhf.accuracy", {n: Math.round((learned ?? available) * (held_out || 0))})), after("accuracy") < GUESSING ? h("p.flag", {}, t("rlhf.guesses")) : null, h("ul.counts", {},
            h("li", {}, t("rlhf.calibration", {n: percent(after("calibration_error") || 0)})),
            h("li", {}, t(Math.abs(after("length_bias") || 0) < 0.2 ? "rlhf.length_free" : after("length_bias") > 0 ? "rlhf.length_long" : "rlhf.length_short", {r: Lab.figure(after("length_bias"), 2)})))] : null,
          h("p", {"data-needs": ""}, run && !run.over ? t("rlhf.model_busy")
            : usable && of_before ? t("rlhf.model_before") : usable && learned !== null && available > learned ? t("rlhf.model_older", {learned, available})
              : usable ? t("rlhf.model_ready", {n: learned ?? available}) : now.ratings.missing ? t("rlhf.model_waits", {more: now.ratings.missing}) : t("rlhf.model_can", {n: available}))].flat();
      },
      policy() {
        const run = now.policy, way = teacher(), lack = lacking(way);
        const reward = run?.over ? run.metrics.reward : null;
        return [
          progress(run),
          reward && Lab.isNumber(reward[1]) ? big(`${Lab.figure(reward[0], 2)} → ${Lab.figure(reward[1], 2)}`, t("rlhf.rewarded")) : null,
          h("p", {"data-needs": ""}, run && !run.over ? t("rlhf.policy_busy") : lack || (run ? t("rlhf.policy_done", {name: run.name}) : t("rlhf.policy_can", {name: both(now.start.name)})))];
      },
      duel() {
        const {duel} = now, result = duel.result;
        return [
          result ? big(`${percent(result.chance)} %`, t("rlhf.wins", {low: percent(result.low), high: percent(result.high)})) : null,
          result ? bar(result) : null,
          result ? h("ul.counts", {}, h("li", {"data-duel-votes": result.votes}, t("rlhf.duel_votes", {n: result.votes}), result.scripted ? h("mark.scripted", {}, t("arena.of_scripts", {n: result.scripted})) : null)) : null,
          h("p", {"data-needs": ""}, !duel.first ? t("rlhf.duel_waits") : !result ? t("rlhf.duel_can") : result.more === null ? t("rlhf.duel_equal") : result.more ? t("rlhf.duel_more", {n: result.more}) : t(result.chance > 0.5 ? "rlhf.duel_won" : "rlhf.duel_lost")),
          voting(duel.work)];
      },
    };

    // ---- what can be done there
    const {settings, keep} = act;
    const button = (name, main, words, press, off) => h(main ? "button.primary" : "button", {"data-do": name, disabled: act.busy || Boolean(off), onclick: press}, words);
    const whole = (name, low, high, value, words) => h("label.field.inline", {}, h("span", {}, words), h("input", {inputmode: "numeric", "data-set": name, value: value ?? "", "aria-label": words, onchange: (event) => { const n = Math.round(Number(event.target.value)); keep({[name]: event.target.value.trim() && Number.isFinite(n) ? Math.min(high, Math.max(low, n)) : null}); event.target.blur(); act.draw(); }}));
    const pick = (name, entries, value) => h("select", {"data-set": name, "aria-label": t(`rlhf.${name}`), onchange: (event) => { keep({[name]: event.target.value}); event.target.blur(); act.draw(); }}, Lab.options(entries, value));
    const more = (name, ...inside) => h("details.more", {open: Boolean(opened[name]), ontoggle: (event) => { opened[name] = event.target.open; }}, h("summary", {}, t("rlhf.settings")), h("div.station-settings", {}, inside));
    const script = () => settings.script || now.ratings.script;
    const teacher = () => choices.teachers.find((one) => one.id === settings.objective) || choices.teachers[0];
    const byScript = (what, count, work, off) => h("div.station-script", {}, h("span", {title: t("rlhf.script_help")}, h("mark.scripted", {}, t("arena.scripted")), t(`rlhf.or_script_${what}`)), pick("script", choices.scripts.map((one) => ({value: one.id, words: both(one.name)})), script()),
      whole(count, 1, 2000, settings[count] ?? 60, t("rlhf.times")),
      work?.busy ? h("button", {"data-do": `stop_${what}`, onclick: () => act.at("stop_script", {script: script(), count: 1, what})}, t("arena.stop"))
        : h("button", {"data-do": `script_${what}`, disabled: act.busy || off, onclick: () => act.at("let_script", {script: script(), count: settings[count] ?? 60, what})}, t("arena.go")));
    const whose = () => (now.ratings.kinds.some((one) => one.scripted) && now.ratings.kinds.some((one) => one.people) ? h("label.field", {}, h("span", {}, t("rlhf.raters")), pick("raters", ["all", "people", "scripted"].map((one) => ({value: one, words: t(`arena.by_${one}`)})), settings.raters)) : null);

    // why a way of optimising can't begin yet, in a sentence; nothing when it can
    function lacking(way) {
      if (way.learns_from === "binary_feedback") return now.ratings.judged >= now.ratings.judged_needed ? null : t("rlhf.thumbs_missing", {n: now.ratings.judged, more: now.ratings.judged_needed - now.ratings.judged});
      if (!way.rewarded) return now.ratings.missing ? t("rlhf.pairs_missing", {n: now.ratings.decided, more: now.ratings.missing}) : null;
      return now.model.usable || settings.source === "script" ? null : t("rlhf.policy_waits");
    }
    const modelAsked = () => ({language: Lab.language, steps: settings.modelSteps, raters: settings.raters});
    const policyAsked = (way) => ({language: Lab.language, objective: way.id, steps: settings.steps, batch: settings.batch, stray: settings.stray[way.id] ?? null, raters: settings.raters, model: settings.source === "model", script: settings.watch !== "none" ? settings.watch || script() : null});

    const forms = {
      ratings: (main) => [
        button("rate", main, t("rlhf.rate"), () => act.toArena(now.base, now.base, "prompts")),
        byScript("ratings", "votes", now.ratings.work)],
      model: (main) => [
        button("model", main, t(now.model.usable ? "rlhf.model_again" : "rlhf.train_model"), () => act.at("make", modelAsked()), now.ratings.missing || (now.model.run && !now.model.run.over)),
        more("model", whose(), whole("modelSteps", 1, 100000, settings.modelSteps, t("rlhf.steps")), h("button.quiet.small", {onclick: () => act.toForm(modelAsked())}, t("rlhf.open_form")))],
      policy(main) {
        const way = teacher(), running = now.policy && !now.policy.over, price = way.price;
        return [
          h("label.field", {}, h("span", {}, t("rlhf.objective")), pick("objective", choices.teachers.map((one) => ({value: one.id, words: both(one.name)})), way.id)),
          running ? h("button", {"data-do": "stop", onclick: () => act.stop(now.policy.id)}, t("watch.stop_keep")) : button("policy", main || now.model.usable && !now.policy, t("rlhf.optimise"), () => act.at("make", policyAsked(way)), lacking(way)),
          more("policy", h("p.explain", {}, both(way.explain)),
            way.rewarded ? [h("label.field", {}, h("span", {}, t("rlhf.source")), pick("source", ["model", "script"].map((one) => ({value: one, words: t(`rlhf.source_${one}`)})), settings.source)),
              h("label.field", {}, h("span", {}, t("rlhf.watch")), pick("watch", [...(settings.source === "model" ? [{value: "none", words: t("rlhf.watch_none")}] : []), ...choices.scripts.map((one) => ({value: one.id, words: both(one.name)}))], settings.watch || script()))] : whose(),
            price ? h("label.field", {title: both(price.help)}, h("span", {}, both(price.label)), h("input", {inputmode: "decimal", "data-set": "stray", value: settings.stray[way.id] ?? "", placeholder: price.default, onchange: (event) => { const value = Number(event.target.value); keep({stray: {...settings.stray, [way.id]: event.target.value.trim() && Number.isFinite(value) ? Math.max(0, value) : null}}); }})) : null,
            whole("steps", 1, 100000, settings.steps, t("rlhf.steps_usual", {n: way.steps})), way.rewarded ? whole("batch", 4, 4096, settings.batch, t("rlhf.batch")) : null,
            h("button.quiet.small", {onclick: () => act.toForm(policyAsked(way))}, t("rlhf.open_form")))];
      },
      duel(main) {
        const {duel} = now, ready = Boolean(duel.first), enough = (duel.result?.votes || 0) >= ENOUGH;
        return [
          button("duel", main && ready, t("rlhf.judge"), () => act.toArena(duel.first, duel.second, "held_out"), !ready),
          byScript("duel", "duels", duel.work, !ready),
          ready ? button("next", enough, t("rlhf.next_round"), () => act.goFrom(duel.second)) : null];
      },
    };
    return {draw};
  };
})();
