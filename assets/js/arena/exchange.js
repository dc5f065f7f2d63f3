// Taking feedback out, as a file or to the Hub, and bringing a file in; below the Arena's ranking.

import {fill, h} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {localized, t} from "../core/words.js";

const FORMATS = ["dpo", "kto", "sft", "votes", "thumbs", "edits"];
const HUB = "hub";
const ENDINGS = ["jsonl", "parquet", HUB];

// draws into `place`; changed() is told when ratings came in
export function mountExchange(place, server, upload, changed) {
  const view = {
    place,
    server,
    upload,
    changed,
    format: "dpo",
    ending: "jsonl",
    repo: "",
    everybody: false,
    told: null,
    problem: null,
    given: null,
    busy: false,
    sending: false,
  };
  view.file = h("input", {
    type: "file",
    hidden: true,
    "data-bring-in": "",
    accept: ".jsonl,.json,.csv,.tsv,.parquet",
    onchange: () => view.file.files[0] && send(view, view.file.files[0]),
  });
  return {draw: () => draw(view)};
}

async function takeOut(view) {
  if (view.ending === HUB) return toHub(view);
  const got = await callServer(view.server.export, {format: view.format, ending: view.ending});
  view.problem = got.problem || null;
  view.told = view.problem ? null : t("arena.taken_out", {n: got.rows, name: got.name});
  if (!view.problem) save(got);
  draw(view);
}

async function toHub(view) {
  view.sending = true;
  view.told = view.problem = null;
  draw(view);
  const got = await callServer(view.server.push, {format: view.format, repo: view.repo.trim(), public: view.everybody});
  view.sending = false;
  view.problem = got.problem || null;
  view.told = view.problem ? null : t("arena.taken_out", {n: got.rows, name: view.repo.trim()});
  draw(view);
}

function save({name, type, content}) {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], {type}));
  h("a", {href: url, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

async function send(view, chosen) {
  view.busy = true;
  view.told = view.problem = view.given = null;
  draw(view);
  try {
    view.given = (await view.upload(chosen)).path;
    await bringIn(view, false);
  } catch {
    view.problem = t("train.upload_failed");
  }
  view.busy = false;
  view.file.value = "";
  draw(view);
}

// a file with wrong rows is not taken in until one says to leave them out
async function bringIn(view, skip) {
  const got = await callServer(view.server.import_file, {path: view.given, skip_bad: skip});
  view.told = null;
  view.problem = got.problem || null;
  if (view.problem) return;
  if (got.new === undefined) view.problem = {reasons: got.faults, wrong: got.wrong, rows: got.rows, good: got.ratings};
  else {
    view.told = [
      t(`arena.brought_${got.kind}`, {n: got.ratings, fresh: got.new}),
      got.wrong ? t("arena.left_out", {n: got.wrong}) : "",
      ...got.notes.map(localized),
    ]
      .filter(Boolean)
      .join(" ");
    if (got.new) view.changed();
  }
}

const trouble = (view) =>
  typeof view.problem === "string"
    ? h("p.problem", {role: "alert", "data-exchange-problem": ""}, view.problem)
    : h(
        "div.problem",
        {role: "alert", "data-exchange-problem": ""},
        t("arena.wrong_rows", {n: view.problem.wrong, rows: view.problem.rows}),
        h(
          "ul",
          {},
          view.problem.reasons.map((reason) => h("li", {}, reason)),
        ),
        view.problem.good
          ? h(
              "button.small",
              {
                "data-leave-out": "",
                onclick: async () => {
                  await bringIn(view, true);
                  draw(view);
                },
              },
              t("arena.leave_out", {n: view.problem.good}),
            )
          : null,
      );

function draw(view) {
  fill(
    view.place,
    h("div.section-head", {}, h("h3", {}, t("arena.exchange"))),
    outRow(view),
    inRow(view),
    view.problem ? trouble(view) : null,
    view.told ? h("p.tally", {role: "status", "data-exchange": ""}, view.told) : null,
  );
}

function outRow(view) {
  const hub = view.ending === HUB;
  const setFormat = (value) => {
    view.format = value;
  };
  const setEnding = (value) => {
    view.ending = value;
    draw(view);
  };
  return h(
    "div.arena-script",
    {},
    h("span", {}, t("arena.take_out")),
    select("format", FORMATS, view.format, setFormat),
    select("ending", ENDINGS, view.ending, setEnding),
    hub ? hubFields(view) : null,
    h(
      "button",
      {"data-take-out": "", disabled: view.sending, onclick: () => takeOut(view)},
      t(hub ? "arena.send_to_hub" : "arena.save"),
    ),
  );
}

function select(name, values, now, set) {
  return h(
    "select",
    {[`data-${name}`]: "", "aria-label": t(`arena.${name}`), onchange: (event) => set(event.target.value)},
    values.map((value) => h("option", {value, selected: value === now}, t(`arena.${name}_${value}`))),
  );
}

// to whom on the Hub, and who may see it
function hubFields(view) {
  const repo = h("input", {
    "data-repo": "",
    value: view.repo,
    placeholder: "owner/name",
    "aria-label": t("arena.repo"),
    spellcheck: false,
    oninput: () => {
      view.repo = repo.value;
    },
  });
  const everybody = h("input", {
    type: "checkbox",
    "data-everybody": "",
    checked: view.everybody,
    onchange: () => {
      view.everybody = everybody.checked;
    },
  });
  return [repo, h("label", {}, everybody, " ", t("arena.everybody"))];
}

function inRow(view) {
  return h(
    "div.arena-script",
    {},
    h("span", {}, t("arena.bring_in")),
    h(
      "button",
      {disabled: view.busy, onclick: () => view.file.click()},
      t(view.busy ? "arena.reading" : "arena.choose_file"),
    ),
    view.file,
    h("small", {}, t("arena.bring_in_help")),
  );
}
