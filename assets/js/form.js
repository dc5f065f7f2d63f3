// The Train tab's form. It holds a recipe's fields, changes them, and asks the lab what they mean: cost, YAML, command.
Lab.parts.form = (place, server, upload) => {
  const {h, fill, t, both} = Lab;
  const MOST = 4, MANY = 6, PAUSE = 350;
  let choices = null, recipe = null, fields = null, answer = {}, problem = null, text = null, busy = false, peeked = null, timer = null, round = 0;
  const body = h("div.form-body"), foot = h("div.form-foot"), code = h("details.code");
  fill(place, h("form.lab-form", {onsubmit: (event) => { event.preventDefault(); start(); }}, body, foot, code));

  async function load() {
    choices = await Lab.ask(server.choices);
    if (choices.problem) { fill(body, h("p.problem", {}, choices.problem)); choices = null; setTimeout(load, 2000); return; }
    const kept = JSON.parse(sessionStorage.getItem("lab.form") || "null");
    if (kept) use(kept.fields, kept.recipe);
    else choose(choices.recipes.find((one) => one.id.endsWith("first_steps.yaml"))?.id || choices.recipes[0]?.id);
    Lab.receive("form", beginFrom);
  }

  function choose(id) {
    const found = choices.recipes.find((one) => one.id === id);
    if (found) use(structuredClone(found.fields), id);
  }

  function use(newFields, newRecipe) {
    fields = newFields; recipe = newRecipe; text = null; peeked = null;
    draw();
    look();
  }

  async function beginFrom(letter) {
    if (letter.recipe) { choose(letter.recipe); return place.scrollIntoView({behavior: "smooth", block: "start"}); }
    const got = letter.fields ? letter : await Lab.ask(server.begin_from, letter);
    if (got.problem) { problem = got.problem; return drawFoot(); }
    choices = await Lab.ask(server.choices);
    use(got.fields, null);
    place.scrollIntoView({behavior: "smooth", block: "start"});
  }

  function changed(structure) {
    text = null;
    if (structure) draw();
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  }

  // what the lab thinks of the form; an answer that a newer question has overtaken is dropped
  async function look() {
    const mine = ++round;
    const got = await Lab.ask(server.look, text === null ? {fields, recipe} : {text, recipe});
    if (mine !== round) return;
    problem = got.problem || null;
    if (!problem) {
      answer = got;
      if (text !== null) { fields = got.fields; draw(); }
    }
    sessionStorage.setItem("lab.form", JSON.stringify({fields, recipe}));
    drawFoot();
    drawCode();
  }

  // ---- the upper part: what to train
  function draw() {
    if (!choices || !fields) return;
    const note = both(choices.recipes.find((one) => one.id === recipe)?.note) || fields.note;
    fill(body,
      field(t("train.recipe"), select("recipe", [...(recipe ? [] : [["", fields.name || t("train.own")]]), ...choices.recipes.map((one) => [one.id, both(one.name), one.topic && Lab.named("topic", one.topic)])], recipe || "", (id) => id && choose(id))),
      note ? h("p.explain.wide", {}, note) : null,
      field(t("train.base"), select("base", baseOptions(), fields.base, (value) => { fields.base = value; changed(true); })),
      baseNote(),
      Lab.signalFields(fields, choices, changed),
      dataField(),
      h("div.knobs.three", {}, ["steps", "batch_size", "max_length"].map((name) => h("label.field", {title: t(`train.${name}_help`)}, h("span", {}, t(`train.${name}`)),
        h("input", {inputmode: "numeric", "data-budget": name, value: fields.budget[name], oninput: (event) => { fields.budget[name] = Lab.asNumber(event.target.value); changed(false); }})))),
      h(fields.variants.length > MANY ? "div.variants.many" : "div.variants", {}, fields.variants.map((variant, i) => Lab.variantCard(variant, i, {
        methods: choices.methods, fields, changed,
        remove: fields.variants.length > 1 ? () => { fields.variants.splice(i, 1); changed(true); } : null,
      }))),
      fields.variants.length < MOST ? h("button.add", {type: "button", "data-add": "", onclick: add}, "+ " + t("train.add")) : null);
  }

  function add() {
    const used = fields.variants.map((variant) => variant.method);
    const card = choices.methods.find((one) => !used.includes(one.id)) || choices.methods[0];
    let name = both(card.name), n = 2;
    while (fields.variants.some((variant) => variant.name === name)) name = `${both(card.name)} ${n++}`;
    fields.variants.push({name, method: card.id});
    changed(true);
    body.querySelector(`[data-variant="${fields.variants.length - 1}"] select`)?.focus();
  }

  const field = (label, ...inputs) => h("label.field.wide", {}, h("span", {}, label), ...inputs);
  const select = (name, options, now, set) => h("select", {"data-field": name, onchange: (event) => set(event.target.value)},
    Lab.options([...options, ...(options.some(([value]) => value === now) ? [] : [[now, now]])].map(([value, words, group]) => ({value, words, group})), now));

  const baseOptions = () => choices.bases.map((base) => [base.id, base.run ? t("train.from_run", {name: base.run, recipe: base.recipe}) : both(base.name) + (base.here ? "" : ` (${t("train.not_here")})`)]);
  function baseNote() {
    const base = choices.bases.find((one) => one.id === fields.base);
    if (!base || !base.explain) return null;
    return h("p.explain.wide", {}, both(base.explain), base.here ? null : h("code", {}, ` lab models pull ${base.id}`));
  }

  // ---- data: a choice, its language, a look at its rows
  const dataName = () => (typeof fields.data === "string" ? fields.data : Array.isArray(fields.data) ? "" : fields.data?.name || "");
  const dataLanguage = () => (fields.data && fields.data.language) || "en";
  function setData(name, language) {
    fields.data = language && language !== "en" ? {name, language} : name;
    peeked = null;
    changed(true);
  }
  function dataField() {
    const mixed = Array.isArray(fields.data), card = choices.data.find((one) => one.id === dataName());
    const options = [...(mixed ? [["", fields.data.map((one) => one.name || one).join(" + ")]] : []), ...choices.data.map((one) => [one.id, one.upload ? one.id.replace(/^upload:/, "") : both(one.name)])];
    const file = h("input", {type: "file", hidden: true, "data-upload": "", accept: ".jsonl,.json,.csv,.tsv,.parquet,.txt,.md", onchange: () => file.files[0] && send(file.files[0])});
    return [
      field(t("train.data"), select("data", options, dataName(), (name) => name && setData(name, null))),
      h("div.beside", {},
        card && card.languages && card.languages.length > 1 ? h("span.pick", {role: "group"}, card.languages.map((code) => h("button", {type: "button", "aria-pressed": String(dataLanguage() === code), onclick: () => setData(card.id, code)}, code === "zh" ? "中文" : "English"))) : null,
        h("button.quiet", {type: "button", "data-peek": "", "aria-expanded": String(Boolean(peeked)), onclick: peek}, t(peeked ? "train.peek_close" : "train.peek")),
        h("button.quiet", {type: "button", onclick: () => file.click()}, t("train.upload")), file),
      peeked ? peekBox() : null];
  }
  async function peek() {
    if (peeked) { peeked = null; return draw(); }
    peeked = {waiting: true};
    draw();
    peeked = await Lab.ask(server.peek, {fields, recipe});
    draw();
  }
  function peekBox() {
    if (peeked.waiting) return h("div.peek", {}, h("p.soft", {}, t("train.peeking")));
    if (peeked.problem) return h("p.problem", {role: "alert"}, peeked.problem);
    const most = Math.max(...peeked.counts);
    return h("div.peek", {},
      h("p", {}, t("train.peek_rows", {rows: peeked.rows.toLocaleString("en"), held_out: peeked.held_out.toLocaleString("en")}), peeked.cut > 0 ? " " + t("train.peek_cut", {share: Lab.share(peeked.cut, 1)}) : ""),
      h("div.histogram", {role: "img", "aria-label": t("train.lengths")}, peeked.counts.map((count, i) => h("i", {style: `height:${Math.max(2, (100 * count) / most)}%`, title: `${peeked.edges[i]}–${peeked.edges[i + 1] - 1}: ${count}`}))),
      h("p.soft.scale", {}, h("span", {}, "0"), h("span", {}, t("train.lengths")), h("span", {}, String(peeked.edges[peeked.edges.length - 1]))),
      peeked.preview.map((row) => h("dl.row", {}, row.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]))),
      peeked.notes.map((note) => h("p.soft", {}, note)));
  }
  async function send(file) {
    problem = null;
    try {
      const got = await upload(file);
      const kept = await Lab.ask(server.keep_upload, {path: got.path});
      if (kept.problem) { problem = kept.problem; return drawFoot(); }
      choices.data.unshift({id: kept.name, upload: true});
      setData(kept.name, null);
      peek();
    } catch (error) {
      problem = t("train.upload_failed");
      drawFoot();
    }
  }

  // ---- the lower part: what it costs, and go
  function drawFoot() {
    if (!fields) return;
    const plans = answer.plans || [], most = (key) => Math.max(1e-9, ...plans.map((plan) => plan[key]));
    const bar = (plan, i, key, words) => h("span.cost", {}, h("i", {style: `width:${Math.max(2, (100 * plan[key]) / most(key))}%;background:${Lab.colour(i)}`}), h("b", {}, words));
    fill(foot,
      plans.length && !problem ? h("div.cost-list", {}, h("table.costs", {}, h("thead", {}, h("tr", {}, h("th"), ["trains", "memory", "time"].map((key) => h("th", {title: t(`train.cost_${key}_help`)}, t(`train.cost_${key}`))))),
        h("tbody", {}, plans.map((plan, i) => h("tr", {}, h("td.name", {}, Lab.swatch(i)),
          h("td", {}, bar(plan, i, "share", Lab.share(plan.share, 1))), h("td", {}, bar(plan, i, "memory", Lab.bytes(plan.memory))), h("td", {}, bar(plan, i, "seconds", Lab.duration(plan.seconds)))))))) : null,
      problem ? h("p.problem", {role: "alert", "data-problem": ""}, problem) : null,
      h("button.primary.go", {type: "submit", "data-start": "", disabled: busy || Boolean(problem)}, busy ? t("train.starting") : t("train.start", {n: fields ? fields.variants.length : ""})));
  }

  function drawCode() {
    if (!fields) return;
    const open = code.open, area = code.querySelector("textarea");
    if (open && area && document.activeElement === area) { code.querySelector("code").textContent = answer.command || ""; return; }
    const yaml = h("textarea", {rows: 16, spellcheck: "false", "aria-label": t("train.yaml"), oninput: () => { text = yaml.value; clearTimeout(timer); timer = setTimeout(look, PAUSE); }});
    yaml.value = text ?? answer.text ?? "";
    fill(code, h("summary", {}, t("train.code")), h("p.soft", {}, t("train.command")), h("pre", {}, h("code", {}, answer.command || "")), h("p.soft", {}, t("train.yaml_help")), yaml);
    code.open = open;
  }

  async function start() {
    if (busy || problem || !fields) return;
    busy = true;
    drawFoot();
    const got = await Lab.ask(server.start, text === null ? {fields, recipe} : {text, recipe});
    busy = false;
    problem = got.problem || null;
    drawFoot();
    if (!problem) Lab.send("watch", {comparison: got.comparison});
  }

  Lab.drawers.add(() => { draw(); drawFoot(); drawCode(); });
  load();
};
