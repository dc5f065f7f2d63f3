// Around the answers: who answers, what was said of them so far, what to ask, the box to ask in.

import {swatch} from "../core/colours.js";
import {fill, h, keepFocus} from "../core/dom.js";
import {formatTime} from "../core/format.js";
import {gridOfFile, isGrid, pictureButton} from "../core/grids.js";
import {callServer} from "../core/server.js";
import {localized, t} from "../core/words.js";

export const MOST = 4;
export const LIKELIEST = 0;
export const VARIED = 0.7;

export function drawTop(view) {
  const runs = view.chosen.map((id) => view.people.runs.find((one) => one.id === id)).filter(Boolean);
  const blind = h("input", {
    type: "checkbox",
    "data-blind": "",
    checked: view.blind,
    onchange: () => {
      view.blind = blind.checked;
      view.actions.open();
    },
  });
  fill(
    view.top,
    h(
      "div.who",
      {},
      view.chosen.length ? null : basePicker(view),
      runs.map((run) => chip(view, run)),
      adder(view),
    ),
    h("label.switch", {title: t("compare.blind_help")}, blind, h("span", {}, t("compare.blind"))),
  );
}

function basePicker(view) {
  const choose = (event) => {
    view.base = event.target.value;
    view.actions.open();
  };
  return h(
    "select",
    {"aria-label": t("compare.base"), onchange: choose},
    view.people.bases.map((one) => h("option", {value: one.id, selected: one.id === view.base}, localized(one.name))),
  );
}

// a run that answers, and the way to send it off
function chip(view, run) {
  const words = t("compare.take_out");
  const takeOut = () => {
    view.chosen = view.chosen.filter((one) => one !== run.id);
    view.actions.open();
  };
  return h(
    "span.chip",
    {},
    view.blind ? null : swatch(run.place),
    localized(run.name),
    h("button.icon", {"aria-label": words, title: words, onclick: takeOut}, "×"),
  );
}

function adder(view) {
  const rest = view.people.runs.filter((one) => !view.chosen.includes(one.id));
  if (view.chosen.length >= MOST || !rest.length) return null;
  const choose = (event) => {
    if (!event.target.value) return;
    view.chosen.push(event.target.value);
    view.actions.open();
  };
  return h(
    "select.add-run",
    {"aria-label": t("compare.add"), onchange: choose},
    h("option", {value: ""}, `+ ${t("compare.add")}`),
    rest.map((one) =>
      h("option", {value: one.id}, `${localized(one.name)} — ${localized(one.recipe)}, ${formatTime(one.created)}`),
    ),
  );
}

export function drawNote(view) {
  fill(
    view.note,
    view.problem ? h("p.problem", {role: "alert"}, view.problem) : null,
    view.busy && view.ahead ? h("p.soft", {}, t("compare.ahead", {n: view.ahead})) : null,
    view.tally && (view.tally.thumbs || view.tally.edits)
      ? h(
          "p.tally",
          {role: "status", "data-tally": ""},
          view.tally.thumbs
            ? [
                view.tally.missing
                  ? t("compare.tally", {n: view.tally.thumbs, more: view.tally.missing})
                  : t("compare.tally_enough", {n: view.tally.thumbs}),
                " ",
              ]
            : null,
          view.tally.edits ? t("compare.tally_edits", {n: view.tally.edits}) : null,
        )
      : null,
    view.prompts.length && !view.turns.length
      ? h(
          "div.suggestions",
          {},
          h("span.soft", {}, t("compare.try")),
          view.prompts.map((words) =>
            isGrid(words)
              ? pictureButton(words, view.actions.say, t("compare.ask_of_picture"))
              : h("button.chip", {onclick: () => view.actions.say(words)}, words),
          ),
        )
      : null,
  );
}

export function drawBar(view) {
  view.box.placeholder = t("compare.placeholder");
  view.box.setAttribute("aria-label", t("compare.placeholder"));
  keepFocus(view.bar, () => fillBar(view));
}

function fillBar(view) {
  fill(
    view.bar,
    view.box,
    h(
      "div.talk-buttons",
      {},
      view.busy
        ? h(
            "button",
            {"data-stop-talk": "", onclick: () => callServer(view.server.stop, {talk: view.talk})},
            t("compare.stop"),
          )
        : h(
            "button.primary",
            {"data-send": "", onclick: () => view.actions.say()},
            view.panes.length > 1 ? t("compare.send", {n: view.panes.length}) : t("compare.send_one"),
          ),
      h(
        "button.quiet",
        {"data-again": "", disabled: view.busy || !view.turns.length, onclick: view.actions.again},
        t("compare.again"),
      ),
      h("button.quiet", {disabled: view.busy || !view.turns.length, onclick: view.actions.open}, t("compare.clear")),
      describes(view) ? pictureChooser(view) : null,
      view.blind && view.turns.length && !view.busy && !view.panes.some((pane) => pane.name)
        ? h("button.quiet", {"data-reveal": "", onclick: view.actions.reveal}, t("compare.reveal"))
        : null,
      variety(view),
      h("label.field.inline", {}, h("span", {}, t("compare.length")), range(view, "length", 16, 256, 16)),
    ),
  );
}

// the likeliest words, or more variety, whose temperature can be set
function variety(view) {
  const varied = view.settings.temperature > LIKELIEST;
  const choose = (temperature) => () => {
    view.settings.temperature = temperature;
    drawBar(view);
  };
  const button = (name, on, temperature) =>
    h(
      "button",
      {
        "data-variety": name,
        "aria-pressed": String(on),
        title: t(`compare.${name}_help`),
        onclick: choose(temperature),
      },
      t(`compare.${name}`),
    );
  return [
    h(
      "span.pick",
      {role: "group", "aria-label": t("compare.temperature")},
      button("likeliest", !varied, LIKELIEST),
      button("varied", varied, view.settings.temperature || VARIED),
    ),
    varied
      ? h(
          "label.field.inline",
          {title: t("compare.temperature_help")},
          h("span", {}, t("compare.temperature")),
          range(view, "temperature", 0.1, 1.5, 0.1),
        )
      : null,
  ];
}

const describes = (view) =>
  view.chosen.some((id) => view.people.runs.find((one) => one.id === id)?.gives === "caption");

// asks about a picture file, scaled to the squares that a model sees
function pictureChooser(view) {
  const box = h("input", {
    type: "file",
    accept: "image/*",
    hidden: true,
    "data-picture-file": "",
    onchange: async () => {
      const grid = box.files[0] && (await gridOfFile(box.files[0]));
      if (grid) return view.actions.say(grid);
      view.problem = t("compare.no_picture");
      drawNote(view);
    },
  });
  return h("label.quiet.button", {title: t("compare.choose_picture_help")}, t("compare.choose_picture"), box);
}

function range(view, name, min, max, step) {
  const words = h("output", {}, String(view.settings[name]));
  const input = h("input", {
    type: "range",
    min,
    max,
    step,
    "aria-label": t(`compare.${name}`),
    oninput: () => {
      view.settings[name] = Number(input.value);
      words.textContent = input.value;
    },
  });
  input.value = view.settings[name];
  return [input, words];
}
