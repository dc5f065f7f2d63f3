// The picture of what was tuned, drawn from the run's own model: modules as blocks whose areas are to scale, text going
// in below; coloured by how far each moved, or lit where it may move. Up to four runs stand side by side.
(() => {
  const {h, svg: s, fill, t, isNumber} = Lab;
  const WIDE = 250, NUMBER = 20, SIDE = 14, GAP = 2, THINNEST = 3, LEAST = 0.001, FAINT = 14, TALLEST = 110, HOWS = ["weights", "outputs", "attention"];

  const percent = (value) => (!isNumber(value) ? "–" : value === 0 ? "0 %" : value < LEAST ? "< 0.1 %" : `${Number((100 * value).toPrecision(2))} %`);

  // what is shown together and measured alike shares one scale, logarithmic, from the least to the most
  function scaleOf(modules) {
    const known = modules.map((one) => one.by).filter((by) => by > 0).map((by) => Math.max(LEAST, by)), low = Math.log(Math.min(...known)), high = Math.max(Math.log(Math.max(...known)), low + 0.01);
    const mix = (part) => `color-mix(in oklab, var(--lab-accent) ${(FAINT + (100 - FAINT) * Math.min(1, Math.max(0, part))).toFixed(0)}%, var(--lab-card))`;
    return {colour: (by) => mix(by > 0 ? (Math.log(Math.max(LEAST, by)) - low) / (high - low) : 0), ticks: known.length ? [0, 1 / 3, 2 / 3, 1].map((part) => [mix(part), Math.exp(low + part * (high - low))]) : []};
  }

  const asModule = ([name, kind, layer, parameters, trainable, by, how, rank]) => ({name, kind, layer, parameters, trainable, by, how, rank});
  const kindWords = (one) => t(`tuned.kind_${one.kind}`);
  const placeWords = (one) => (one.layer === null ? kindWords(one) : t("tuned.in_layer", {layer: one.layer + 1, kind: kindWords(one)}));
  function sentence(one) {
    const size = one.parameters ? t("tuned.weights", {n: Lab.count(one.parameters)}) : null;
    const trained = one.trainable ? t("tuned.trained", {n: Lab.count(one.trainable)}) : one.kind === "tokens" ? null : t("tuned.frozen");
    const far = isNumber(one.by) ? t(`tuned.by_${one.how}`, {far: percent(one.by)}) : null;
    return [size, trained, far, isNumber(one.rank) ? t("tuned.rank", {rank: one.rank}) : null].filter(Boolean).join(Lab.comma());
  }

  // place: where it goes; shown(): the runs to draw. It asks for their modules when it is open.
  Lab.tuned = (place, server) => {
    let runs = [], got = new Map(), view = null, asked = "", problem = null, told = null, scales = new Map();
    const inside = h("div"), folded = h("details.tuned", {open: localStorage.getItem("lab.tuned") !== "0", ontoggle: () => { localStorage.setItem("lab.tuned", folded.open ? "1" : "0"); if (folded.open) fetchModules(); }}, h("summary", {}), inside);
    fill(place, folded);

    function draw(next) {
      runs = next;
      folded.firstChild.textContent = t("tuned.title");
      folded.hidden = !runs.some((run) => run.trainable);
      if (folded.open) fetchModules();
      redraw();
    }
    async function fetchModules() {
      const wanted = runs.map((run) => `${run.id} ${run.over} ${Boolean(run.trainable)} ${run.held_out[1]}`).join();
      if (wanted === asked || !runs.length) return;
      asked = wanted;
      const answer = await Lab.ask(server.moved, {runs: runs.map((run) => run.id)});
      problem = answer.problem || null;
      if (problem) asked = "";
      else got = new Map(answer.runs.map((one) => [one.id, {...one, modules: one.modules.map(asModule)}]));
      redraw();
    }

    function redraw() {
      if (!folded.open) return fill(inside);
      if (problem) return fill(inside, h("p.problem", {role: "alert"}, problem));
      const known = runs.map((run) => [run, got.get(run.id)]).filter(([, one]) => one && one.modules.length);
      if (!known.length) return fill(inside, h("p.soft", {}, got.size ? t("tuned.none") : "…"));
      const every = known.flatMap(([, one]) => one.modules);
      const views = ["moved", "trainable", "rank"].filter((name) => (name === "moved" ? every.some((one) => isNumber(one.by)) : name === "rank" ? every.some((one) => isNumber(one.rank)) : true));
      const now = views.includes(view) ? view : views[0];
      scales = new Map(HOWS.filter((how) => every.some((one) => one.how === how && one.by > 0)).map((how) => [how, scaleOf(every.filter((one) => one.how === how))]));
      told = h("p.tuned-told", {"aria-live": "polite"}, t("tuned.point"));
      fill(inside, h("div.tuned-tools", {}, h("div.chips", {role: "group", "aria-label": t("tuned.title")}, views.map((name) => h("button.chip", {[`data-tuned-${name}`]: "", "aria-pressed": String(name === now), onclick: () => { view = name; redraw(); }}, t(`tuned.view_${name}`)))), legend(now, every)),
        h("div.tuned-columns", {style: `--columns:${known.length}`}, known.map(([run, one]) => column(run, one, now, every))), told,
        h("p.soft", {}, t("tuned.scale")));
    }

    function column(run, {modules, missing}, now, every) {
      const touched = modules.filter((one) => one.trainable).length;
      return h("section.tuned-column", {style: `--mine:${Lab.colour(run.place)}`, "data-tuned": run.id},
        h("div.column-name", {}, h("b", {}, run.name), h("small", {}, Lab.share(run.trainable, run.all_params))),
        picture(run, modules, now, every),
        missing ? h("p.soft", {}, t("tuned.missing", {why: missing})) : h("p.tuned-most", {}, most(modules, now) || t("tuned.lit", {n: touched, of: modules.filter((one) => one.parameters).length})),
        h("details", {}, h("summary", {}, t("tuned.table")), table(modules)));
    }
    function most(modules, now) {
      if (now !== "moved") return null;
      const far = modules.filter((one) => one.by > 0).sort((a, b) => b.by - a.by);
      return far.length ? t(`tuned.most_${far[0].how}`, {where: `${placeWords(far[0])} (${percent(far[0].by)})`}) : null;
    }

    // ---- the drawing
    function picture(run, modules, now, every) {
      const layers = [...new Set(modules.map((one) => one.layer))].filter((layer) => layer !== null).sort((a, b) => a - b);
      const own = (layer) => modules.filter((one) => one.layer === layer && one.parameters), block = Math.max(...layers.map((layer) => own(layer).reduce((sum, one) => sum + one.parameters, 0)), 1);
      const high = Math.min(26, Math.max(8, 190 / layers.length)), left = NUMBER + (every.some((one) => one.kind === "tokens" && one.layer !== null) ? SIDE : 0), right = every.some((one) => one.kind === "added") ? 2 * SIDE : 0;
      const drawn = [], perRow = block / WIDE; // parameters one unit of a row's width stands for
      let y = 2;
      const outside = (kinds) => modules.filter((one) => one.layer === null && one.parameters && kinds(one.kind));
      const tall = (one) => Math.min(TALLEST, Math.max(3, (high * one.parameters) / block));
      for (const one of outside((kind) => kind !== "embeddings").reverse()) { drawn.push(cell(one, left, y, WIDE, tall(one), now), word(one, y + tall(one) / 2)); y += tall(one) + GAP + 1; }
      const top = own(layers[0]).map((one) => [one, widthOf(one, own(layers[0]), perRow)]);
      let x = left;
      drawn.push(top.map(([one, width]) => { const middle = x + width / 2; x += width; return width > 7 ? s("text", {class: "tuned-word", x: middle, y: y + 8, "text-anchor": "middle"}, short(one, width)) : null; }));
      y += 12;
      for (const layer of [...layers].reverse()) { drawn.push(row(layer, y)); y += high + GAP; }
      y += GAP;
      for (const one of outside((kind) => kind === "embeddings")) { drawn.push(cell(one, left, y, WIDE, tall(one), now), word(one, y + tall(one) / 2)); y += tall(one) + GAP + 1; }
      let free = left;
      for (const one of modules.filter((other) => other.layer === null && !other.parameters)) { const width = Math.min(WIDE, Math.max(8, one.trainable / perRow)); drawn.push(cell(one, free, y, width, high, now), s("text", {class: "tuned-word", x: free + width + 4, y: y + high / 2 + 3}, kindWords(one))); free += width + 90; }
      if (free > left) y += high + GAP;
      const svg = s("svg", {class: "tuned-picture", viewBox: `0 0 ${left + WIDE + right} ${y + 2}`, role: "img", "aria-label": t("tuned.words", {name: run.name, n: modules.filter((one) => one.trainable).length, of: modules.filter((one) => one.parameters).length}) + " " + (most(modules, "moved") || "")}, drawn);
      return svg;

      function row(layer, at) {
        let across = left;
        const cells = own(layer).map((one) => { const width = widthOf(one, own(layer), perRow); const made = cell(one, across, at, width - 1, high, now); across += width; return made; });
        let beyond = left + WIDE + 3;
        const added = modules.filter((one) => one.layer === layer && one.kind === "added").map((one) => { const width = Math.max(5, Math.min(SIDE - 2, one.trainable / perRow)); const made = cell(one, beyond, at, width, high, now); beyond += width + 2; return made; });
        const tokens = modules.filter((one) => one.layer === layer && one.kind === "tokens").map((one) => cell(one, NUMBER, at, SIDE - 4, high, now));
        const numbered = high >= 14 || layer === layers[0] || (layer + 1) % 5 === 0;
        return [numbered ? s("text", {class: "tuned-word", x: NUMBER - 4, y: at + high / 2 + 3.5, "text-anchor": "end"}, layer + 1) : null, tokens, cells, added];
      }
      function word(one, at) {
        const times = one.parameters / block, cut = high * times > TALLEST ? ` · ${t("tuned.cut", {n: times.toFixed(0)})}` : "";
        return tall(one) >= 10 ? s("text", {class: "tuned-word inside", x: left + WIDE / 2, y: at + 3.5, "text-anchor": "middle"}, kindWords(one) + cut) : null;
      }
    }
    // widths to scale, the thinnest wide enough to be seen
    function widthOf(one, siblings, perRow) {
      const wanted = siblings.map((other) => Math.max(THINNEST, other.parameters / perRow)), sum = wanted.reduce((a, b) => a + b, 0), full = siblings.reduce((a, b) => a + b.parameters, 0) / perRow;
      return (Math.max(THINNEST, one.parameters / perRow) * Math.max(full, THINNEST * siblings.length)) / sum;
    }
    const short = (one, width) => { const whole = t(`tuned.short_${one.kind}`); return whole.length * 6 < width ? whole : whole.slice(0, 1); };

    function cell(one, x, y, width, height, now) {
      const lit = one.trainable > 0, rest = {x, y, width: Math.max(1, width), height, rx: Math.min(2, height / 3)};
      const group = s("g", {class: `cell${lit ? " may" : ""}${one.parameters ? "" : " new"}`, "data-module": one.name, "data-layer": one.layer});
      if (now === "moved") group.append(s("rect", {...rest, class: "ground", style: scales.has(one.how) && isNumber(one.by) && (one.by > 0 || lit) ? `fill:${scales.get(one.how).colour(one.by)}` : null}));
      else if (now === "rank") group.append(s("rect", {...rest, class: "ground", style: isNumber(one.rank) ? `fill:color-mix(in oklab, var(--lab-accent) ${one.rank ? 15 + (85 * one.rank) / highest() : 0}%, var(--lab-card))` : null}), isNumber(one.rank) && height >= 10 && width >= 9 ? s("text", {class: "tuned-word inside", x: x + width / 2, y: y + height / 2 + 3.5, "text-anchor": "middle"}, one.rank) : "");
      else {
        const part = lit ? Math.max(1.6, height * Math.min(1, one.parameters ? one.trainable / one.parameters : 1)) : 0;
        group.append(s("rect", {...rest, class: "ground"}), part ? s("rect", {x, width: Math.max(1, width), y: y + height - part, height: part, rx: rest.rx, class: "lit"}) : "");
      }
      group.append(s("title", {}, `${placeWords(one)}: ${sentence(one)}`));
      const tell = () => fill(told, h("b", {}, placeWords(one)), " ", h("code", {}, one.name), " ", sentence(one));
      group.addEventListener("mouseenter", tell);
      group.addEventListener("click", tell);
      return group;
    }
    const highest = () => Math.max(1, ...[...got.values()].flatMap((one) => one.modules.map((module) => module.rank || 0)));

    function legend(now, every) {
      const box = (style, words) => h("span.key", {}, h("span.swatch", {style}), words);
      if (now === "trainable") return h("div.tuned-key", {}, box("background:var(--lab-accent)", t("tuned.key_may")), box("background:var(--tuned-grey)", t("tuned.key_frozen")));
      if (now === "rank") return h("div.tuned-key", {}, box("background:var(--lab-accent)", t("tuned.key_rank", {rank: highest()})), box("background:var(--lab-card);outline:1px solid var(--lab-line)", t("tuned.key_none")));
      return h("div.tuned-keys", {}, [...scales].map(([how, {ticks}]) => h("div.tuned-key", {}, ticks.map(([shade, value]) => box(`background:${shade}`, percent(value))), h("span.soft", {}, t(`tuned.how_${how}`)))),
        h("div.tuned-key", {}, box("background:var(--tuned-grey)", t("tuned.key_frozen"))));
    }

    // the same in words: a row a layer, a column a kind
    function table(modules) {
      const rows = [...new Set(modules.map((one) => one.layer))].sort((a, b) => (a === null) - (b === null) || a - b), kinds = [...new Set(modules.map((one) => one.kind))];
      return h("div.scroll-x", {}, h("table.told", {}, h("thead", {}, h("tr", {}, h("th", {scope: "col"}, t("tuned.layer")), kinds.map((kind) => h("th", {scope: "col"}, t(`tuned.kind_${kind}`))))),
        h("tbody", {}, rows.map((layer) => h("tr", {}, h("th", {scope: "row"}, layer === null ? t("tuned.outside") : layer + 1), kinds.map((kind) => h("td", {}, modules.filter((one) => one.layer === layer && one.kind === kind).map((one) => (isNumber(one.by) && (one.by > 0 || one.trainable) ? percent(one.by) : one.trainable ? Lab.count(one.trainable) : one.parameters ? "·" : "")).join(" / "))))))));
    }
    return {draw};
  };
})();
