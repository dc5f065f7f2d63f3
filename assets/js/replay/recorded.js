// A recorded comparison as the lab's endpoints would have answered while it trained: plain functions of what was recorded
// and of how many seconds of training have passed. Each run's steps are spread evenly over its seconds of training, and
// all begin together.

const UNKNOWN = ["seconds", "search_seconds", "memory", "bytes", "speed"]; // until a run is over

// how long the whole takes, in seconds of training
export const wholeTime = ({seconds}) => Math.max(0.001, ...seconds);

// the step that a run has done after so many seconds; all of them when it is over
export function stepAt(run, seconds, time) {
  if (time >= seconds) return Infinity;
  return Math.floor((Math.max(0, time) / seconds) * (run.total || run.step || 1));
}

// a run as it was then: what only its end told is not known yet
export function runAt(run, seconds, time) {
  const step = stepAt(run, seconds, time);
  if (step === Infinity) return run;
  const start = ([before]) => [before, null];
  return {
    ...run,
    ...Object.fromEntries(UNKNOWN.map((name) => [name, null])),
    status: "running",
    over: false,
    error: null,
    notes: [],
    step,
    kept: false,
    kept_step: null,
    pictures: [],
    tried: [],
    held_out: start(run.held_out),
    forgetting: start(run.forgetting),
    retained: start(run.retained),
    metrics: Object.fromEntries(Object.entries(run.metrics).map(([name, pair]) => [name, start(pair)])),
    sure: {},
  };
}

// points of a curve in the order in which they came: [run, 0 training | 1 held-out, step, value]
export function inOrder(recording, curve) {
  const {runs} = recording.watched;
  const at = ([run, , step]) => Math.min(1, step / (runs[run].total || runs[run].step || 1)) * recording.seconds[run];
  return (recording.points[curve] || []).map((point) => [at(point), point]).toSorted((a, b) => a[0] - b[0]);
}

// what `watch` answers at a time
export function watchAt(recording, ordered, time, {curve, since = 0, samples = 0}) {
  const {watched, seconds} = recording;
  const steps = watched.runs.map((run, i) => stepAt(run, seconds[i], time));
  const runs = watched.runs.map((run, i) => runAt(run, seconds[i], time));
  const over = runs.every((run) => run.over);
  const name = watched.curves.includes(curve) ? curve : watched.curve;
  const points = ordered(name);
  const came = points.filter(([at]) => at <= time).length;
  const said = recording.samples.filter(([run, , step]) => step <= steps[run]);
  const seen = said.length + runs.filter((run) => run.over).length + 1; // what a run was judged by comes with its end
  const whole = wholeTime(recording);
  return {
    ...watched,
    runs,
    over,
    recorded: true,
    curve: name,
    leaders: over ? watched.leaders : {},
    points: points.slice(since, came).map(([, point]) => point),
    since: Math.max(since, came),
    samples: seen > samples ? said : null,
    samples_seen: seen,
    progress: {share: Math.min(1, time / whole), left: Math.max(0, whole - time)},
  };
}

// the lab's reading endpoints over a recording; time(): the seconds of training that have passed
export function recordedServer(recording, time) {
  const ordered = new Map();
  const order = (curve) => {
    if (!ordered.has(curve)) ordered.set(curve, inOrder(recording, curve));
    return ordered.get(curve);
  };
  const isOver = (id) => {
    const i = recording.watched.runs.findIndex((run) => run.id === id);
    return time() >= recording.seconds[i];
  };
  const allOver = () => time() >= wholeTime(recording);
  const of =
    (kept, none) =>
    ({runs}) => ({runs: runs.map((id) => (isOver(id) && kept[id]) || {id, ...none})});
  return {
    watch: (question) => watchAt(recording, order, time(), question),
    moved: of(recording.moved, {modules: [], missing: null}),
    pictures: of(recording.pictures, {pictures: {}}),
    settings: () => ({runs: recording.settings}),
    sweep: () => (allOver() ? recording.sweep : {...recording.sweep, figures: {}}),
    pooled: () => recording.pooled,
    versus: ({reference}) => (allOver() && recording.versus[reference]) || {variants: {}},
  };
}
