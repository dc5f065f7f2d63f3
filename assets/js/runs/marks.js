// On a run's page: its name, tags, note, star and place in the archive, and the space it takes.

import {renameForm} from "./picked.js";
import {fill, h} from "../core/dom.js";
import {formatBytes} from "../core/format.js";
import {callServer} from "../core/server.js";
import {localized, t} from "../core/words.js";

// not drawn anew under the hands of somebody who types
export function drawMarks(view) {
  const run = view.runs.find((one) => one.id === view.open);
  const on = document.activeElement;
  if (!run || (view.marks.contains(on) && ["INPUT", "TEXTAREA"].includes(on.tagName))) return;
  const change = (changes) => send(view, view.server.mark, {ids: [run.id], ...changes});
  fill(
    view.marks,
    h(
      "div.marks",
      {},
      h(
        "button.chip",
        {"data-star-run": "", "aria-pressed": String(run.starred), onclick: () => change({starred: !run.starred})},
        `${run.starred ? "★" : "☆"} ${t("runs.starred")}`,
      ),
      h(
        "button.chip",
        {
          "data-archive-run": "",
          "aria-pressed": String(run.archived),
          onclick: () => change({archived: !run.archived}),
        },
        t("runs.archived"),
      ),
      run.tags.map((tag) =>
        h(
          "button.chip.tag",
          {
            "data-untag-run": tag,
            "aria-label": t("runs.remove_tag", {tag}),
            title: t("runs.remove_tag", {tag}),
            onclick: () => change({remove: [tag]}),
          },
          `#${tag} ×`,
        ),
      ),
      tagBox((tag) => change({add: [tag]})),
      h("span.soft", {"data-disk": run.disk}, t("runs.on_disk", {size: formatBytes(run.disk)})),
    ),
    renameForm(localized(run.variant), (name) => send(view, view.server.rename, {id: run.id, name})),
    noteBox(run, (note) => change({note})),
    view.markProblem ? h("p.problem", {role: "alert"}, view.markProblem) : null,
  );
}

function tagBox(add) {
  const box = h("input", {"data-tag-run": "", maxlength: 40, placeholder: t("runs.tag"), "aria-label": t("runs.tag")});
  const submit = (event) => {
    event.preventDefault();
    if (box.value.trim()) add(box.value);
  };
  return h("form.tag-form", {onsubmit: submit}, box, h("button", {type: "submit"}, t("runs.add_tag")));
}

// kept when one leaves it
const noteBox = (run, keep) =>
  h(
    "label.field",
    {},
    h("span", {}, t("runs.note")),
    h("textarea", {
      rows: 2,
      maxlength: 5000,
      "data-note": "",
      value: run.note,
      onchange: (event) => keep(event.target.value),
    }),
  );

async function send(view, door, question) {
  const got = await callServer(door, question);
  view.markProblem = got.problem || null;
  document.activeElement?.blur();
  if (got.problem) drawMarks(view);
  view.actions.refresh();
}
