// The plot of a comparison, plain SVG: a figure against the trainable parameters on a log scale, the area of a bubble
// the time it took; or reward against divergence where runs have both. A variant over several seeds is one bubble with
// its spread. Few variants keep their own colours; many are coloured by family.
Lab.plot = (place, {pick, point}) => {
  const {h, svg: s, fill, t, both, isNumber} = Lab;
  const HIGH = 340, LEFT = 54, RIGHT = 18, TOP = 16, BOTTOM = 44, LARGEST = {few: 15, many: 10}, SMALLEST = 4, REACH = 14;
  let runs = [], picked = new Set(), pointed = null, view = "held_out", family = null, drawn = "";
  const tools = h("div.plot-tools"), box = h("div.plot-box"), words = h("div.plot-words", {hidden: true}), key = h("div.plot-key");
  fill(place, tools, box, key);

  function draw(next, chosen) {
    runs = next; picked = chosen;
    const now = JSON.stringify([Lab.language, view, family, box.clientWidth, runs.map((run) => [run.id, run.held_out, run.metrics, run.forgetting, run.trainable, run.seconds])]);
    if (now === drawn || !box.clientWidth) return mark(chosen, pointed);
    drawn = now;
    rebuild();
  }

  // ---- what is drawn: {name, x, y, spreadX, spreadY, seconds, family, place}
  function views() {
    const figures = Lab.figuresOf(runs).map((figure) => ({...figure, frontier: false, said: figure.words, across: (run) => run.trainable}));
    const both = (run) => isNumber(run.metrics.reward?.[1]) && isNumber(run.metrics.kl?.[1]), reward = Lab.sharedReward(runs);
    const upward = (run) => run.metrics[reward]?.[1] ?? null, before = (run) => run.metrics[reward]?.[0] ?? null;
    const said = reward === "reward" ? t("plot.reward") : Lab.named("metric", reward);
    return runs.some(both) ? [...figures, {key: "frontier", words: t("plot.frontier"), frontier: true, digits: 2, value: upward, before, said, across: (run) => run.metrics.kl?.[1] ?? null}] : figures;
  }
  function points(figure) {
    return Lab.variantsOf(runs).map((one) => ({name: one.name, place: one.place, n: one.runs.length, family: one.runs[0].family, method: both(one.runs[0].method_name),
      x: Lab.spread(one.runs, figure.across), y: Lab.spread(one.runs, figure.value), seconds: Lab.spread(one.runs, (run) => run.seconds)?.mean ?? 0}))
      .filter((one) => one.x && one.y && (figure.frontier || one.x.mean > 0));
  }
  const few = (list) => list.length <= Lab.MANY_VARIANTS;
  const colourOf = (one, list) => (few(list) ? Lab.colour(one.place) : Lab.familyColour(one.family));

  // ---- scales
  function range(values) {
    const low = Math.min(...values), high = Math.max(...values), air = (high - low || Math.abs(high) || 1) * 0.08;
    return [low >= 0 && low - air < 0 ? Math.min(0, low) : low - air, high + air];
  }
  function ticks([low, high], count) {
    const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough)), step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
    const first = Math.ceil(low / step - 1e-9);
    return Array.from({length: Math.floor(high / step + 1e-9) - first + 1}, (_, i) => Number(((first + i) * step).toPrecision(12)));
  }
  function logTicks([low, high]) {
    const powers = [];
    for (let power = Math.ceil(low - 1e-9); power <= high + 1e-9; power += 1) powers.push(power);
    return powers.length > 1 ? powers : [low, high].map((one) => Math.log10(Number((10 ** one).toPrecision(1))));
  }

  function rebuild() {
    const choices = views();
    if (!choices.length) { fill(tools); fill(key); drawn = ""; return fill(box, h("p.empty", {}, t("plot.empty"))); }
    const figure = choices.find((one) => one.key === view) || choices[0], list = points(figure);
    fill(tools, h("label.field.inline", {}, h("span", {}, t("plot.shows")), h("select", {"data-plot": "", onchange: (event) => { view = event.target.value; redraw(); }},
      Lab.options(choices.map((one) => ({value: one.key, words: one.words})), figure.key))), h("p.soft", {}, t(figure.frontier ? "plot.frontier_help" : figure.lowest ? "plot.help_lower" : "plot.help_higher"), " ", t(list.some((one) => one.n > 1) ? "plot.seeds" : "plot.no_ranking")));
    fill(box, list.length ? picture(figure, list) : h("p.empty", {}, t("plot.empty")), words);
    drawKey(list);
    mark(picked, pointed);
  }
  function redraw() { drawn = ""; draw(runs, picked); }

  function picture(figure, list) {
    const wide = box.clientWidth, largest = Math.max(...list.map((one) => one.seconds), 1e-9);
    const start = Lab.spread(runs, figure.before);
    const across = range(list.flatMap((one) => figure.frontier ? [0, one.x.mean - (one.x.deviation || 0), one.x.mean + (one.x.deviation || 0)] : [Math.log10(one.x.mean)]));
    const upward = range([...list.flatMap((one) => [one.y.mean - (one.y.deviation || 0), one.y.mean + (one.y.deviation || 0)]), ...(start ? [start.mean] : [])]);
    const X = (value) => LEFT + ((figure.frontier ? value : Math.log10(value)) - across[0]) / (across[1] - across[0]) * (wide - LEFT - RIGHT);
    const Y = (value) => HIGH - BOTTOM - (value - upward[0]) / (upward[1] - upward[0]) * (HIGH - TOP - BOTTOM);
    const xTicks = figure.frontier ? ticks(across, 6).map((value) => [value, Lab.figure(value, value % 1 ? 1 : 0)]) : logTicks(across).map((power) => [10 ** power, Lab.count(Math.round(10 ** power))]);
    const grid = [...xTicks.map(([value, said]) => [s("path", {class: "grid", d: `M${X(value)} ${TOP} V${HIGH - BOTTOM}`}), s("text", {x: X(value), y: HIGH - BOTTOM + 16, "text-anchor": "middle"}, said)]),
      ...ticks(upward, 5).map((value) => [s("path", {class: "grid", d: `M${LEFT} ${Y(value)} H${wide - RIGHT}`}), s("text", {x: LEFT - 8, y: Y(value) + 4, "text-anchor": "end"}, String(value))])];
    const axes = [s("text", {x: (LEFT + wide - RIGHT) / 2, y: HIGH - 8, "text-anchor": "middle"}, figure.frontier ? t("plot.kl") : t("plot.trainable")),
      s("text", {x: 12, y: (TOP + HIGH - BOTTOM) / 2, "text-anchor": "middle", transform: `rotate(-90 12 ${(TOP + HIGH - BOTTOM) / 2})`}, figure.frontier ? figure.said : `${figure.words} · ${t(figure.lowest ? "plot.lower" : "plot.higher")}`)];
    const base = start ? [s("path", {class: "start", d: `M${LEFT} ${Y(start.mean)} H${wide - RIGHT}`}), s("text", {class: "start-word", x: wide - RIGHT, y: Y(start.mean) - 5, "text-anchor": "end"}, t("plot.start"))] : null;
    const placed = list.map((one) => ({...one, cx: X(one.x.mean), cy: Y(one.y.mean), r: Math.max(SMALLEST, LARGEST[few(list) ? "few" : "many"] * Math.sqrt(one.seconds / largest))})).sort((a, b) => b.r - a.r);
    const bars = (one) => [one.y.deviation ? s("path", {class: "spread", d: `M${one.cx} ${Y(one.y.mean - one.y.deviation)} V${Y(one.y.mean + one.y.deviation)} m-4 0 h8 M${one.cx - 4} ${Y(one.y.mean - one.y.deviation)} h8`}) : null,
      figure.frontier && one.x.deviation ? s("path", {class: "spread", d: `M${X(one.x.mean - one.x.deviation)} ${one.cy} H${X(one.x.mean + one.x.deviation)} m0 -4 v8 M${X(one.x.mean - one.x.deviation)} ${one.cy - 4} v8`}) : null];
    const bubbles = placed.map((one) => s("g", {class: "bubble", "data-bubble": one.name, "data-family": one.family, style: `--mine:${colourOf(one, list)}`}, s("circle", {cx: one.cx, cy: one.cy, r: one.r}), bars(one)));
    const names = labels(placed, figure, wide).map((label) => s("text", {class: "bubble-name", "data-name-of": label.name, x: label.x, y: label.y, "text-anchor": label.anchor}, label.name));
    const svg = s("svg", {class: "plot", width: wide, height: HIGH, viewBox: `0 0 ${wide} ${HIGH}`, role: "img", "aria-label": inWords(figure, list)}, grid, axes, base, bubbles, names);
    follow(svg, placed, bubbles, figure);
    return svg;
  }

  // the mouse goes to the bubble whose middle is nearest, also where bubbles lie on each other; that one comes to the front
  function follow(svg, placed, bubbles, figure) {
    let under = null;
    const nearest = (event) => {
      const frame = svg.getBoundingClientRect(), far = placed.map((one) => Math.hypot(one.cx - event.clientX + frame.left, one.cy - event.clientY + frame.top));
      const i = far.indexOf(Math.min(...far));
      return i >= 0 && far[i] <= Math.max(placed[i].r, REACH) ? i : null;
    };
    const go = (i) => {
      if (i === under) return;
      under = i;
      svg.style.cursor = i === null ? "" : "pointer";
      point(i === null ? null : placed[i].name);
      if (i === null) { words.hidden = true; return; }
      svg.insertBefore(bubbles[i], svg.querySelector(".bubble-name"));
      tell(placed[i], figure);
    };
    svg.addEventListener("mousemove", (event) => go(nearest(event)));
    svg.addEventListener("mouseleave", () => go(null));
    svg.addEventListener("click", (event) => { const i = nearest(event); go(i); if (i !== null) pick(placed[i].name); });
  }

  // names beside the bubbles where there is room: first those that no other beats in both directions
  function labels(placed, figure, wide) {
    const good = (one) => (figure.lowest ? -one.y.mean : one.y.mean), beaten = (one) => placed.some((other) => other !== one && good(other) >= good(one) && other.x.mean <= one.x.mean && (good(other) > good(one) || other.x.mean < one.x.mean));
    const taken = [], order = [...placed].sort((a, b) => beaten(a) - beaten(b) || good(b) - good(a)), found = [];
    const meets = (box, other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];
    const circles = placed.map((one) => [one.cx - one.r, one.cy - one.r, one.cx + one.r, one.cy + one.r, one]);
    for (const one of order) {
      const length = [...one.name].reduce((sum, letter) => sum + (letter > "⺀" ? 12 : 6.4), 0), gap = one.r + 4;
      for (const [x, y, anchor] of [[one.cx + gap, one.cy + 4, "start"], [one.cx - gap, one.cy + 4, "end"], [one.cx, one.cy - gap, "middle"], [one.cx, one.cy + gap + 9, "middle"]]) {
        const left = anchor === "start" ? x : anchor === "end" ? x - length : x - length / 2, frame = [left - 2, y - 10, left + length + 2, y + 3];
        if (left < LEFT || left + length > wide - 2 || frame[1] < 2 || frame[3] > HIGH - BOTTOM) continue;
        if (taken.some((other) => meets(frame, other)) || circles.some((circle) => circle[4] !== one && meets(frame, circle))) continue;
        taken.push(frame);
        found.push({name: one.name, x, y, anchor});
        break;
      }
    }
    return found;
  }

  function tell(one, figure) {
    const spread = (value, digits) => Lab.figure(value.mean, digits) + (value.deviation != null ? ` ± ${Lab.figure(value.deviation, digits)}` : "");
    fill(words, h("b", {}, one.name), one.method === one.name ? null : h("span.soft", {}, one.method),
      h("span", {}, `${figure.said} ${spread(one.y, figure.digits)}`),
      h("span", {}, figure.frontier ? `KL ${spread(one.x, 2)}` : `${Lab.count(one.x.mean)} ${t("result.trainable")}`),
      h("span", {}, Lab.duration(one.seconds), one.n > 1 ? ` · ${t("result.seeds", {n: one.n})}` : ""));
    words.hidden = false;
    const half = words.offsetWidth / 2;
    words.style.left = `${Math.min(Math.max(one.cx, half), box.clientWidth - half)}px`;
    words.style.top = `${one.cy - one.r - 8 < words.offsetHeight ? one.cy + one.r + 8 : one.cy - one.r - 8 - words.offsetHeight}px`;
  }

  function drawKey(list) {
    const families = few(list) ? [] : Lab.inFamilies(new Set(list.map((one) => one.family)));
    const longest = Math.max(0, ...list.map((one) => one.seconds));
    fill(key, families.map((name) => h("button.key.family", {"data-family-key": name, "aria-pressed": String(family === name), onclick: () => { family = family === name ? null : name; drawKey(list); mark(picked, pointed); }},
      Lab.familySwatch(name), Lab.named("family", name))),
      longest ? h("span.key.soft", {}, h("span.bubble-size"), t("plot.size", {time: Lab.duration(longest)})) : null);
  }

  const inWords = (figure, list) => t("plot.words", {figure: figure.frontier ? t("plot.frontier") : figure.words, n: list.length}) + " " +
    [...list].sort((a, b) => (figure.lowest ? 1 : -1) * (a.y.mean - b.y.mean)).slice(0, 3).map((one) => `${one.name}: ${Lab.figure(one.y.mean, figure.digits)}`).join(Lab.comma());

  function mark(chosen, now) {
    picked = chosen; pointed = now;
    const dimmed = picked.size || pointed || family;
    for (const one of box.querySelectorAll("[data-bubble], [data-name-of]")) {
      const name = one.dataset.bubble || one.dataset.nameOf;
      const mine = pointed === name || picked.has(name) || (family && one.dataset.family === family);
      one.classList.toggle("dim", Boolean(dimmed) && !mine);
      one.classList.toggle("picked", picked.has(name));
    }
  }

  new ResizeObserver(() => { if (runs.length && box.clientWidth) draw(runs, picked); }).observe(place);
  return {draw, mark};
};
