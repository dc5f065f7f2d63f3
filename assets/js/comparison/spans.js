// Sentences with the names a run found: each in the colour of its kind, and what it missed or took for a name marked.

import {h} from "../core/dom.js";
import {nameOf, t} from "../core/words.js";

const CLOSING = /^[.,:;!?]/; // no blank before these
const HUES = [210, 28, 140, 285, 350, 60];

export function spans(name, picture) {
  const hue = (kind) => `--hue:${HUES[picture.kinds.indexOf(kind) % HUES.length]}`;
  return h(
    "div.spans-picture",
    {},
    h(
      "p.spans-key",
      {},
      picture.kinds.map((kind) => h("mark.name-span", {style: hue(kind)}, nameOf("span", kind))),
      h("mark.name-span.wrong", {style: hue(picture.kinds[0])}, t("picture.spans_wrong")),
      h("mark.name-span.missed", {style: hue(picture.kinds[0])}, t("picture.spans_missed")),
    ),
    picture.tokens.map((tokens, i) =>
      h("p.sentence", {"data-sentence": i}, drawn(tokens, picture.wanted[i], picture.said[i], hue)),
    ),
  );
}

function drawn(tokens, wanted, said, hue) {
  return parts(tokens, wanted, said).map(({text, kind, state}) => [
    CLOSING.test(text) ? "" : " ",
    kind ? h("mark", {class: `name-span ${state}`, style: hue(kind), "data-kind": kind, title: kind}, text) : text,
  ]);
}

// the sentence in pieces: names that were said (right or wrong), names that were missed, and all else word by word
export function parts(tokens, wanted, said) {
  const [found, right] = [spansOf(said), spansOf(wanted)];
  const is = (one) => (other) => one.begin === other.begin && one.end === other.end && one.kind === other.kind;
  const named = found.map((one) => ({...one, state: right.some(is(one)) ? "right" : "wrong"}));
  const missed = right
    .filter((one) => !found.some((other) => other.begin < one.end && one.begin < other.end))
    .map((one) => ({...one, state: "missed"}));
  const all = [...named, ...missed];
  const pieces = [];
  for (let place = 0; place < tokens.length;) {
    const one = all.find(({begin}) => begin === place) || {end: place + 1};
    pieces.push({text: tokens.slice(place, one.end).join(" "), kind: one.kind, state: one.state});
    place = one.end;
  }
  return pieces;
}

// names by their BIO tags, as lab.data.tags reads them: an I that goes on with nothing of its kind begins a name
export function spansOf(tags) {
  const found = [];
  let open = null;
  [...tags, "O"].forEach((tag, place) => {
    const goesOn = open && tag.startsWith("I-") && tag.slice(2) === open.kind;
    if (open && !goesOn) {
      found.push({...open, end: place});
      open = null;
    }
    if (!goesOn && tag !== "O") open = {begin: place, kind: tag.slice(2)};
  });
  return found;
}
