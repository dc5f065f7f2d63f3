// Pictures of a run that are made of small pictures: what was drawn to captions, and what was said of pictures.

import {h} from "../core/dom.js";
import {gridPicture} from "../core/grids.js";
import {t} from "../core/words.js";

// of each caption what is wanted, how the drawing grew, what was drawn, and the nearest picture of training
export const drawings = (name, picture) =>
  h(
    "div.drawings",
    {},
    picture.captions.map((caption, i) => {
      const right = picture.wanted[i] === picture.drawn[i];
      return h(
        "section.drawing",
        {"data-drawing": String(i)},
        h("p", {}, caption, " ", mark(right)),
        h(
          "div.strip",
          {},
          framed(t("picture.wanted"), gridPicture(picture.wanted[i])),
          (picture.grown[i] || []).map((one, k) =>
            framed(t("picture.after_step", {step: picture.steps[k]}), gridPicture(one, {wanted: picture.wanted[i]})),
          ),
          framed(t("picture.drawn"), gridPicture(picture.drawn[i], {wanted: picture.wanted[i]})),
          framed(
            picture.apart[i] ? t("picture.nearest", {n: picture.apart[i]}) : t("picture.copied"),
            gridPicture(picture.nearest[i]),
          ),
        ),
      );
    }),
  );

// each picture with what is said of it, and what the same model says with another picture before it
export const captions = (name, picture) =>
  h(
    "div.captions",
    {},
    picture.pictures.map((one, i) =>
      h(
        "section.captioned",
        {"data-caption": String(i)},
        gridPicture(one),
        h(
          "dl",
          {},
          line(t("picture.said"), [picture.said[i], " ", mark(picture.right[i])]),
          line(t("picture.wanted"), picture.wanted[i]),
          line(t("picture.blind"), picture.blind[i]),
        ),
      ),
    ),
  );

const mark = (right) =>
  h(right ? "b.right-mark" : "b.wrong-mark", {title: t(right ? "picture.right" : "picture.wrong")}, right ? "✓" : "✗");
const framed = (words, drawn) => h("figure", {}, drawn, h("figcaption", {}, words));
const line = (words, said) => [h("dt", {}, words), h("dd", {}, said)];
