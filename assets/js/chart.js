// The learning curves: one axis, one colour a run; training loss solid (smoothed, over the faint raw values), held-out
// loss dashed. Drawn by uPlot. The key above reads out the values under the mouse, or the latest ones. Of many runs, those
// that are picked or pointed at stand out, and only they are in the key.
Lab.chart = (place, {point} = {}) => {
  const {h, fill, t} = Lab;
  const SMOOTHING = 0.8;
  let plot = null, runs = [], variants = [], name = "loss", steps = [], index = new Map(), series = [], chosen = new Map();
  const box = h("div.chart-box"), legend = h("div.chart-key");
  fill(place, legend, box);

  function clear(newRuns, curve) {
    runs = newRuns;
    variants = Lab.variantsOf(runs);
    name = curve || name;
    steps = []; index = new Map();
    series = runs.flatMap(() => [[], []]);
    rebuild();
  }

  // points: [run, 0 training | 1 held-out, step, value]
  function add(points) {
    if (!points.length) return;
    const fresh = [...new Set(points.map((point) => point[2]))].filter((step) => !index.has(step));
    if (fresh.length) {
      const order = [...steps, ...fresh].sort((a, b) => a - b);
      const move = order.map((step) => index.get(step));
      series = series.map((values) => move.map((old) => (old === undefined ? null : values[old] ?? null)));
      steps = order;
      index = new Map(order.map((step, i) => [step, i]));
    }
    for (const [run, kind, step, value] of points) series[2 * run + kind][index.get(step)] = value;
    show();
  }

  const data = () => [steps, ...runs.flatMap((_, run) => [series[2 * run], smoothed(series[2 * run]), series[2 * run + 1]])];

  // an average that leans on the newest values and starts without a bias towards zero
  function smoothed(values) {
    let sum = 0, weight = 0;
    return values.map((value) => {
      if (value == null) return null;
      sum = SMOOTHING * sum + (1 - SMOOTHING) * value;
      weight = SMOOTHING * weight + (1 - SMOOTHING);
      return sum / weight;
    });
  }

  function show() {
    if (!plot) return rebuild();
    plot.setData(data());
    drawKey();
  }

  function axis(label) {
    const style = getComputedStyle(document.body);
    const ink = style.getPropertyValue("--lab-soft").trim(), line = style.getPropertyValue("--lab-line").trim();
    return {stroke: ink, grid: {stroke: line, width: 1}, ticks: {show: false}, font: "12px ui-sans-serif, system-ui, sans-serif",
      label, labelFont: "12px ui-sans-serif, system-ui, sans-serif", labelSize: 18, size: label === t("chart.step") ? 30 : 46, gap: 4};
  }

  function rebuild() {
    if (plot) { plot.destroy(); plot = null; }
    drawKey();
    if (!steps.length || !box.clientWidth) return fill(box, h("p.empty.chart-empty", {}, t(runs.length ? "chart.waiting" : "chart.empty")));
    fill(box);
    const many = tooMany();
    const lines = runs.flatMap((run) => {
      const stroke = () => Lab.resolvedColour(placeOf(run)), shared = {stroke, spanGaps: true};
      return [
        {...shared, width: 1, show: !many, points: {show: false}},
        {...shared, width: 2, points: {show: false}},
        {...shared, width: 2, dash: [7, 5], points: {show: () => !many || chosen.has(run.variant), size: 6, fill: stroke}},
      ];
    });
    plot = new uPlot({
      width: box.clientWidth, height: Math.max(230, Math.min(360, box.clientWidth * 0.42)), legend: {show: false},
      cursor: {drag: {x: true, y: false}, points: many ? {show: false} : {size: 7}, ...(many && point ? {focus: {prox: 12}} : {})}, focus: {alpha: 1},
      hooks: {setCursor: [drawKey], setSeries: [(_, i) => many && point && point(i ? runs[Math.floor((i - 1) / 3)]?.variant ?? null : null)]},
      scales: {x: {time: false}, y: {range: (_, low, high) => spread(low, high)}},
      axes: [axis(t("chart.step")), axis(Lab.named("curve", name))],
      series: [{}, ...lines],
    }, data(), box);
    shine();
  }

  const tooMany = () => variants.length > Lab.MANY_VARIANTS;
  const placeOf = (run) => (!tooMany() ? run.place : chosen.get(run.variant) ?? Lab.familyPlace(run.family));

  // which variants stand out, and in which colours where there are many; none: all alike
  function emphasise(variants) {
    if (variants.size === chosen.size && [...variants].every(([one, place]) => chosen.has(one) && chosen.get(one) === place)) return;
    chosen = new Map(variants);
    if (plot) { shine(); drawKey(); }
  }
  function shine() {
    const many = tooMany(), thin = many || runs.length > variants.length, raw = many ? 0 : thin ? 0.12 : 0.28;
    runs.forEach((run, i) => {
      const out = chosen.has(run.variant), alpha = out || !chosen.size ? (many && !out ? 0.5 : 1) : 0.13;
      [alpha < 1 ? raw * alpha : raw, alpha, alpha].forEach((value, kind) => { const line = plot.series[1 + 3 * i + kind]; line.alpha = value; line.width = kind === 0 ? 1 : out && thin ? 2.6 : thin ? 1.3 : 2; });
    });
    plot.redraw(false);
  }

  // from zero where the curves come near it, with a little air above
  const spread = (low, high) => (low == null ? [0, 1] : [low > 0 && low < high * 0.6 ? 0 : low - (high - low) * 0.08, high + (high - low || 1) * 0.05]);

  // the newest value at or before place i
  function upTo(values, i) {
    while (i >= 0 && values[i] == null) i -= 1;
    return i >= 0 ? values[i] : null;
  }

  function drawKey() {
    const under = plot && plot.cursor.idx != null ? plot.cursor.idx : steps.length - 1;
    const many = tooMany(), keyed = variants.filter((one) => !many || chosen.has(one.name)).slice(0, Lab.MANY_VARIANTS), few = keyed.length <= 6;
    const read = (one, kind) => { const known = runs.map((run, i) => (run.variant === one.name ? upTo(series[2 * i + kind], under) : null)).filter((value) => value !== null); return known.length ? (known.reduce((sum, value) => sum + value, 0) / known.length).toFixed(3) : "–"; };
    fill(legend, steps.length ? h("span.key.soft", {"data-at": ""}, t("chart.at", {step: steps[under]})) : null,
      many && !keyed.length ? h("span.key.soft", {}, t("chart.many", {n: runs.length})) : null,
      keyed.map((one) => h("span.key", {"data-key": one.runs[0].id}, Lab.swatch(placeOf(one.runs[0])), one.name,
        steps.length && few ? h("span.values", {}, h("i.line-solid"), read(one, 0), h("i.line-dashed"), read(one, 1)) : null)),
      runs.length ? h("span.key.soft", {}, h("i.line-solid"), t("chart.training"), h("i.line-dashed.second"), t("chart.held_out")) : null,
      runs.length > variants.length ? h("span.key.soft", {}, t("chart.repeats", {n: Math.max(...variants.map((one) => one.runs.length))})) : null);
  }

  // the step at which held-out loss was lowest, if it has clearly risen since while training loss fell on
  function parted(run) {
    const held = steps.map((step, i) => [step, series[2 * run + 1][i]]).filter((pair) => pair[1] != null);
    const train = series[2 * run].filter((value) => value != null);
    if (held.length < 3 || train.length < 6) return null;
    const lowest = held.reduce((best, pair) => (pair[1] < best[1] ? pair : best));
    const last = held[held.length - 1];
    const falling = mean(train.slice(-5)) < mean(train.slice(0, Math.ceil(train.length / 2)));
    return last[1] > lowest[1] * 1.03 && last[0] > lowest[0] && falling ? lowest[0] : null;
  }
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

  new ResizeObserver(() => {
    if (!box.clientWidth) return;
    if (!plot) return steps.length ? rebuild() : undefined;
    if (Math.abs(plot.width - box.clientWidth) > 2) rebuild();
  }).observe(place);
  document.addEventListener("lab-light", rebuild);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(rebuild, 60));
  Lab.drawers.add(rebuild);
  return {clear, add, parted, emphasise, get points() { return steps.length; }};
};
