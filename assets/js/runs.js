// The Runs tab: a table to search, filter and sort; a run's page with its curves, recipe, log, lineage and what to do next.
Lab.parts.runs = (place, server) => {
  const {h, fill, t, both} = Lab;
  let runs = [], find = "", status = "", method = "", order = "created", up = false, open = null, about = null, problem = null, sure = false;
  const head = h("div.runs-head"), list = h("div.scroll-x"), page = h("div.run-page"), curves = h("div");
  fill(place, head, h("div.runs-split", {}, list, page));
  let watcher = null;
  // one element for good: whoever types keeps the caret when the list is drawn again
  const search = h("input", {type: "search", oninput: () => { find = search.value; drawList(); }});

  async function pull() {
    const got = await Lab.ask(server.every);
    if (got.problem) { problem = got.problem; drawList(); return 3000; }
    problem = null;
    const before = JSON.stringify(runs);
    runs = got.runs;
    if (JSON.stringify(runs) !== before) { if (document.activeElement?.tagName !== "SELECT") drawHead(); drawList(); if (open) drawActions(); }
    return runs.some((run) => !run.over) ? 1000 : 4000;
  }

  const matches = (run) => (!status || run.status === status) && (!method || run.method.split(", ").includes(method)) &&
    (!find || [run.id, run.name, run.recipe, run.base, run.method, both(run.method_name)].some((words) => words.toLowerCase().includes(find.toLowerCase())));
  const worth = {created: (run) => run.created, name: (run) => run.name, time: (run) => run.seconds ?? -1, held_out: (run) => run.held_out[1] ?? Infinity, trainable: (run) => run.trainable ?? -1};

  function drawHead() {
    const methods = [...new Map(runs.flatMap((run) => run.method.split(", ")).map((id) => [id, id]))].map(([id]) => id).sort();
    const statuses = [...new Set(runs.map((run) => run.status))];
    search.placeholder = t("runs.search");
    search.setAttribute("aria-label", t("runs.search"));
    const pick = (now, words, options, set) => h("select", {"aria-label": words, onchange: (event) => { set(event.target.value); drawList(); }}, h("option", {value: ""}, words), options.map(([id, name]) => h("option", {value: id, selected: id === now}, name)));
    const had = document.activeElement === search, [from, to] = [search.selectionStart, search.selectionEnd];
    fill(head, runs.length ? [search, pick(method, t("runs.any_method"), methods.map((id) => [id, id]), (value) => { method = value; }), pick(status, t("runs.any_status"), statuses.map((id) => [id, t(`status.${id}`)]), (value) => { status = value; })] : null);
    if (had) { search.focus(); search.setSelectionRange(from, to); }
  }

  function drawList() {
    if (problem) return fill(list, h("p.problem", {role: "alert"}, problem));
    if (!runs.length) return fill(list, h("div.empty.first", {}, h("h2", {}, t("runs.empty_title")), h("p", {}, t("runs.empty_words")), h("button.primary", {onclick: () => Lab.openTab("train")}, t("runs.to_train"))));
    const shown = runs.filter(matches).sort((a, b) => { const x = worth[order](a), y = worth[order](b); return (x < y ? -1 : x > y ? 1 : 0) * (up ? 1 : -1); });
    const column = (key, words, right) => h(right ? "th.right" : "th", {"aria-sort": order === key ? (up ? "ascending" : "descending") : "none"}, h("button.sort", {onclick: () => { up = order === key ? !up : key === "name" || key === "held_out"; order = key; drawList(); }}, words, order === key ? (up ? " ↑" : " ↓") : ""));
    fill(list, shown.length ? h("table.results.runs", {}, h("thead", {}, h("tr", {}, column("name", t("result.variant")), h("th.left", {}, t("runs.recipe")), h("th.left", {}, t("runs.status")), column("trainable", t("result.trainable"), true), column("time", t("result.time"), true), column("held_out", t("result.held_out"), true), column("created", t("runs.created"), true))),
      h("tbody", {}, shown.map((run) => h("tr", {tabindex: 0, "data-run": run.id, "aria-selected": String(run.id === open), onclick: () => choose(run.id), onkeydown: (event) => event.key === "Enter" && choose(run.id)},
        h("td.name", {}, Lab.swatch(run.place), h("span", {}, run.name), h("small", {}, both(run.method_name))),
        h("td.left", {}, run.recipe, run.parent ? h("small", {}, t("runs.after", {id: run.parent})) : null),
        h("td.left", {}, h("span.status", {"data-status": run.status}, t(`status.${run.status}`)), run.status === "running" && run.total ? h("small", {}, `${run.step}/${run.total}`) : null),
        h("td", {}, Lab.share(run.trainable, run.all_params)), h("td", {}, Lab.duration(run.seconds)), h("td", {}, Lab.figure(run.held_out[1])), h("td", {}, Lab.when(run.created))))))
      : h("p.empty", {}, t("runs.none_match")));
  }

  async function choose(id) {
    open = id; sure = false; about = null;
    place.classList.toggle("run-open", Boolean(id));
    drawList();
    if (!id) return fill(page);
    about = await Lab.ask(server.about, {run: id});
    if (open !== id) return;
    drawPage();
    page.scrollIntoView({behavior: "smooth", block: "nearest"});
  }

  const actions = h("div.next"), facts = h("div");
  function drawPage() {
    if (!open || !about) return;
    if (about.problem) return fill(page, h("p.problem", {}, about.problem));
    fill(page, h("div.page-head", {}, h("code", {"data-run-id": open}, open), h("button.icon", {"aria-label": t("runs.close"), title: t("runs.close"), onclick: () => choose(null)}, "×")), actions, curves, facts);
    watcher ||= Lab.watcher(curves, server, {onState: (state, before) => { if (before && state.over !== before.over) refreshAbout(); }});
    watcher.show({run: open});
    drawActions();
    drawFacts();
  }
  async function refreshAbout() {
    const got = await Lab.ask(server.about, {run: open});
    if (!got.problem) { about = got; drawFacts(); }
  }

  function drawActions() {
    const run = runs.find((one) => one.id === open);
    if (!run) return;
    const early = ["failed", "cancelled", "interrupted"].includes(run.status);
    fill(actions,
      early ? h("button.primary", {"data-resume": "", onclick: () => act(server.go_on)}, t("runs.resume")) : null,
      run.kept && ["done", "cancelled"].includes(run.status) ? h("button", {"data-start-from": "", onclick: () => Lab.send("form", {run: open, weights: true}, "train"), title: t("runs.start_from_help")}, t("runs.start_from")) : null,
      run.over ? (sure ? [h("button.danger", {"data-delete-sure": "", onclick: () => act(server.forget, true)}, t("runs.delete_sure")), h("button.quiet", {onclick: () => { sure = false; drawActions(); }}, t("runs.keep"))]
        : h("button.quiet.danger", {"data-delete": "", onclick: () => { sure = true; drawActions(); }}, t("runs.delete"))) : null);
  }
  async function act(door, gone) {
    const got = await Lab.ask(door, {run: open});
    if (got.problem) { sure = false; drawActions(); return actions.append(h("p.problem", {role: "alert"}, got.problem)); }
    if (gone) await choose(null);
    loop.now();
    watcher?.refresh();
  }

  function drawFacts() {
    const link = (run) => h("button.quiet", {onclick: () => choose(run.id)}, `${run.name} (${run.recipe})`);
    const line = about.ancestors.length || about.children.length;
    fill(facts,
      line ? h("section", {}, h("h3", {}, t("runs.lineage")), h("p.lineage", {}, about.ancestors.map((run) => [link(run), " → "]), h("b", {}, runs.find((run) => run.id === open)?.name || open), about.children.length ? [" → ", about.children.map((run) => link(run))] : null)) : null,
      h("details", {}, h("summary", {}, t("runs.resolved")), h("pre", {}, about.recipe)),
      h("details", {}, h("summary", {}, t("runs.log")), h("pre", {}, about.log || t("runs.no_log"))),
      Object.keys(about.environment || {}).length ? h("details", {}, h("summary", {}, t("runs.environment")), h("dl.row", {}, Object.entries(about.environment).map(([name, value]) => [h("dt", {}, name.replaceAll("_", " ")), h("dd", {}, typeof value === "object" ? JSON.stringify(value) : String(value))]))) : null);
  }

  Lab.drawers.add(() => { if (!place.isConnected) return; drawHead(); drawList(); if (open) { drawActions(); if (about) drawFacts(); } });
  const loop = Lab.repeat(place, pull);
  drawList();
};
