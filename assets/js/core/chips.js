// Tokens as chips in a row: one of them can be reached by the Tab key, arrow keys go to the others; each is told of as
// the pointer or the keyboard comes to it.

import {h} from "./dom.js";

const STEPS = {ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity};

// chips: [{text, name, classes, under}], name is what a screen reader says; told(place) is called for the one come to
export function tokenChips(chips, label, told) {
  const row = h("div.tokens", {role: "group", "aria-label": label, onkeydown: (event) => step(event, row)});
  for (const [place, chip] of chips.entries()) {
    const come = () => told(place);
    row.append(
      h(
        ["button", "token", ...chip.classes].join("."),
        {
          type: "button",
          "data-token": String(place),
          "aria-label": chip.name,
          tabindex: place ? -1 : 0,
          onmouseenter: come,
          onfocus: come,
          onclick: come,
        },
        h("span", {}, visible(chip.text)),
        chip.under ? h("small", {}, chip.under) : null,
      ),
    );
    if (chip.text.endsWith("\n")) row.append(h("br"));
  }
  return row;
}

// a token that has no shape of its own gets one
export const visible = (text) =>
  (text.trim() ? text : text.replaceAll(" ", "␣")).replaceAll("\n", "↵").replaceAll("\t", "→");

function step(event, row) {
  const by = STEPS[event.key];
  if (!by) return;
  event.preventDefault();
  event.stopPropagation();
  const all = [...row.querySelectorAll(".token")];
  const now = all.indexOf(document.activeElement);
  const next = all[nextPlace(now, by, all.length)];
  for (const one of all) one.tabIndex = one === next ? 0 : -1;
  next.focus();
}

export const nextPlace = (now, by, length) => Math.max(0, Math.min(length - 1, now + by));
