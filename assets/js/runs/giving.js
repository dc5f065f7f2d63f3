// Out of this lab and into it: a whole comparison as one file, and such a file brought in.

import {h} from "../core/dom.js";
import {formatBytes} from "../core/format.js";
import {callServer} from "../core/server.js";
import {t} from "../core/words.js";

// asks for a file, tells how it went by told(words, wrong), and has the browser save it
async function give(view, question, told) {
  told(t("giving.busy"), false, true);
  const got = await callServer(view.server.give, question);
  told(got.problem || wordsOf(got), Boolean(got.problem), false);
  if (got.url) h("a", {href: got.url, download: ""}).click();
}

const wordsOf = (got) =>
  t("giving.bundle_saved", {size: formatBytes(got.bytes), n: got.runs, ratings: got.ratings, kept: got.weights});

// of a comparison: the whole of it as one file, with weights or without
export function giveComparison(view, run) {
  if (view.giving?.of !== run.comparison) {
    view.giving = {of: run.comparison, words: "", wrong: false, busy: false, weights: false};
  }
  const state = view.giving;
  const told = (words, wrong, busy) => {
    Object.assign(state, {words, wrong, busy});
    view.actions.draw();
  };
  const box = h("input", {
    type: "checkbox",
    checked: state.weights,
    "data-give-weights": "",
    onchange: () => {
      state.weights = box.checked;
    },
  });
  return [
    h(
      "button",
      {
        "data-give": "bundle",
        title: t("giving.bundle_help"),
        disabled: state.busy,
        onclick: () => give(view, {run: run.id, form: "bundle", weights: state.weights}, told),
      },
      t("giving.bundle"),
    ),
    h("label.field.inline", {title: t("giving.weights_help")}, box, t("giving.weights")),
    state.words ? h(state.wrong ? "span.problem" : "span.soft", {"data-given": "", role: "status"}, state.words) : null,
  ];
}

// for the lab's owner: a file of another lab is checked and taken in
export function mountBringIn(view, upload) {
  const state = {words: "", wrong: false, busy: false};
  const file = h("input", {
    type: "file",
    hidden: true,
    accept: ".zip",
    "data-bring-bundle": "",
    onchange: () => file.files[0] && send(file.files[0]),
  });
  async function send(chosen) {
    Object.assign(state, {words: t("giving.checking"), wrong: false, busy: true});
    view.actions.redraw();
    const sent = await upload(chosen).catch(() => null);
    const got = sent ? await callServer(view.server.bring_in, {path: sent.path}) : {problem: t("train.upload_failed")};
    file.value = "";
    Object.assign(state, {words: got.problem || brought(got), wrong: Boolean(got.problem), busy: false});
    if (got.comparison) view.actions.go({compare: got.comparison});
    view.actions.refresh();
    view.actions.redraw();
  }
  return () =>
    view.owner
      ? [
          file,
          h(
            "button.quiet",
            {
              type: "button",
              "data-bring-in-bundle": "",
              title: t("giving.bring_in_help"),
              disabled: state.busy,
              onclick: () => file.click(),
            },
            t("giving.bring_in"),
          ),
          state.words
            ? h(state.wrong ? "p.problem" : "p.soft", {"data-brought": "", role: "status"}, state.words)
            : null,
        ]
      : null;
}

const brought = (got) =>
  t("giving.brought", {
    name: got.name,
    n: got.runs,
    ratings: got.ratings,
    kept: got.weights,
    from: got.by ? `${got.lab} (${got.by})` : got.lab,
  });
