// Below the Arena's stage: scripted raters, settings, and what all votes feed.

import {fill, h} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {localized, t} from "../core/words.js";

export const meter = (work, words) =>
  h(
    "div.arena-meter",
    {},
    h(
      "span.bar",
      {role: "progressbar", "aria-valuenow": work.done, "aria-valuemax": work.total, "aria-label": words},
      h("i", {style: `width:${(100 * work.done) / Math.max(1, work.total)}%`}),
    ),
    h("span.soft", {}, words),
  );

// scripted raters, and what all votes feed
export function drawBelow(view) {
  const state = view.next || view.now;
  const work = state && state.script;
  const typing = ["INPUT", "SELECT"].includes(document.activeElement.tagName);
  if (typing && view.below.contains(document.activeElement) && !work?.busy) return drawFeeds(view, state);
  fill(
    view.below,
    view.waits && state?.own?.busy ? h("p.soft", {role: "status"}, t("arena.own_waits")) : null,
    h("p.tally", {"data-feeds": ""}),
    scriptRow(view, work),
    settings(view),
    work ? meter(work, work.problem || workWords(view, work)) : null,
  );
  drawFeeds(view, state);
}

function workWords(view, work) {
  const rater = localized(view.people.raters.find((one) => one.id === work.rater)?.name) || work.rater;
  return t(work.busy ? "arena.script_busy" : "arena.script_done", {n: work.votes, rater});
}

function scriptRow(view, work) {
  const card = view.people.raters.find((one) => one.id === view.script.name);
  const choose = (event) => {
    view.script.name = event.target.value;
    event.target.blur();
    drawBelow(view);
  };
  const halt = () => callServer(view.server.stop, view.actions.question({kind: "script"}));
  return h(
    "div.arena-script",
    {},
    h("mark.scripted", {}, t("arena.scripted")),
    h("span", {}, t("arena.let")),
    h(
      "select",
      {"data-script": "", "aria-label": t("arena.scripted"), onchange: choose},
      view.people.raters.map((one) =>
        h("option", {value: one.id, selected: one.id === view.script.name}, localized(one.name)),
      ),
    ),
    countField(view),
    work?.busy
      ? h("button", {"data-halt-script": "", onclick: halt}, t("arena.stop"))
      : h("button", {"data-let-script": "", onclick: view.actions.letScript}, t("arena.go")),
    card ? h("small", {}, localized(card.explain)) : null,
  );
}

function countField(view) {
  const input = h("input", {
    type: "number",
    min: 1,
    max: 2000,
    value: view.script.count,
    "data-count": "",
    "aria-label": t("arena.count"),
    oninput: () => {
      view.script.count = Math.max(1, Math.min(2000, Math.round(Number(input.value)) || 1));
    },
  });
  return h("label.field.inline", {}, input, h("span", {}, t("arena.times")));
}

function settings(view) {
  const toggled = (event) => {
    view.open.settings = event.target.open;
  };
  return h(
    "details.more",
    {"data-settings": "", open: view.open.settings, ontoggle: toggled},
    h("summary", {}, t("arena.settings")),
    h(
      "div.arena-script",
      {},
      range(view, "temperature", 0, 2, 0.1),
      range(view, "length", 16, 256, 16),
      h("small", {}, t("arena.settings_help")),
    ),
  );
}

function range(view, name, min, max, step) {
  const words = h("output", {}, String(view.match[name]));
  const input = h("input", {
    type: "range",
    min,
    max,
    step,
    "aria-label": t(`compare.${name}`),
    oninput: () => {
      view.match[name] = Number(input.value);
      words.textContent = input.value;
      view.actions.keep();
    },
    onchange: () => input.blur(),
  });
  input.value = view.match[name];
  return h("label.field.inline", {}, h("span", {}, t(`compare.${name}`)), input, words);
}

function drawFeeds(view, state) {
  const words = view.below.querySelector("[data-feeds]");
  if (words && state)
    fill(
      words,
      state.feeds.missing
        ? t("arena.feeds", {n: state.feeds.decided, more: state.feeds.missing})
        : t("arena.feeds_enough", {n: state.feeds.decided}),
    );
}
