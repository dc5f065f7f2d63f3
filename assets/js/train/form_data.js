// The form's data: a choice, its language, a file of one's own, a look at the rows.

import {badRows} from "../core/bad_rows.js";
import {h} from "../core/dom.js";
import {formatShare} from "../core/format.js";
import {callServer} from "../core/server.js";
import {languageName, localized, t} from "../core/words.js";
import {field, select} from "./controls.js";
import {skipBad, skipsBad} from "./form_skip.js";
import {mixButton, mixRows} from "./mix.js";
import {bareName, columnsTroubled, fileButton, fileTrouble, ownData} from "./own_data.js";
import {openRowTokens} from "./row_tokens.js";

const dataName = (view) =>
  typeof view.fields.data === "string"
    ? view.fields.data
    : Array.isArray(view.fields.data)
      ? ""
      : view.fields.data?.name || "";

const dataLanguage = (view) => (view.fields.data && view.fields.data.language) || "en";

function setData(view, name, language) {
  view.fields.data = language && language !== "en" ? {name, language} : name;
  view.dataProblem = view.dataBad = null;
  dataChanged(view);
}

// the form's data is another: what is shown of it, if it is, is read anew, and an answer on its way no longer counts
export function dataChanged(view, open = false) {
  const looking = open || Boolean(view.peeked);
  view.peeked = null;
  view.looks += 1;
  view.actions.changed(true);
  if (looking) look(view);
}

export function dataField(view) {
  const mixed = Array.isArray(view.fields.data);
  const card = view.choices.data.find((one) => one.id === dataName(view));
  const options = [
    ...(mixed ? [["", view.fields.data.map((one) => one.name || one).join(" + ")]] : []),
    ...view.choices.data.map((one) => [one.id, one.upload ? bareName(one.id) : localized(one.name)]),
  ];
  return [
    field(
      t("train.data"),
      select("data", options, dataName(view), (name) => name && setData(view, name, null)),
    ),
    mixRows(view),
    h(
      "div.beside",
      {},
      card && card.languages && card.languages.length > 1
        ? h(
            "span.pick",
            {role: "group"},
            card.languages.map((code) =>
              h(
                "button",
                {
                  type: "button",
                  "aria-pressed": String(dataLanguage(view) === code),
                  onclick: () => setData(view, card.id, code),
                },
                languageName(code),
              ),
            ),
          )
        : null,
      h(
        "button.quiet",
        {type: "button", "data-peek": "", "aria-expanded": String(Boolean(view.peeked)), onclick: () => peek(view)},
        t(view.peeked ? "train.peek_close" : "train.peek"),
      ),
      fileButton(view, {part: 0, as: "data", words: t("train.upload"), several: true}),
      mixButton(view),
    ),
    fileTrouble(view),
    ownData(view),
    card && !card.upload ? null : skipSwitch(view),
    view.peeked ? peekBox(view) : null,
  ];
}

// files may have rows that can't be read
const skipSwitch = (view) =>
  h(
    "label.switch",
    {},
    h("input", {
      type: "checkbox",
      "data-skip-bad": "",
      checked: skipsBad(view.fields.data),
      onchange: (event) => setSkip(view, event.target.checked),
    }),
    t("train.skip_bad"),
  );

function setSkip(view, skip) {
  skipBad(view.fields, skip);
  dataChanged(view);
}

function peek(view) {
  if (!view.peeked) return look(view);
  view.looks += 1;
  view.peeked = null;
  return view.actions.draw();
}

async function look(view) {
  const mine = ++view.looks;
  view.peeked = {waiting: true};
  view.actions.draw();
  const found = await callServer(view.server.peek, {fields: view.fields, recipe: view.recipe});
  if (mine !== view.looks) return;
  view.peeked = found;
  view.actions.draw();
}

function peekBox(view) {
  if (view.peeked.waiting) return h("div.peek", {}, h("p.soft", {}, t("train.peeking")));
  if (view.peeked.bad) return badRows(view.peeked.bad, () => setSkip(view, true));
  if (view.peeked.problem && columnsTroubled(view)) return null;
  if (view.peeked.problem) return h("p.problem", {role: "alert"}, view.peeked.problem);
  const most = Math.max(...view.peeked.counts);
  return h(
    "div.peek",
    {},
    h("b.file-name", {"data-peek-of": ""}, view.peeked.name),
    h(
      "p",
      {},
      t("train.peek_rows", {
        rows: view.peeked.rows.toLocaleString("en"),
        held_out: view.peeked.held_out.toLocaleString("en"),
      }),
      view.peeked.cut > 0 ? " " + t("train.peek_cut", {share: formatShare(view.peeked.cut, 1)}) : "",
    ),
    h(
      "div.histogram",
      {role: "img", "aria-label": t("train.lengths")},
      view.peeked.counts.map((count, i) =>
        h("i", {
          style: `height:${Math.max(2, (100 * count) / most)}%`,
          title: `${view.peeked.edges[i]}–${view.peeked.edges[i + 1] - 1}: ${count}`,
        }),
      ),
    ),
    h(
      "p.soft.scale",
      {},
      h("span", {}, "0"),
      h("span", {}, t("train.lengths")),
      h("span", {}, String(view.peeked.edges[view.peeked.edges.length - 1])),
    ),
    view.peeked.preview.map((row) =>
      h(
        "dl.row",
        {},
        row.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
      ),
    ),
    h(
      "button.small.see-tokens",
      {type: "button", "data-see-tokens": "", onclick: () => openRowTokens(view.place, view.server, view.fields)},
      t("tokens.see"),
    ),
    view.peeked.notes.map((note) => h("p.soft", {}, localized(note))),
  );
}
