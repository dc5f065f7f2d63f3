// The Arena tab: one question, two anonymous answers, a vote by key or button; then the names, and the next by itself.
// Which pair comes, and who sits where, is the server's; this part holds only what is on the screen.
Lab.parts.arena = (place, server, upload) => {
  const {h, fill, t, both} = Lab;
  const VERDICTS = ["left", "tie", "both_bad", "right"], PACE = 600, SHOWN = 1800, GUARD = 250;
  const KEYS = {ArrowLeft: "left", ArrowRight: "right", ArrowUp: "tie", t: "tie", ArrowDown: "both_bad"};
  let people = {bases: [], runs: [], raters: []}, match = JSON.parse(sessionStorage.getItem("lab.arena") || "null"), now = null;
  let told = null, next = null, problem = null, busy = false, since = 0, timer = null, typed = "", waits = false, ranked = null, script = {name: "happier", count: 60}, open = {settings: false};
  const top = h("div.arena-top"), line = h("div.arena-line"), stage = h("div.arena-stage"), below = h("div.arena-below"), tables = h("div.arena-tables"), files = h("div.arena-tables");
  fill(place, h("div.arena", {}, top, line, stage, below, tables, files));
  const ranking = Lab.ranking(tables, server), exchange = Lab.exchange(files, server, upload, () => { ranked = null; refresh({}); });
  const own = h("input", {maxlength: 2000, onkeydown: (event) => { if (event.key === "Enter" && !event.isComposing) askOwn(); }, oninput: () => { typed = own.value; }});

  const question = (more) => ({...match, rater: Lab.rater(), ...more});
  const keep = () => sessionStorage.setItem("lab.arena", JSON.stringify(match));

  // ---- who plays
  async function load() {
    const got = await Lab.ask(server.players);
    if (!got.problem) people = got;
    const runs = people.runs.map((run) => `run:${run.id}`), known = [...people.bases.map((one) => one.id), ...runs];
    if (!match || !known.includes(match.first) || !known.includes(match.second)) {
      const newest = people.runs[0];
      match = {first: "nano", second: newest ? `run:${newest.id}` : "nano", source: "prompts", temperature: 1, length: 48};
      if (newest && people.bases.some((one) => one.id === newest.base)) match.first = newest.base;
    }
    return begin();
  }
  function begin() {
    keep();
    clearTimeout(timer);
    now = told = next = problem = ranked = null;
    draw();
    return refresh({});
  }
  function choose(changes) {
    match = {...match, ...changes};
    begin();
  }
  Lab.receive("arena", ({players, source}) => { // from another tab: two of base names and run:<id>
    match = {temperature: 1, length: 48, ...match, first: players[0], second: players[1], source: source || "prompts"};
    keep();
    load();
  });

  // ---- asking for what is to be judged now; again and again while something is being made
  async function refresh(more) {
    const asked = JSON.stringify(match), got = await Lab.ask(server.bout, question(more));
    if (asked !== JSON.stringify(match)) return;
    problem = got.problem || null;
    if (!problem) take(got);
    else drawStage();
  }
  function take(got) {
    const before = now && now.bout && now.bout.pair + now.bout.again;
    rank(got);
    if (told) { next = got; drawLine(); drawBelow(); return; }
    now = got;
    if (waits && got.own && !got.own.busy) { waits = false; problem = got.own.problem; }
    if (!got.bout || before !== got.bout.pair + got.bout.again) { since = Date.now(); drawStage(); }
    drawLine();
    drawBelow();
  }
  // the ranking is asked for again once votes have come in; not while a script is still adding to them
  function rank(got) {
    if (got.script?.busy || got.lead.votes === ranked) return;
    ranked = got.lead.votes;
    ranking.refresh();
  }
  let last = 0;
  Lab.repeat(place, async () => { // nothing is made before the tab is opened; coming back to it looks who can play now
    const away = Date.now() - last > 2500, state = next || now;
    last = Date.now();
    const making = !state || !state.bout || state.script?.busy || state.fill?.busy || state.own?.busy;
    if (away) await load();
    else if (match && making && !busy && !told) await refresh({});
    last = Date.now();
    return PACE;
  });

  // ---- voting
  async function cast(verdict) {
    if (!now || !now.bout || told || busy || Date.now() - since < GUARD) return;
    busy = true;
    const bout = now.bout, got = await Lab.ask(server.cast, question({pair: bout.pair, again: bout.again, verdict}));
    busy = false;
    problem = got.problem || null;
    if (problem) { refresh({}); return; }
    told = {bout, verdict, sides: got.sides};
    next = got;
    drawStage();
    drawLine();
    drawBelow();
    rank(got);
    timer = setTimeout(goOn, SHOWN);
  }
  function goOn() {
    clearTimeout(timer);
    if (!told) return;
    told = null;
    const coming = next;
    next = null;
    now = null;
    take(coming);
    if (coming.script?.busy || !coming.bout) refresh({});
  }
  async function undo() {
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    const got = await Lab.ask(server.take_back, question({}));
    busy = false;
    problem = got.problem || null;
    told = next = now = null;
    if (problem) drawStage();
    else take(got);
  }
  document.addEventListener("keydown", (event) => {
    const on = event.target.tagName;
    if (!place.isConnected || !place.offsetParent || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (["INPUT", "SELECT", "TEXTAREA"].includes(on) || (["BUTTON", "SUMMARY"].includes(on) && [" ", "Enter"].includes(event.key))) return;
    const verdict = KEYS[event.key];
    if (verdict && now?.bout) cast(verdict);
    else if (event.key === " " && told) goOn();
    else if ((event.key === "u" || event.key === "Backspace") && ((told || now)?.bout)) undo();
    else return;
    event.preventDefault();
  });

  async function askOwn() {
    if (!typed.trim()) return;
    const got = await Lab.ask(server.ask_own, question({text: typed}));
    problem = got.problem || null;
    if (!problem) { typed = own.value = ""; waits = true; told = null; take(got); }
    drawStage();
    drawBelow();
  }
  async function letScript() {
    const got = await Lab.ask(server.script, question({script: script.name, count: script.count}));
    problem = got.problem || null;
    if (!problem) take(got);
    drawBelow();
    if (problem) drawStage();
  }

  // ---- drawing
  const optionsOf = (value) => Lab.options([
    ...people.bases.map((one) => ({value: one.id, words: both(one.name), group: t("arena.bases")})),
    ...people.runs.map((run) => ({value: `run:${run.id}`, words: `${run.name} — ${run.recipe}, ${Lab.when(run.created)}`, group: t("arena.runs")}))], value);
  function drawTop() {
    const player = (side) => h("select", {"data-player": side, "aria-label": t("arena.player"), onchange: (event) => choose({[side]: event.target.value})}, optionsOf(match[side]));
    own.placeholder = t("arena.own");
    own.setAttribute("aria-label", t("arena.own"));
    const had = document.activeElement === own;
    fill(top, h("div.arena-players", {}, player("first"), h("span.soft", {}, t("arena.against")), player("second"),
      h("label.field.inline", {}, h("span", {}, t("arena.questions")), h("select", {"data-source": "", "aria-label": t("arena.questions"), onchange: (event) => choose({source: event.target.value})},
        ["prompts", "held_out"].map((one) => h("option", {value: one, selected: one === match.source}, t(`arena.from_${one}`)))))),
      h("div.arena-own", {}, own, h("button", {"data-own": "", onclick: askOwn}, t("arena.ask_own"))));
    if (had) own.focus();
  }

  // votes so far, who leads, how sure
  function drawLine() {
    const state = next || now;
    if (!state) return fill(line);
    const {lead, mine} = state, first = lead.first;
    const sure = !first ? null : lead.more === 0 ? t("arena.settled") : lead.more === null ? t("arena.equal") : t("arena.more", {n: lead.more});
    fill(line,
      first ? h("span.arena-bar", {title: t("arena.bar_help"), role: "img", "aria-label": t("arena.leads", {name: both(first.name), share: Lab.share(first.chance, 1)})},
        h("i", {style: `left:${100 * first.low}%;width:${100 * (first.high - first.low)}%`}), h("b", {style: `left:${100 * first.chance}%`})) : null,
      h("p.soft", {role: "status", "data-line": ""},
        lead.votes ? t("arena.votes", {n: lead.votes, mine}) : t("arena.no_votes_yet"), lead.scripted ? h("mark.scripted", {}, t("arena.of_scripts", {n: lead.scripted})) : null,
        first ? [" · ", h("b", {}, t("arena.leads", {name: both(first.name), share: Lab.share(first.chance, 1)})), ` (${Math.round(100 * first.low)}–${Math.round(100 * first.high)})`, " · ", sure] : match.first === match.second ? [" · ", t("arena.two_samples")] : null));
  }

  function drawStage() {
    const bout = told ? told.bout : now && now.bout;
    if (!bout) return fill(stage, trouble(), waiting());
    const asked = bout.asked.length > 1 ? bout.asked.map((one) => h("p.arena-said", {"data-role": one.role}, one.content)) : h("h2.arena-question", {}, bout.asked[0].content);
    fill(stage, trouble(), h("div.arena-asked", {}, asked),
      h("div.arena-answers", {}, bout.answers.map((text, i) => answer(text, i))),
      told ? null : h("div.arena-buttons", {}, VERDICTS.map((verdict) => h("button", {"data-vote": verdict, onclick: () => cast(verdict)}, h("span", {}, t(`arena.${verdict}`)), h("kbd", {}, t(`arena.key_${verdict}`))))),
      told ? h("div.arena-buttons.told", {}, h("button.primary", {"data-next-bout": "", onclick: goOn}, h("span", {}, t("arena.next")), h("kbd", {}, t("arena.key_next")))) : null,
      h("p.soft.arena-hint", {}, t(told ? "arena.locked" : "arena.hint"), " ", (now && now.mine) || told ? h("button.quiet.small", {"data-undo": "", onclick: undo}, t("arena.undo")) : null));
  }
  function answer(text, i) {
    const side = told && told.sides[i], won = told && told.verdict === ["left", "right"][i];
    return h("section.arena-answer", {"data-side": i, "data-won": told ? String(won) : null, style: side ? `--mine:${side.place === null ? "var(--run-base)" : Lab.colour(side.place)}` : null},
      side ? h("header", {}, h("b", {"data-name": ""}, Lab.swatch(side.place), both(side.name)), h("small.print", {}, side.fingerprint)) : h("header", {}, h("b.soft", {}, t(i ? "arena.answer_right" : "arena.answer_left"))),
      h("p.answer", {}, text));
  }
  function trouble() {
    const fault = problem || (now && !now.bout && now.fill?.problem);
    return fault ? h("p.problem", {role: "alert"}, fault, " ", h("button.small", {"data-retry": "", onclick: () => { problem = null; refresh({retry: true}); }}, t("arena.retry"))) : null;
  }
  function waiting() {
    if (problem || now?.fill?.problem) return null;
    const work = now && now.fill;
    return h("div.arena-waiting", {}, h("p", {}, t("arena.writing")), work ? meter(work, t("arena.pairs_done", {done: work.done, total: work.total})) : null, h("p.soft", {}, t("arena.first_time")));
  }
  const meter = (work, words) => h("div.arena-meter", {}, h("span.bar", {role: "progressbar", "aria-valuenow": work.done, "aria-valuemax": work.total}, h("i", {style: `width:${(100 * work.done) / Math.max(1, work.total)}%`})), h("span.soft", {}, words));

  // scripted raters, and what all votes feed
  function drawBelow() {
    const state = next || now, work = state && state.script, card = people.raters.find((one) => one.id === script.name);
    if (below.contains(document.activeElement) && ["INPUT", "SELECT"].includes(document.activeElement.tagName) && !work?.busy) return drawFeeds(state);
    fill(below,
      waits && state?.own?.busy ? h("p.soft", {role: "status"}, t("arena.own_waits")) : null,
      h("p.tally", {"data-feeds": ""}), h("div.arena-script", {},
        h("mark.scripted", {}, t("arena.scripted")), h("span", {}, t("arena.let")),
        h("select", {"data-script": "", "aria-label": t("arena.scripted"), onchange: (event) => { script.name = event.target.value; event.target.blur(); drawBelow(); }}, people.raters.map((one) => h("option", {value: one.id, selected: one.id === script.name}, both(one.name)))),
        h("label.field.inline", {}, h("input", {type: "number", min: 1, max: 2000, value: script.count, "data-count": "", "aria-label": t("arena.count"), oninput: (event) => { script.count = Math.max(1, Math.min(2000, Math.round(Number(event.target.value)) || 1)); }}), h("span", {}, t("arena.times"))),
        work?.busy ? h("button", {"data-halt-script": "", onclick: () => Lab.ask(server.halt, question({kind: "script"}))}, t("arena.stop")) : h("button", {"data-let-script": "", onclick: letScript}, t("arena.go")),
        card ? h("small", {}, both(card.explain)) : null),
      h("details.more", {"data-settings": "", open: open.settings, ontoggle: (event) => { open.settings = event.target.open; }}, h("summary", {}, t("arena.settings")),
        h("div.arena-script", {}, range("temperature", 0, 2, 0.1), range("length", 16, 256, 16), h("small", {}, t("arena.settings_help")))),
      work ? meter(work, work.problem || t(work.busy ? "arena.script_busy" : "arena.script_done", {n: work.votes, rater: both(people.raters.find((one) => one.id === work.rater)?.name) || work.rater})) : null);
    drawFeeds(state);
  }
  function range(name, min, max, step) {
    const words = h("output", {}, String(match[name]));
    const input = h("input", {type: "range", min, max, step, "aria-label": t(`compare.${name}`), oninput: () => { match[name] = Number(input.value); words.textContent = input.value; keep(); }, onchange: () => input.blur()});
    input.value = match[name];
    return h("label.field.inline", {}, h("span", {}, t(`compare.${name}`)), input, words);
  }
  function drawFeeds(state) {
    const words = below.querySelector("[data-feeds]");
    if (words && state) fill(words, state.feeds.missing ? t("arena.feeds", {n: state.feeds.decided, more: state.feeds.missing}) : t("arena.feeds_enough", {n: state.feeds.decided}));
  }

  function draw() {
    if (!match) return;
    drawTop(); drawLine(); drawStage(); drawBelow(); ranking.draw(); exchange.draw();
  }
  Lab.drawers.add(() => place.isConnected && draw());
};
