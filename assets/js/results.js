// The table of a comparison: results, or the settings that made the difference; sorted, searched, one row a variant or
// a run. A click on a row picks it, here and in every picture beside it.
Lab.results = (place, server, {pick, point}) => {
  const {h, fill, t, both, isNumber} = Lab;
  const VIEWS = ["results", "differences", "settings"];
  let runs = [], picked = new Set(), view = "results", order = null, up = true, find = "", together = true, settings = null, asked = "", problem = null;
  const search = h("input", {type: "search", "data-find-variant": "", oninput: () => { find = search.value; drawTable(); }});
  const tools = h("div.table-tools"), box = h("div.scroll-x");
  fill(place, tools, box);

  function draw(next, chosen) {
    runs = next; picked = chosen;
    if (view !== "results") fetchSettings();
    drawTools(); drawTable();
  }

  const repeated = () => Lab.variantsOf(runs).some((one) => one.runs.length > 1);
  const rows = () => (together && repeated() ? Lab.variantsOf(runs) : runs.map((run) => ({name: run.name, place: run.place, runs: [run]})));

  async function fetchSettings() {
    const wanted = runs.map((run) => run.id).join();
    if (asked === wanted) return;
    asked = wanted;
    const got = await Lab.ask(server.settings, runs.length === 1 ? {run: runs[0].id} : {comparison: runs[0].comparison});
    problem = got.problem || null;
    settings = problem ? null : got.runs;
    if (problem) asked = "";
    drawTable();
  }

  function drawTools() {
    if (runs.length < 2) return fill(tools);
    const chip = (name, now, words, choose) => h("button.chip", {[`data-${name}`]: "", "aria-pressed": String(now), onclick: choose}, words);
    const had = document.activeElement === search, caret = [search.selectionStart, search.selectionEnd];
    search.placeholder = t("result.search"); search.setAttribute("aria-label", t("result.search"));
    fill(tools, rows().length > Lab.MANY_VARIANTS ? search : null,
      h("div.chips", {role: "group", "aria-label": t("result.view")}, VIEWS.map((name) => chip(`view-${name}`, view === name, t(`result.view_${name}`), () => { view = name; order = null; if (name !== "results") fetchSettings(); drawTools(); drawTable(); }))),
      repeated() ? h("div.chips", {}, chip("together", together, t("result.by_variant"), () => { together = true; drawTools(); drawTable(); }), chip("single", !together, t("result.every_run"), () => { together = false; drawTools(); drawTable(); })) : null);
    if (had) { search.focus(); search.setSelectionRange(...caret); }
  }

  // ---- columns: {key, words, help, worth(row) for sorting, cell(row), best}
  const change = (figure) => (row) => {
    const now = Lab.spread(row.runs, figure.value), before = Lab.spread(row.runs, figure.before);
    if (!now && !before) return "–";
    return h("span.change", {}, h("span.soft", {}, before ? Lab.figure(before.mean, figure.digits) : "–"), " → ", h("b", {}, now ? Lab.figure(now.mean, figure.digits) : "–"),
      now?.deviation != null ? h("span.soft", {}, ` ± ${Lab.figure(now.deviation, figure.digits)}`) : null);
  };
  function columns() {
    const mean = (value) => (row) => Lab.spread(row.runs, value)?.mean ?? null;
    const results = [
      {key: "trainable", worth: mean((run) => run.trainable), cell: (row) => [Lab.share(row.runs[0].trainable, row.runs[0].all_params), h("small", {}, Lab.count(row.runs[0].trainable))]},
      ...[["time", "seconds", Lab.duration], ["memory", "memory", Lab.bytes], ["size", "bytes", Lab.bytes]].map(([key, field, words]) => ({key, worth: mean((run) => run[field]), cell: (row) => words(mean((run) => run[field])(row))})),
    ].map((column) => ({...column, words: t(`result.${column.key}`), help: t(`result.${column.key}_help`)}));
    const figures = Lab.figuresOf(runs).map((figure) => ({key: figure.key, words: figure.words, help: figure.key === "held_out" || figure.key === "forgetting" ? t(`result.${figure.key}_help`) : null, lowest: figure.lowest, marked: figure.key !== "forgetting", worth: mean(figure.value), cell: change(figure)}));
    if (view === "results") return [...results, ...figures];
    return [...settingColumns(), ...figures.slice(0, 1)];
  }
  function settingColumns() {
    if (!settings) return [];
    const names = [...new Set(runs.flatMap((run) => Object.keys(settings[run.id] || {})))];
    const value = (row, name) => [...new Set(row.runs.map((run) => settings[run.id]?.[name] ?? "–"))].join(", ");
    const differ = (name) => new Set(runs.map((run) => settings[run.id]?.[name] ?? "–")).size > 1;
    return names.filter((name) => view === "settings" || differ(name)).map((name) => ({key: `setting:${name}`, words: Lab.named("setting", name), left: true,
      worth: (row) => (Number.isFinite(Number(value(row, name))) ? Number(value(row, name)) : value(row, name)), cell: (row) => h("span.setting", {}, value(row, name))}));
  }
  const best = (column, shown) => {
    const known = column.marked ? shown.map(column.worth).filter(isNumber) : [];
    const low = Math.min(...known), high = Math.max(...known);
    return known.length > 1 && low < high ? (column.lowest ? low : high) : null;
  };

  function drawTable() {
    if (!runs.length) return fill(box);
    const all = columns(), name = {key: "variant", words: t("result.variant"), help: t("result.variant_help"), left: true, worth: (row) => row.name};
    const matches = (row) => !find.trim() || [row.name, ...row.runs.flatMap((run) => [run.method, run.method_name.en, run.method_name.zh, Lab.named("family", run.family)])].some((words) => words.toLowerCase().includes(find.trim().toLowerCase()));
    const shown = sorted(rows().filter(matches), [name, ...all].find((column) => column.key === order));
    const tops = new Map(all.map((column) => [column, best(column, shown)]));
    const head = [name, ...all].map((column) => h(column.left ? "th.left" : "th", {title: column.help, scope: "col", "aria-sort": order === column.key ? (up ? "ascending" : "descending") : "none"},
      runs.length > 1 ? h("button.sort", {"data-sort": column.key, onclick: () => sortBy(column)}, column.words, order === column.key ? (up ? " ↑" : " ↓") : "") : column.words));
    box.classList.toggle("tall", rows().length > Lab.MANY_VARIANTS);
    const top = box.scrollTop, aside = box.scrollLeft;
    fill(box, problem && view !== "results" ? h("p.problem", {role: "alert"}, problem) : null,
      view === "differences" && settings && !settingColumns().length ? h("p.soft", {}, t("result.no_differences")) : null,
      h("table.results", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, shown.map((row) => line(row, all, tops)))),
      shown.length ? null : h("p.empty", {}, t("result.none_match")));
    box.scrollTop = top; box.scrollLeft = aside;
  }
  function line(row, all, tops) {
    const variant = row.runs[0].variant, alone = runs.length === 1, choose = () => !alone && pick(variant);
    return h("tr", {"data-run": row.runs[0].id, "data-of": variant, "aria-selected": String(picked.has(variant)), tabindex: alone ? null : 0, onclick: choose,
      onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(); } }, onmouseenter: () => point(variant), onmouseleave: () => point(null)},
      h("td.name", {}, Lab.variantsOf(runs).length > Lab.MANY_VARIANTS ? Lab.familySwatch(row.runs[0].family) : Lab.swatch(row.place), h("span", {}, row.name), h("small", {}, method(row), row.runs.length > 1 ? `${method(row) ? " · " : ""}${t("result.seeds", {n: row.runs.length})}` : "")),
      all.map((column) => h(column.left ? "td.left" : column.marked && isNumber(column.worth(row)) && column.worth(row) === tops.get(column) ? "td.best" : "td", {}, column.cell(row))));
  }
  // the method, where the variant is not called after it
  const method = (row) => (Object.values(row.runs[0].method_name).includes(row.name) ? "" : both(row.runs[0].method_name));
  function sortBy(column) {
    if (order === column.key) { if (up === starts(column)) up = !up; else order = null; } else { order = column.key; up = starts(column); }
    drawTable();
  }
  const starts = (column) => !column.marked || Boolean(column.lowest); // the best first where one is best
  function sorted(list, column) {
    if (!column) return list;
    const known = (row) => { const worth = column.worth(row); return worth === null || worth === undefined || worth === "–" ? null : worth; };
    return [...list].sort((a, b) => {
      const [x, y] = [known(a), known(b)];
      if (x === null || y === null) return (x === null) - (y === null); // what is not known stands last
      const first = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), Lab.language);
      return up ? first : -first;
    });
  }

  // what is picked or pointed at elsewhere, without drawing the table again; reveal: a variant to scroll to
  function mark(chosen, pointed, reveal) {
    picked = chosen;
    const lines = [...box.querySelectorAll("tbody tr")];
    for (const row of lines) {
      row.setAttribute("aria-selected", String(picked.has(row.dataset.of)));
      row.classList.toggle("pointed", row.dataset.of === pointed);
    }
    const row = reveal && lines.find((one) => one.dataset.of === reveal);
    if (row) box.scrollTop += row.getBoundingClientRect().top - box.getBoundingClientRect().top - (box.clientHeight - row.clientHeight) / 2;
  }
  return {draw, mark};
};
