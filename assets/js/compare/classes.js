// What a model that tells classes apart says of a text: the likeliest classes, each with its probability as a bar.

import {h} from "../core/dom.js";
import {percent} from "../core/format.js";
import {t} from "../core/words.js";

const MOST = 6;

// classes: [[name, probability]], the likeliest first
export const classShares = (classes) =>
  h(
    "div.classes",
    {"data-classes": ""},
    h(
      "div.class-shares",
      {},
      classes
        .slice(0, MOST)
        .map(([name, share], place) => [
          place ? h("span", {}, name) : h("b", {"data-class": name}, name),
          h("span.bar", {}, h("i", {style: `width:${100 * share}%`})),
          h("span.soft", {}, `${percent(share)} %`),
        ]),
    ),
    classes.length > MOST ? h("p.soft", {}, t("compare.more_classes", {n: classes.length - MOST})) : null,
  );
