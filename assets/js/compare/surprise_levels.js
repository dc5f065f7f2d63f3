// How surprising a token is, in five steps of its probability, and which tokens of other models stand at its place.

const LIKELY = [0.5, 0.1, 0.01, 0.0001]; // the least probability of each step but the last

export const probability = (nats) => Math.exp(-nats);

// 0 for what was expected, 4 for what the model would hardly ever write; null where nothing foretells it
export function level(nats) {
  if (nats === null) return null;
  const place = LIKELY.findIndex((least) => probability(nats) >= least);
  return place < 0 ? LIKELY.length : place;
}

// where each token begins, in characters
export function begins(spans) {
  let sum = 0;
  return spans.map((span) => (sum += span.text.length) - span.text.length);
}

// the token of another model that covers a character
export function covering(spans, at) {
  const places = begins(spans);
  const found = spans.findIndex((span, i) => at >= places[i] && at < places[i] + span.text.length);
  return found < 0 ? null : found;
}

export function formatChance(share) {
  if (share >= 0.9995) return "> 99.9 %";
  if (share >= 0.1) return `${(100 * share).toFixed(0)} %`;
  if (share >= 0.0001) return `${Number((100 * share).toPrecision(2))} %`;
  return "< 0.01 %";
}
