// The Learn tab: the map of methods (a tree of families, a tile a method), one open card, an advisor of five questions.
Lab.parts.learn = (place, server) => {
  const {h, fill, t, both} = Lab;
  const FEW = 6, LEAST = 0.0001;
  const QUESTIONS = {data: ["few", "some", "many"], memory: ["tight", "plenty"], distance: ["near", "middle", "far"], versions: ["one", "several"], feedback: ["answers", "thumbs", "pairs", "score"]};
  let map = null, find = "", open = null, advising = false, answers = {data: "some", memory: "plenty", distance: "middle", versions: "one", feedback: "answers"}, advice = null, problem = null, round = 0;
  const unfolded = new Set();
  const head = h("div.learn-head"), advisor = h("section.advisor", {hidden: true}), tree = h("div.tree"), card = h("aside.method-card");
  fill(place, head, advisor, h("div.learn-split", {}, tree, card));

  // the map is fetched when the tab is first seen
  const loading = Lab.repeat(place, async () => {
    const got = await Lab.ask(server.map);
    problem = got.problem || null;
    if (problem) { draw(); return 3000; }
    map = got;
    loading.stop();
    if (open === null && innerWidth > 900) open = "lora";
    draw();
    Lab.receive("learn", ({method}) => choose(method));
    return 60000;
  });

  const every = () => [...map.methods, ...map.objectives, ...map.ways];
  const groupWords = (one) => (one.stem ? t(`learn.by_${one.stem}`) : Lab.named("family", one.family));
  const matches = (one) => !find || [one.id, one.name.en, one.name.zh, one.explain.en, one.explain.zh, one.family || "", groupWords(one)].some((words) => words.toLowerCase().includes(find.trim().toLowerCase()));
  const share = (one) => (Lab.isNumber(one.trainable) ? one.trainable / one.of : null);

  function draw() {
    drawHead(); drawTree(); drawCard(); drawAdvisor();
  }

  function drawHead() {
    const search = h("input", {type: "search", placeholder: t("learn.search"), "aria-label": t("learn.search"), value: find, "data-find": "", oninput: () => { find = search.value; drawTree(); }});
    fill(head, h("div.learn-words", {}, h("h2", {}, t("learn.title")), h("p.soft", {}, t("learn.intro"))),
      h("div.learn-tools", {}, search, h("button", {"data-advisor": "", "aria-expanded": String(advising), onclick: toggleAdvisor}, t(advising ? "learn.choose_close" : "learn.choose"))));
  }

  // ---- the map
  function drawTree() {
    if (problem) return fill(tree, h("p.problem", {role: "alert"}, problem));
    if (!map) return fill(tree, h("p.soft", {}, "…"));
    const branches = map.branches.map((branch) => limb(t(`learn.branch_${branch.id}`), t(`learn.branch_${branch.id}_words`), branch.families.map((family) => [family, map.methods, branch.families.length > 1])));
    const strategies = map.strategies.map((family) => limb(Lab.named("family", family), said(`learn.strategy_${family}`), [[family, map.objectives, false]]));
    const stem = (title, limbs) => (limbs.some(Boolean) ? h("section.stem", {}, h("h3", {}, title), limbs) : null);
    const byRecipe = [...new Set(map.ways.map((way) => way.stem))].map((name) => stem(t(`learn.by_${name}`), [limb(null, t(`learn.by_${name}_words`), [[name, map.ways.map((way) => ({...way, family: way.stem})), false]])]));
    const grown = [stem(t("learn.by_weights"), branches), stem(t("learn.by_strategy"), strategies), ...byRecipe];
    fill(tree, grown.some(Boolean) ? grown : h("p.empty", {}, t("learn.none", {find})));
  }
  // a family we have no words for yet goes without
  const said = (key) => (t(key) === key ? "" : t(key));

  function limb(title, words, families) {
    const leaves = families.map(([family, cards, named]) => leaf(family, cards, named)).filter(Boolean);
    return leaves.length ? h("div.limb", {}, title ? h("h4", {}, title) : null, h("p.soft", {}, words), leaves) : null;
  }

  function leaf(family, cards, named) {
    const all = cards.filter((one) => one.family === family && matches(one));
    if (!all.length) return null;
    const fold = all.length > FEW + 2 && !find && !unfolded.has(family);
    return h(named ? "div.leaf.named" : "div.leaf", {"data-family": family},
      named ? h("h5", {}, Lab.named("family", family), h("span.soft", {}, said(`learn.family_${family}`))) : null,
      h("div.tiles", {}, (fold ? all.slice(0, FEW) : all).map(tile)),
      fold ? h("button.quiet", {"data-unfold": family, onclick: () => { unfolded.add(family); drawTree(); }}, t("learn.all", {n: all.length})) : null);
  }

  const tile = (one) => h("button.tile", {"data-method": one.id, "aria-pressed": String(open === one.id), onclick: () => choose(one.id)},
    one.parts ? Lab.network(one.parts) : one.nets ? Lab.network(one.nets[0].stages.at(-1)) : null,
    h("span.tile-words", {}, h("b", {}, both(one.name)), h("span.explain", {}, both(one.explain)), one.parts ? bar(one) : null));

  const bar = (one) => (share(one) === null ? null : h("span.share", {}, h("span.log", {}, h("i", {style: `width:${Math.max(2, 100 * (1 + Math.log10(Math.max(LEAST, share(one))) / 4))}%`})), h("small", {}, Lab.share(one.trainable, one.of))));

  function choose(id) {
    open = id;
    for (const one of tree.querySelectorAll(".tile")) one.setAttribute("aria-pressed", String(one.dataset.method === id));
    drawCard();
    card.scrollTop = 0;
    if (id) card.querySelector(".page-head button")?.focus({preventScroll: true});
  }

  // from the advisor, which may stand above where the card is
  function show(id) {
    choose(id);
    card.scrollIntoView({behavior: "smooth", block: "nearest"});
  }

  // ---- one card
  function drawCard() {
    const one = map && every().find((other) => other.id === open);
    place.classList.toggle("card-open", Boolean(one));
    if (!one) return fill(card);
    const other = Lab.language === "zh" ? one.name.en : one.name.zh;
    fill(card,
      h("div.page-head", {}, h("span", {}, groupWords(one)), h("button.icon", {"aria-label": t("learn.close"), title: t("learn.close"), onclick: () => choose(null)}, "×")),
      h("h2", {}, both(one.name)), other === both(one.name) ? null : h("p.soft", {}, other),
      h("p.card-explain", {}, both(one.explain)),
      one.parts ? [h("figure", {}, Lab.network(one.parts, true), h("figcaption.soft", {}, t("learn.lit", {parts: Lab.networkWords(one.parts)}))), cost(one)] : one.nets ? [h("div.nets", {}, one.nets.map(course)), wayCost(one)] : needs(one),
      h("div.next", {}, one.parts || one.try || one.recipe ? h("button.primary", {"data-try": one.id, title: t("learn.try_help"), onclick: () => one.recipe ? Lab.send("form", {recipe: one.recipe}, "train") : tryIt(one.parts ? {methods: [one.id]} : {objective: one.id})}, t("learn.try")) : h("p.soft", {}, t("learn.no_recipe"))),
      h("dl.facts", {}, h("dt", {}, t("learn.use_when")), h("dd", {}, both(one.good)), h("dt", {}, t("learn.think_twice")), h("dd", {}, both(one.bad)),
        one.paper ? [h("dt", {}, t("learn.paper")), h("dd", {}, paper(one))] : null),
      one.knobs?.length ? h("details", {}, h("summary", {}, t("learn.knobs")), h("dl.row", {}, one.knobs.map((knob) => [h("dt", {}, both(knob.label)), h("dd", {}, both(knob.help), " ", h("code", {}, String(knob.default)))]))) : null);
  }

  const cost = (one) => h("div.card-cost", {},
    share(one) === null ? null : [h("div.log.wide", {title: t("learn.scale_help")}, h("i", {style: `width:${Math.max(1, 100 * (1 + Math.log10(Math.max(LEAST, share(one))) / 4))}%`})),
      h("p.soft.scale", {}, ["0.01 %", "0.1 %", "1 %", "10 %", "100 %"].map((words) => h("span", {}, words))),
      h("p", {}, t("learn.trains", {share: Lab.share(one.trainable, one.of), count: whole(Lab.count(one.trainable)), of: whole(Lab.count(one.of)), base: map.base, size: whole(Lab.bytes(one.bytes))}))],
    h("p.soft", {}, t(one.adapter ? (one.mergeable ? "learn.merge" : "learn.no_merge") : "learn.whole")));

  // a variant of a way's recipe: the networks of its stages, one after the other
  const course = ({name, stages}) => h("figure.course", {}, h("div.course-nets", {}, stages.map((parts, i) => [i ? h("span.soft", {"aria-hidden": "true"}, "→") : null, Lab.network(parts)])), h("figcaption", {}, name));
  const wayCost = ({cost}) => (cost ? h("p.card-cost.soft", {}, t("learn.way_cost", {n: cost.variants, share: cost.least === cost.most ? Lab.share(cost.most, 1) : `${Lab.share(cost.least, 1)} – ${Lab.share(cost.most, 1)}`, time: Lab.duration(cost.seconds)})) : h("p.card-cost.soft", {}, t("learn.way_no_base")));

  const whole = (figure) => figure.replace(" ", "\u00a0");
  const needs = (one) => h("p.card-cost", {}, h("b", {}, t("learn.needs"), " "), one.formats.map((format) => t(`learn.format_${format}`)).join(Lab.comma()));

  // a paper as its card names it; arXiv numbers are links for who wants to read on
  function paper(one) {
    return one.paper.split(/(arXiv:\d{4}\.\d{4,5})/).map((words) => (words.startsWith("arXiv:")
      ? h("a", {href: `https://arxiv.org/abs/${words.slice(6)}`, target: "_blank", rel: "noopener noreferrer"}, words) : words));
  }

  async function tryIt(wish) {
    const got = await Lab.ask(server.try_it, wish);
    if (got.problem) return fill(card.querySelector(".next") || card, h("p.problem", {role: "alert"}, got.problem));
    Lab.send("form", got, "train");
  }

  // ---- the advisor
  function toggleAdvisor() {
    advising = !advising;
    drawHead();
    if (advising && !advice) consult(); else drawAdvisor();
  }
  async function consult() {
    const mine = ++round, got = await Lab.ask(server.advise, answers);
    if (mine !== round) return;
    advice = got;
    drawAdvisor();
  }
  function drawAdvisor() {
    advisor.hidden = !advising || !map;
    if (advisor.hidden || !advice) return;
    fill(advisor, h("div.questions", {}, Object.entries(QUESTIONS).map(([name, choices]) => h("fieldset", {}, h("legend", {}, t(`learn.ask_${name}`)),
      h("div.answers", {}, choices.map((choice) => h("button.chip", {"data-answer": `${name}-${choice}`, "aria-pressed": String(answers[name] === choice), onclick: () => { answers = {...answers, [name]: choice}; drawAdvisor(); consult(); }}, t(`learn.${name}_${choice}`))))))),
      advice.problem ? h("p.problem", {role: "alert"}, advice.problem) : counsel());
  }
  function counsel() {
    const best = advice.methods.map(({id, reasons}) => [map.methods.find((one) => one.id === id), reasons]);
    const why = (one, reasons) => reasons.map((reason) => t(`learn.why_${reason}`, {share: Lab.share(one.trainable, one.of), size: Lab.bytes(one.bytes)})).join(Lab.language === "zh" ? "，" : "; ");
    return h("div.counsel", {}, h("h3", {}, t("learn.advice")),
      h("ol", {}, best.map(([one, reasons]) => h("li", {}, h("button.advised", {"data-advised": one.id, onclick: () => show(one.id)}, Lab.network(one.parts), h("span.tile-words", {}, h("b", {}, both(one.name)), h("span", {}, sentence(why(one, reasons))), h("small", {}, t("learn.use_when"), Lab.language === "zh" ? "：" : ": ", both(one.good))))))),
      h("p", {}, t("learn.objectives"), " ", advice.objectives.map((id) => map.objectives.find((one) => one.id === id)).map((one) => h("button.chip", {onclick: () => show(one.id)}, both(one.name)))),
      h("div.next", {}, h("button.primary", {"data-try-three": "", title: t("learn.try_help"), onclick: () => tryIt({methods: best.map(([one]) => one.id), objective: advice.objectives[0]})}, t("learn.try_three")), h("span.soft", {}, t("learn.advice_note"))));
  }
  const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1) + (Lab.language === "zh" ? "。" : ".");

  Lab.drawers.add(() => place.isConnected && draw());
  draw();
};
