// The Compare tab: one question, all answers side by side. What models say is always shown as text, never as HTML.
Lab.parts.talk = (place, server) => {
  const {h, fill, t, both} = Lab;
  const MOST = 4, PACE = 90;
  let people = {bases: [], runs: []}, chosen = [], base = "nano", blind = false, talk = null, panes = [], turns = [], busy = false, ahead = 0;
  let problem = null, tally = null, prompts = [], rated = {}, reasons = {}, edits = {}, editing = null, question = 0, settings = {temperature: 0.7, length: 96, seed: 0}, choosing = false;
  const top = h("div.talk-top"), columns = h("div.talk-columns"), note = h("div.talk-note"), bar = h("div.talk-bar");
  fill(place, h("div.talk", {}, top, columns, note, bar));
  const box = h("textarea.ask-box", {rows: 1, maxlength: 8000, onkeydown: (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); say(); }
  }, oninput: () => { box.style.height = "auto"; box.style.height = Math.min(160, box.scrollHeight) + "px"; }});

  async function refreshPeople() {
    const got = await Lab.ask(server.people);
    if (!got.problem) people = got;
    chosen = chosen.filter((id) => people.runs.some((run) => run.id === id));
  }

  let wanted = null, ready = false, opened = 0;
  Lab.receive("talk", ({runs}) => { wanted = runs.slice(0, MOST); if (ready) begin(); });

  async function begin() {
    await refreshPeople();
    chosen = wanted;
    wanted = null;
    await open();
    box.focus();
  }

  async function load() {
    await refreshPeople();
    ready = true;
    if (wanted) return begin();
    const kept = JSON.parse(sessionStorage.getItem("lab.talk") || "null");
    if (!kept || !(await recall(kept))) {
      const newest = people.runs[0];
      chosen = newest ? people.runs.filter((run) => run.comparison === newest.comparison).sort((a, b) => a.place - b.place).slice(0, MOST).map((run) => run.id) : [];
      await open();
    }
  }

  async function recall(kept) {
    const got = await Lab.ask(server.hear, {talk: kept.talk});
    if (got.problem) return false;
    ({talk, panes, chosen, base, blind, rated} = kept);
    reasons = kept.reasons || {};
    edits = kept.edits || {};
    turns = got.turns;
    draw();
    suggest();
    if (got.busy) listen();
    return true;
  }
  const keep = () => sessionStorage.setItem("lab.talk", JSON.stringify({talk, panes, chosen, base, blind, rated, reasons, edits}));

  async function open() {
    const mine = ++opened;
    const got = await Lab.ask(server.open, {runs: chosen, base, blind});
    if (mine !== opened) return;
    turns = []; rated = {}; reasons = {}; edits = {}; editing = null; problem = got.problem || null; busy = false;
    if (!problem) { talk = got.talk; panes = got.panes; keep(); }
    draw();
    suggest();
  }
  async function suggest() {
    const [got, counts] = await Promise.all([Lab.ask(server.suggestions, {runs: chosen, base}), Lab.ask(server.tally)]);
    prompts = got.prompts || [];
    if (!counts.problem) tally = counts;
    drawNote();
  }

  // ---- asking and hearing
  async function say(text) {
    const words = (text ?? box.value).trim();
    if (!words || busy || !talk) return;
    await put({text: words}, () => { if (text === undefined && box.value.trim() === words) { box.value = ""; box.style.height = "auto"; } });
  }
  async function again() {
    settings.seed = Math.floor(Math.random() * 1e9);
    for (const kept of [rated, reasons, edits]) for (const key of Object.keys(kept)) if (key.startsWith(`${turns.length - 1}/`)) delete kept[key];
    keep();
    await put({});
  }
  // taken() is told at once when the lab has it: what is typed while they answer is the next question and stays
  async function put(what, taken = () => {}) {
    busy = true; problem = null; editing = null;
    drawBar();
    const got = await Lab.ask(server.ask, {talk, ...settings, ...what});
    problem = got.problem || null;
    if (problem) { busy = false; return draw(); }
    taken();
    await listen();
  }
  async function listen() {
    busy = true;
    question += 1;
    const mine = question;
    while (mine === question) {
      const got = await Lab.ask(server.hear, {talk});
      if (mine !== question) return;
      if (got.problem) { problem = got.problem; busy = false; break; }
      turns = got.turns; busy = got.busy; ahead = got.ahead; problem = got.trouble || null;
      drawColumns();
      if (!busy) break;
      await new Promise((go) => setTimeout(go, PACE));
    }
    draw();
  }

  // ---- who answers
  function drawTop() {
    const run = (id) => people.runs.find((one) => one.id === id);
    const rest = people.runs.filter((one) => !chosen.includes(one.id));
    fill(top,
      h("div.who", {},
        chosen.length ? null : h("select", {"aria-label": t("compare.base"), onchange: (event) => { base = event.target.value; open(); }}, people.bases.map((one) => h("option", {value: one.id, selected: one.id === base}, both(one.name)))),
        chosen.map((id) => run(id) && h("span.chip", {}, blind ? null : Lab.swatch(run(id).place), run(id).name, h("button.icon", {"aria-label": t("compare.take_out"), title: t("compare.take_out"), onclick: () => { chosen = chosen.filter((one) => one !== id); open(); }}, "×"))),
        chosen.length < MOST && rest.length ? h("select.add-run", {"aria-label": t("compare.add"), onchange: (event) => { if (event.target.value) { chosen.push(event.target.value); open(); } }},
          h("option", {value: ""}, "+ " + t("compare.add")), rest.map((one) => h("option", {value: one.id}, `${one.name} — ${one.recipe}, ${Lab.when(one.created)}`))) : null),
      h("label.switch", {title: t("compare.blind_help")}, h("input", {type: "checkbox", "data-blind": "", checked: blind, onchange: (event) => { blind = event.target.checked; open(); }}), h("span", {}, t("compare.blind"))));
  }

  // ---- the columns
  const paneName = (pane, i) => (pane.name ? both(pane.name) : t("compare.voice", {n: "ABCDE"[i]}));
  function drawColumns() {
    const atEnd = columns.dataset.asked !== String(turns.length);
    columns.dataset.asked = turns.length;
    columns.style.setProperty("--columns", panes.length);
    if ((editing && columns.querySelector(".editor")) || document.activeElement?.matches(".reason")) return;
    const left = columns.scrollLeft;
    fill(columns, panes.map((pane, i) => h("section.voice", {"data-pane": pane.key, "data-run": pane.run || "", style: `--mine:${pane.place === null || pane.place === undefined ? "var(--run-base)" : Lab.colour(pane.place)}`},
      h("header", {}, h("b", {}, paneName(pane, i)), fingerprint(pane)),
      turns.length ? turns.map((turn, n) => bubble(turn, n, pane)) : h("p.soft", {}, pane.base ? t("compare.base_waits") : t("compare.waits")))));
    columns.scrollLeft = left;
    if (atEnd) for (const one of columns.children) one.scrollTop = one.scrollHeight;
  }
  function fingerprint(pane) {
    const said = [...turns].reverse().map((turn) => turn.sayings[pane.key]?.fingerprint).find(Boolean);
    return said ? h("small.print", {title: t("compare.fingerprint_help")}, said) : null;
  }
  function bubble(turn, n, pane) {
    const saying = turn.sayings[pane.key], open = !saying.done && n === turns.length - 1 && busy;
    return [h("p.asked", {}, turn.question),
      h("div.said", {"data-done": String(saying.done)}, saying.error ? h("p.problem", {}, saying.error) : h("p.answer", {}, saying.text.trim() || (open ? "" : t("compare.silent")), open ? h("i.caret") : null)),
      saying.done && !saying.error ? rating(saying, n, pane) : null,
      saying.note ? h("p.soft", {}, saying.note) : null];
  }
  function rating(saying, n, pane) {
    const key = `${n}/${pane.key}`, mine = rated[key];
    const thumb = (verdict, sign, words) => h("button.icon.thumb", {"data-thumb": verdict, "aria-pressed": String(mine === verdict), "aria-label": words, title: words, disabled: !saying.ratable, onclick: () => rate(n, pane, mine === verdict ? "none" : verdict)}, sign);
    return h("div.rating", {}, thumb("good", "▲", t("compare.good")), thumb("bad", "▼", t("compare.bad")),
      saying.ratable ? h("button.quiet.small", {"data-better": "", onclick: () => { editing = key; drawColumns(); }}, t("compare.better")) : null,
      h("span.soft.speed", {}, saying.tokens ? t("compare.speed", {tokens: saying.tokens, time: Lab.duration(saying.seconds)}) : ""),
      mine === "good" || mine === "bad" ? why(key, n, pane, mine) : null,
      editing === key ? editor(saying, n, pane) : edits[key] ? h("p.mended", {"data-mended": ""}, h("small", {}, t("compare.mended")), edits[key]) : null);
  }
  // a line on why, for a thumb that was given
  function why(key, n, pane, verdict) {
    const box = h("input.reason", {maxlength: 300, value: reasons[key] || "", placeholder: t("compare.why"), "aria-label": t("compare.why"), onblur: () => drawColumns(),
      onchange: () => { reasons[key] = box.value.trim(); keep(); tell({turn: n, pane: pane.key, verdict, reason: reasons[key]}); },
      onkeydown: (event) => { if (event.key === "Enter" && !event.isComposing) box.blur(); }});
    return box;
  }
  function editor(saying, n, pane) {
    const area = h("textarea", {rows: 3, maxlength: 8000, "aria-label": t("compare.better")});
    area.value = edits[`${n}/${pane.key}`] || saying.text.trim();
    return h("div.editor", {}, area, h("button.primary.small", {"data-keep-better": "", onclick: () => better(n, pane, area.value.trim())}, t("compare.keep_better")),
      h("button.quiet.small", {onclick: () => { editing = null; columns.querySelector(".editor")?.remove(); drawColumns(); }}, t("compare.leave")));
  }
  async function rate(n, pane, verdict) {
    rated[`${n}/${pane.key}`] = verdict;
    delete reasons[`${n}/${pane.key}`];
    keep();
    drawColumns();
    await tell({turn: n, pane: pane.key, verdict});
  }
  async function better(n, pane, words) {
    if (!(await tell({turn: n, pane: pane.key, better: words}))) return;
    edits[`${n}/${pane.key}`] = words;
    editing = null;
    keep();
    draw();
  }
  async function tell(rating) {
    const got = await Lab.ask(server.rate, {talk, rater: Lab.rater(), ...rating});
    problem = got.problem || null;
    if (!problem) tally = got;
    draw();
    return !problem;
  }

  // ---- below: what it means, what to ask, the box
  function drawNote() {
    fill(note,
      problem ? h("p.problem", {role: "alert"}, problem) : null,
      busy && ahead ? h("p.soft", {}, t("compare.ahead", {n: ahead})) : null,
      tally && (tally.thumbs || tally.edits) ? h("p.tally", {role: "status", "data-tally": ""},
        tally.thumbs ? [tally.missing ? t("compare.tally", {n: tally.thumbs, more: tally.missing}) : t("compare.tally_enough", {n: tally.thumbs}), " "] : null,
        tally.edits ? t("compare.tally_edits", {n: tally.edits}) : null) : null,
      prompts.length && !turns.length ? h("div.suggestions", {}, h("span.soft", {}, t("compare.try")), prompts.map((words) => h("button.chip", {onclick: () => say(words)}, words))) : null);
  }
  function drawBar() {
    box.placeholder = t("compare.placeholder");
    box.setAttribute("aria-label", t("compare.placeholder"));
    const had = document.activeElement === box;
    fill(bar, box,
      h("div.talk-buttons", {},
        busy ? h("button", {"data-stop-talk": "", onclick: () => Lab.ask(server.hush, {talk})}, t("compare.stop"))
          : h("button.primary", {"data-send": "", onclick: () => say()}, panes.length > 1 ? t("compare.send", {n: panes.length}) : t("compare.send_one")),
        h("button.quiet", {"data-again": "", disabled: busy || !turns.length, onclick: again}, t("compare.again")),
        h("button.quiet", {disabled: busy || !turns.length, onclick: open}, t("compare.clear")),
        blind && turns.length && !busy && !panes.some((pane) => pane.name) ? h("button.quiet", {"data-reveal": "", onclick: reveal}, t("compare.reveal")) : null,
        h("label.field.inline", {title: t("compare.temperature_help")}, h("span", {}, t("compare.temperature")), range("temperature", 0, 1.5, 0.1)),
        h("label.field.inline", {}, h("span", {}, t("compare.length")), range("length", 16, 256, 16))));
    if (had) box.focus();
  }
  function range(name, min, max, step) {
    const words = h("output", {}, String(settings[name]));
    const input = h("input", {type: "range", min, max, step, "aria-label": t(`compare.${name}`), oninput: () => { settings[name] = Number(input.value); words.textContent = input.value; }});
    input.value = settings[name];
    return [input, words];
  }
  async function reveal() {
    const got = await Lab.ask(server.reveal, {talk});
    problem = got.problem || null;
    if (!problem) { panes = got.panes; keep(); turns = (await Lab.ask(server.hear, {talk})).turns || turns; }
    draw();
  }

  function draw() {
    drawTop(); drawColumns(); drawNote(); drawBar();
  }
  Lab.drawers.add(() => place.isConnected && draw());
  load();
};
