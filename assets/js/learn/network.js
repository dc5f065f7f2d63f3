// The picture of a network, drawn from what a method's card lights: text goes in below, through three blocks of
// attention and MLP, and comes out of the head. What is trained is lit; everything else stays grey.

import {svg as s} from "../core/dom.js";
import {comma, t} from "../core/words.js";

const BLOCKS = 3;
const PITCH = 43;
const TOP = 27;
const X = 34;
const W = 52;
const H = 7;
const BOTTOM = TOP + BLOCKS * PITCH;
const EMBED = BOTTOM + 2;
const TEXT = BOTTOM + 19;
const HEIGHT = BOTTOM + 28;
// what can be done to one linear part (attention or MLP) whose box begins at height y
const ADDED = {
  biases: (y) => box(X + W - 5, y, 5, H, true),
  inside: (y) => box(X, y + H / 2, W, H / 2, true),
  beside: (y) => [
    s("path", {d: `M${X + W} ${y + H / 2} H97`, class: "wire"}),
    s("path", {
      d: `M97 ${y - 1} L104 ${y + 2} V${y + 5} L97 ${y + 8} Z M119 ${y - 1} L112 ${y + 2} V${y + 5} L119 ${y + 8} Z`,
      class: "lit",
    }),
    s("path", {d: `M104 ${y + H / 2} H112`, class: "lit-line"}),
  ],
  after: (y) => s("path", {d: `M46 ${y - 1.4} H74 L66 ${y - 3.4} L74 ${y - 5.6} H46 L54 ${y - 3.4} Z`, class: "lit"}),
  turned: (y) => [
    box(X, y, W, H, false, {class: "lit-edge"}),
    s("path", {d: `M99 ${y + 7} A5 5 0 1 1 107 ${y + 6.4}`, class: "lit-line"}),
    s("path", {d: `M109.6 ${y + 4} L107.4 ${y + 9} L103.6 ${y + 5.6} Z`, class: "lit"}),
  ],
  scaled: (y) =>
    [0, 1, 2, 3, 4].map((i) => [
      s("path", {d: `M${X + 7 + i * 9.5} ${y + 1} v${H - 2}`, class: "lit-line"}),
      s("circle", {cx: X + 7 + i * 9.5, cy: y + [2, 4.6, 3, 5, 2.6][i], r: 1.7, class: "lit"}),
    ]),
  dots: (y) =>
    [3, 8, 11, 17, 21, 27, 30, 36, 41, 44, 48].map((x, i) =>
      box(X + x, y + [1, 4, 2, 5, 1, 3, 5, 1, 4, 2, 5][i] - 0.2, 2.2, 2.2, true),
    ),
  waves: (y) =>
    s("path", {
      d: `M${X + 2} ${y + H / 2} ` + [0, 1, 2, 3, 4, 5].map((i) => `q4 ${i % 2 ? 7 : -7} 8 0`).join(" "),
      class: "lit-line",
    }),
};

const box = (x, y, width, height, lit, more) =>
  s("rect", {x, y, width, height, rx: Math.min(2, height / 2), class: lit ? "lit" : "part", ...more});

// parts: the names a card lights; labels: with words beside the parts
export function networkPicture(parts, labels) {
  const view = {parts, labels, drawn: []};
  view.lit = new Set(view.parts);
  view.drawn.push(s("path", {d: `M60 ${TEXT} V2`, class: "wire"}));
  view.drawn.push(
    box(30, 6, 60, 9, view.lit.has("head")),
    box(X, 20, W, 2.6, view.lit.has("norms") || view.lit.has("last_blocks")),
  );
  for (let i = 0; i < BLOCKS; i += 1) view.drawn.push(block(view, TOP + i * PITCH, i));
  view.drawn.push(box(30, EMBED, 60, 9, view.lit.has("embeddings")));
  if (view.lit.has("some_embeddings")) view.drawn.push([38, 55, 76].map((x) => box(x, EMBED, 4, 9, true)));
  view.drawn.push([0, 1, 2, 3, 4, 5].map((i) => box(34 + i * 9, TEXT, 6.4, 6.4, false)));
  if (view.lit.has("input_tokens")) view.drawn.push([0, 1, 2].map((i) => box(4 + i * 9, TEXT, 6.4, 6.4, true)));
  if (view.lit.has("token_network"))
    view.drawn.push(
      box(3, EMBED + 1, 24, 6, true),
      s("path", {d: `M8 ${EMBED + 7} V${TEXT} M16 ${EMBED + 7} V${TEXT} M24 ${EMBED + 7} V${TEXT}`, class: "lit-line"}),
    );
  view.words = view.labels
    ? [
        ["head", 13],
        ["norms", 24.5],
        ["mlp", TOP + PITCH + 14.5],
        ["attention", TOP + PITCH + 33.5],
        ["embeddings", EMBED + 7],
        ["text", TEXT + 6],
      ].map(([name, y]) => s("text", {x: -6, y, "text-anchor": "end", class: "net-word"}, t(`learn.net_${name}`)))
    : [];
  return s(
    "svg",
    {
      class: view.labels ? "net large" : "net",
      viewBox: view.labels ? `-64 0 190 ${HEIGHT}` : `0 0 122 ${HEIGHT}`,
      role: "img",
      "aria-label": networkWords(view.parts),
    },
    view.drawn,
    view.words,
  );
}

const virtual = (y, i) => box(6 + i * 7, y, 5.4, 5.4, true);

function block(view, y, i) {
  const whole = view.lit.has("last_blocks") && i === 0;
  const mlp = y + 8;
  const attention = y + 27;
  const tokens = view.lit.has("attention_tokens") || (view.lit.has("upper_attention_tokens") && i < 2);
  return [
    box(28, y, 64, PITCH - 3, false, {class: "block"}),
    linear(view, "mlp", mlp, whole),
    box(X, y + 17.4, W, 2.2, whole || view.lit.has("norms")),
    linear(view, "attention", attention, whole),
    box(X, y + 36, W, 2.2, whole || view.lit.has("norms")),
    tokens
      ? [
          [0, 1, 2].map((k) => virtual(attention + 0.8, k)),
          s("path", {d: `M26 ${attention + 3.5} H${X}`, class: "lit-line"}),
        ]
      : null,
  ];
}

function linear(view, place, y, whole) {
  const added = Object.keys(ADDED)
    .filter((kind) => view.lit.has(`${kind}_${place}`))
    .map((kind) => ADDED[kind](y));
  return [box(X, y, W, H, whole || view.lit.has(place)), added];
}

// the same in words: "thin companions beside attention and MLP"
export function networkWords(parts) {
  const kinds = new Map();
  for (const part of parts) {
    const [, kind, place] = part.match(/^(\w+?)_(attention|mlp)$/) || [null, part, null];
    kinds.set(kind, [...(kinds.get(kind) || []), ...(place ? [t(`learn.net_${place}`)] : [])]);
  }
  return [...kinds]
    .map(([kind, places]) => t(`learn.part_${kind}`, {where: places.join(t("learn.and"))}))
    .join(comma());
}
