// The values of the learning curves: of each run its training values and its held-out ones, at the steps that any run
// has. Nothing here draws.

const SMOOTHING = 0.8;

// {steps, series}: series[2 * run] are a run's training values at the steps, series[2 * run + 1] its held-out ones
export const noCurves = (runs) => ({steps: [], series: Array.from({length: 2 * runs}, () => [])});

// the curves with new points [run, 0 training | 1 held-out, step, value]; the steps stay in order
export function withPoints({steps, series}, points) {
  const order = [...new Set([...steps, ...points.map((point) => point[2])])].toSorted((a, b) => a - b);
  const before = new Map(steps.map((step, i) => [step, i]));
  const now = new Map(order.map((step, i) => [step, i]));
  const moved = series.map((values) => order.map((step) => values[before.get(step)] ?? null));
  for (const [run, kind, step, value] of points) moved[2 * run + kind][now.get(step)] = value;
  return {steps: order, series: moved};
}

// as uPlot takes them: the steps, then of each run the raw training values, the smoothed ones, the held-out ones; stems
// say of runs that forked from which of the others, and at which step: what is smoothed goes on from there
export function columnsOf({steps, series}, stems = []) {
  return [
    steps,
    ...series.flatMap((values, i) => (i % 2 ? [values] : [values, goingOn({steps, series}, i / 2, stems)])),
  ];
}

// of each run that forked from one of the others: {parent: its place, at: the step}
export const stemsOf = (runs) =>
  runs.map((run) => {
    const parent = run.forked_at ? runs.findIndex((one) => one.id === run.parent) : -1;
    return parent < 0 ? null : {parent, at: run.forked_at};
  });

function goingOn(curves, run, stems) {
  const values = smoothed(lineOf(curves, run, stems));
  return values.map((value, i) => (stems[run] && curves.steps[i] < stems[run].at ? null : value));
}

// a run's training values with those of its parents before it forked
function lineOf(curves, run, stems) {
  const stem = stems[run];
  const own = curves.series[2 * run];
  if (!stem) return own;
  const before = lineOf(curves, stem.parent, stems);
  return curves.steps.map((step, i) => (step < stem.at ? before[i] : own[i]));
}

// an average that leans on the newest values and starts without a bias towards zero
export function smoothed(values) {
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    if (value == null) return null;
    sum = SMOOTHING * sum + (1 - SMOOTHING) * value;
    weight = SMOOTHING * weight + (1 - SMOOTHING);
    return sum / weight;
  });
}

// the axis: from zero where the curves come near it, with a little air above
export function axisRange(low, high) {
  if (low == null) return [0, 1];
  return [low > 0 && low < high * 0.6 ? 0 : low - (high - low) * 0.08, high + (high - low || 1) * 0.05];
}

// the step at which the last of some runs ends, or ended; at least `high`, which is drawn already
export const lastStep = (runs, high) =>
  Math.max(high ?? 0, ...runs.map((run) => (run.over ? run.step : run.total) || 0));

// the newest value at or before place i
export function upTo(values, i) {
  return values.slice(0, i + 1).findLast((value) => value != null) ?? null;
}

export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

// the step at which held-out loss was lowest, if it has clearly risen since while training loss fell on
export function partedAt({steps, series}, run) {
  const held = steps.map((step, i) => [step, series[2 * run + 1][i]]).filter((pair) => pair[1] != null);
  const train = series[2 * run].filter((value) => value != null);
  if (held.length < 3 || train.length < 6) return null;
  const lowest = held.reduce((best, pair) => (pair[1] < best[1] ? pair : best));
  const last = held.at(-1);
  const falling = mean(train.slice(-5)) < mean(train.slice(0, Math.ceil(train.length / 2)));
  return last[1] > lowest[1] * 1.03 && last[0] > lowest[0] && falling ? lowest[0] : null;
}

// of several runs of one variant: the middle one of the steps at which they part, and how many do; null unless most do
export function partedMostly(curves, runs) {
  const steps = runs
    .map((run) => partedAt(curves, run))
    .filter((step) => step !== null)
    .toSorted((a, b) => a - b);
  return 2 * steps.length > runs.length ? {step: steps[Math.floor((steps.length - 1) / 2)], of: steps.length} : null;
}
