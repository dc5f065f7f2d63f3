// A small chart of one curve, or of two that are measured in different things (each with an axis of its own), with a
// sentence below that says what it means. A dashed line can mark a step. Drawn by uPlot.
(() => {
  const {h, fill} = Lab;
  const HEIGHT = 170, WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000];

  // lines: [{words, colour, points: [[step, value]]}], one or two; mark: {step, words}; draw() redraws where it stands
  Lab.trend = (place) => {
    let plot = null, lines = [], mark = null, shown = "";
    const head = h("div.trend-head"), box = h("div.trend-box"), below = h("p.trend-words");
    fill(place, head, box, below);

    function show(title, newLines, {words, warn, mark: newMark} = {}) {
      lines = newLines; mark = newMark || null;
      fill(head, h("b", {}, title), lines.length > 1 ? lines.map((line) => h("span.key", {}, h("i", {style: `border-color:${line.colour}`}), line.words)) : null);
      fill(below, words || "");
      below.classList.toggle("flag", Boolean(warn));
      below.classList.toggle("soft", !warn);
      const key = JSON.stringify([lines, mark, Lab.language]);
      if (key === shown && plot) return;
      shown = key;
      draw();
    }

    function draw() {
      if (plot) { plot.destroy(); plot = null; }
      if (!box.clientWidth || !lines.some((line) => line.points.length)) return;
      fill(box);
      const steps = [...new Set(lines.flatMap((line) => line.points.map((point) => point[0])))].sort((a, b) => a - b);
      const place = new Map(steps.map((step, i) => [step, i]));
      const columns = lines.flatMap((line) => {
        const values = steps.map(() => null);
        for (const [step, value] of line.points) values[place.get(step)] = value;
        return [values, smooth(values)];
      });
      const style = getComputedStyle(document.body), soft = style.getPropertyValue("--lab-soft").trim(), grid = style.getPropertyValue("--lab-line").trim();
      const resolved = lines.map((line) => style.getPropertyValue(line.colour.slice(4, -1)).trim()); // var(--name)
      const font = "11px ui-sans-serif, system-ui, sans-serif";
      const axis = (i) => ({scale: `y${i}`, side: i ? 1 : 3, stroke: lines.length > 1 ? resolved[i] : soft, grid: {show: !i, stroke: grid, width: 1}, ticks: {show: false}, font, size: 40, gap: 4});
      plot = new uPlot({
        width: box.clientWidth, height: HEIGHT, legend: {show: false}, cursor: {show: false},
        scales: {x: {time: false}, ...Object.fromEntries(lines.map((_, i) => [`y${i}`, {range: (_, low, high) => air(low, high)}]))},
        axes: [{stroke: soft, grid: {show: false}, ticks: {show: false}, font, size: 24, gap: 2, incrs: WHOLE}, ...lines.map((_, i) => axis(i))],
        series: [{}, ...lines.flatMap((_, i) => [{width: 1, alpha: 0.35}, {width: 2}].map((style) => ({scale: `y${i}`, stroke: resolved[i], spanGaps: true, points: {show: steps.length < 3}, ...style})))],
        hooks: {draw: [() => mark && drawMark(soft, font)]},
      }, [steps, ...columns], box);
    }
    // the mean of a window of some eighth of the curve around each value, as the readings see it (lab/feedback/readings.py)
    function smooth(values) {
      const reach = Math.max(1, Math.floor(values.length / 16));
      return values.map((value, i) => {
        const near = values.slice(Math.max(0, i - reach), i + reach + 1).filter((one) => one !== null);
        return value === null ? null : near.reduce((sum, one) => sum + one, 0) / near.length;
      });
    }
    const air = (low, high) => (low == null ? [0, 1] : [low > 0 && low < 0.5 * high ? 0 : low - (high - low || Math.abs(low) || 1) * 0.08, high + (high - low || Math.abs(high) || 1) * 0.08]);

    function drawMark(ink, font) {
      const {ctx, bbox} = plot, ratio = devicePixelRatio || 1, x = plot.valToPos(mark.step, "x", true);
      ctx.save();
      ctx.strokeStyle = ctx.fillStyle = ink;
      ctx.setLineDash([4 * ratio, 4 * ratio]);
      ctx.lineWidth = 1.5 * ratio;
      ctx.beginPath(); ctx.moveTo(x, bbox.top); ctx.lineTo(x, bbox.top + bbox.height); ctx.stroke();
      ctx.font = font.replace("11px", `${11 * ratio}px`);
      const left = x > bbox.left + bbox.width * 0.6;
      ctx.textAlign = left ? "right" : "left";
      ctx.fillText(mark.words, x + (left ? -5 : 5) * ratio, bbox.top + 12 * ratio);
      ctx.restore();
    }

    new ResizeObserver(() => { if (box.clientWidth && (!plot || Math.abs(plot.width - box.clientWidth) > 2)) draw(); }).observe(place);
    document.addEventListener("lab-light", draw);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(draw, 60));
    return {show};
  };
})();
