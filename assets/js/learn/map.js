// The map of methods: a tree of families, a tile a method.

import {fill, h} from "../core/dom.js";
import {formatShare} from "../core/format.js";
import {localized, nameOf, t} from "../core/words.js";
import {LEAST, groupWords, share} from "./card.js";
import {networkPicture} from "./network.js";

const FEW = 6;

const matches = (view, one) =>
  !view.find ||
  [one.id, ...Object.values(one.name), ...Object.values(one.explain), one.family || "", groupWords(one)].some((words) =>
    words.toLowerCase().includes(view.find.trim().toLowerCase()),
  );

export function drawTree(view) {
  if (view.problem) return fill(view.tree, h("p.problem", {role: "alert"}, view.problem));
  if (!view.map) return fill(view.tree, h("p.soft", {}, "…"));
  const branches = view.map.branches.map((branch) =>
    limb(
      view,
      t(`learn.branch_${branch.id}`),
      t(`learn.branch_${branch.id}_words`),
      branch.families.map((family) => [family, view.map.methods, branch.families.length > 1]),
    ),
  );
  const strategies = view.map.strategies.map((family) =>
    limb(view, nameOf("family", family), said(`learn.strategy_${family}`), [[family, view.map.objectives, false]]),
  );
  const stem = (title, limbs) => (limbs.some(Boolean) ? h("section.stem", {}, h("h3", {}, title), limbs) : null);
  const ways = [...view.map.recipe_cards, ...view.map.remedies];
  const byRecipe = [...new Set(ways.map((way) => way.stem))].map((name) =>
    stem(t(`learn.by_${name}`), [
      limb(view, null, t(`learn.by_${name}_words`), [[name, ways.map((way) => ({...way, family: way.stem})), false]]),
    ]),
  );
  const grown = [stem(t("learn.by_weights"), branches), stem(t("learn.by_strategy"), strategies), ...byRecipe];
  fill(view.tree, grown.some(Boolean) ? grown : h("p.empty", {}, t("learn.none", {find: view.find})));
}

// a family we have no words for yet goes without
const said = (key) => (t(key) === key ? "" : t(key));

function limb(view, title, words, families) {
  const leaves = families.map(([family, cards, named]) => leaf(view, family, cards, named)).filter(Boolean);
  return leaves.length ? h("div.limb", {}, title ? h("h4", {}, title) : null, h("p.soft", {}, words), leaves) : null;
}

function leaf(view, family, cards, named) {
  const all = cards.filter((one) => one.family === family && matches(view, one));
  if (!all.length) return null;
  const fold = all.length > FEW + 2 && !view.find && !view.unfolded.has(family);
  return h(
    named ? "div.leaf.named" : "div.leaf",
    {"data-family": family},
    named ? h("h5", {}, nameOf("family", family), h("span.soft", {}, said(`learn.family_${family}`))) : null,
    h(
      "div.tiles",
      {},
      (fold ? all.slice(0, FEW) : all).map((one) => tile(view, one)),
    ),
    fold
      ? h(
          "button.quiet",
          {
            "data-unfold": family,
            onclick: () => {
              view.unfolded.add(family);
              drawTree(view);
            },
          },
          t("learn.all", {n: all.length}),
        )
      : null,
  );
}

const tile = (view, one) =>
  h(
    "button.tile",
    {"data-method": one.id, "aria-pressed": String(view.open === one.id), onclick: () => view.actions.choose(one.id)},
    one.parts ? networkPicture(one.parts) : one.nets ? networkPicture(one.nets[0].stages.at(-1)) : null,
    h(
      "span.tile-words",
      {},
      h("b", {}, localized(one.name)),
      h("span.explain", {}, localized(one.explain)),
      one.parts ? bar(one) : null,
    ),
  );

const bar = (one) =>
  share(one) === null
    ? null
    : h(
        "span.share",
        {},
        h(
          "span.log",
          {},
          h("i", {style: `width:${Math.max(2, 100 * (1 + Math.log10(Math.max(LEAST, share(one))) / 4))}%`}),
        ),
        h("small", {}, formatShare(one.trainable, one.of)),
      );
