// Replay: a variant beside another that also repeats what nano knew, so that less of it is unlearned.

import {h} from "../core/dom.js";
import {t} from "../core/words.js";

const SLOWER = 0.5;
const LONGER = 1.5;

const asList = (data) => (Array.isArray(data) ? data : [data || "cuisine"]);
const nameOf = (choice) => (typeof choice === "string" ? choice : choice.name);

// whether a variant learns answers from data that rows of questions and answers can be mixed into
export function canReplay(variant, fields, {objectives, data, replay}) {
  const chosen = asList(variant.data || fields.data).map(nameOf);
  const objective = objectives.find((one) => one.id === (variant.objective || fields.objective || "sft"));
  const cards = chosen.map((name) => data.find((one) => one.id === name));
  return (
    !variant.stages?.length &&
    objective?.family === "supervised" &&
    !chosen.includes(replay.name) &&
    cards.every((card) => !card?.format || replay.formats.includes(card.format))
  );
}

// the variant's twin with replay; it learns more slowly and longer, since a part of its steps goes to old rows. A rate
// of the card's is only known here for a base of nano's size.
export function withReplay(variant, fields, {methods, replay}) {
  const card = methods.find((one) => one.id === (variant.method || fields.method || "lora"));
  const given = variant.learning_rate ?? fields.learning_rate ?? (fields.base === "nano" ? card?.rate : null);
  const steps = variant.budget?.steps ?? fields.budget?.steps;
  return {
    ...structuredClone(variant),
    name: t("train.replay_name", {name: variant.name}),
    data: [...asList(variant.data || fields.data), {name: replay.name, weight: replay.weight}],
    ...(typeof given === "number" ? {learning_rate: Number((given * SLOWER).toPrecision(2))} : {}),
    ...(steps ? {budget: {...variant.budget, steps: Math.round(steps * LONGER)}} : {}),
  };
}

// data as a recipe names it: subsets and weights with their names
export const dataWords = (data) =>
  asList(data)
    .map((one) => {
      const named = one.subset ? `${nameOf(one)}: ${one.subset}` : nameOf(one);
      return one.weight && one.weight !== 1 ? `${named} × ${one.weight}` : named;
    })
    .join(" + ");

// what a variant learns from, where that is not what the others do
export const ownData = (variant) =>
  variant.data
    ? h("p.soft.own-data", {"data-own-data": ""}, t("train.own_data", {data: dataWords(variant.data)}))
    : null;

export const replayButton = (add) =>
  h(
    "button.quiet.replay",
    {type: "button", "data-replay": "", title: t("train.replay_help"), onclick: add},
    t("train.replay"),
  );
