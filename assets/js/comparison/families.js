// The colours of families of methods, which many variants have instead of colours of their own.

import {runColour} from "../core/colours.js";
import {h} from "../core/dom.js";
import {nameOf} from "../core/words.js";

const FAMILIES = ["everything", "selective", "low-rank", "adapters", "prompt-like", "orthogonal", "scaling", "sparse"];

export const inFamilies = (list) => [...list].toSorted((a, b) => FAMILIES.indexOf(a) - FAMILIES.indexOf(b));

export const familyPlace = (family) => (FAMILIES.includes(family) ? FAMILIES.indexOf(family) : null);

export const familyColour = (family) => runColour(familyPlace(family));

export const familySwatch = (family) =>
  h("span.swatch.round", {style: `background:${familyColour(family)}`, title: nameOf("family", family)});
