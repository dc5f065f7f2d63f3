// What the table and the plot of a comparison share: a variant's runs taken together (it may be repeated over seeds),
// and the run somebody points at or has picked.
(() => {
  const {h, isNumber} = Lab;
  const FAMILIES = ["everything", "selective", "low-rank", "adapters", "prompt-like", "orthogonal", "scaling", "sparse"];

  // of many variants, families have the colours, and a round swatch
  Lab.MANY_VARIANTS = 8;
  Lab.inFamilies = (list) => [...list].sort((a, b) => FAMILIES.indexOf(a) - FAMILIES.indexOf(b));
  Lab.familyPlace = (family) => (FAMILIES.includes(family) ? FAMILIES.indexOf(family) : null);
  Lab.familyColour = (family) => (FAMILIES.includes(family) ? Lab.colour(Lab.familyPlace(family)) : "var(--run-base)");
  Lab.familySwatch = (family) => h("span.swatch.round", {style: `background:${Lab.familyColour(family)}`, title: Lab.named("family", family)});

  // a variant's runs in the order they were queued: [{name, place, runs}]
  Lab.variantsOf = (runs) => {
    const found = new Map();
    for (const run of runs) {
      if (!found.has(run.variant)) found.set(run.variant, {name: run.variant, place: run.place, runs: []});
      found.get(run.variant).runs.push(run);
    }
    return [...found.values()];
  };

  // mean and standard deviation of what is known of some runs; null where nothing is
  Lab.spread = (runs, value) => {
    const known = runs.map(value).filter(isNumber);
    if (!known.length) return null;
    const mean = known.reduce((sum, one) => sum + one, 0) / known.length;
    const squares = known.reduce((sum, one) => sum + (one - mean) ** 2, 0);
    return {mean, n: known.length, deviation: known.length > 1 ? Math.sqrt(squares / (known.length - 1)) : null};
  };

  // the reward that all runs with a divergence can be compared by: a part they have in common (a reward model of each
  // run's own is none), where they were not all rewarded for the same
  Lab.sharedReward = (runs) => {
    const able = runs.filter((run) => isNumber(run.metrics.kl?.[1]) && isNumber(run.metrics.reward?.[1]));
    const parts = (run) => Object.keys(run.metrics).filter((name) => name.startsWith("reward/"));
    const alike = able.every((run) => parts(run).join() === parts(able[0]).join());
    const shared = able.length ? parts(able[0]).filter((name) => name !== "reward/reward_model" && able.every((run) => isNumber(run.metrics[name]?.[1]))) : [];
    return alike ? "reward" : shared[0] || "reward";
  };

  // the figures of a run that can be compared: {key, words, value(run), before(run), lowest: whether low is good}
  Lab.figuresOf = (runs) => {
    const same = (name) => name.startsWith("reward/") && runs.every((run) => !run.metrics[name] || run.metrics[name][1] === run.metrics.reward?.[1]);
    const metrics = [...new Set(runs.flatMap((run) => Object.keys(run.metrics)))].filter((name) => !same(name)); // a lone part is the reward
    const pair = (key, words, of, digits, lowest) => ({key, words, digits, lowest, value: (run) => of(run)?.[1] ?? null, before: (run) => of(run)?.[0] ?? null, pair: of});
    return [
      pair("held_out", Lab.t("result.held_out"), (run) => run.held_out, 3, true),
      ...metrics.map((name) => pair(`metric:${name}`, Lab.named("metric", name), (run) => run.metrics[name], 2, false)),
      pair("forgetting", Lab.t("result.forgetting"), (run) => run.forgetting, 1, true),
    ].filter((figure) => runs.some((run) => isNumber(figure.value(run))));
  };
})();
