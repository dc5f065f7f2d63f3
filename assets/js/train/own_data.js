// One's own files in the form: which there are, what each column became and what it shall be, and the column that figures
// are told apart by. A data set of the form is a choice: {name, files, held_out_file, columns, by, …}.

import {badRows} from "../core/bad_rows.js";
import {h, selectOptions} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {nameOf, t} from "../core/words.js";
import {fold} from "./controls.js";
import {shortMix} from "./mix.js";

export const ACCEPTED = ".jsonl,.ndjson,.json,.csv,.tsv,.parquet,.txt,.md,.gz,.bz2,.xz,.zst,.zip";
const IS_FILE = /^upload:|\.(jsonl|ndjson|json|csv|tsv|parquet|txt|md)(\.(gz|bz2|xz|zst))?$/i;

export const choicesOf = (fields) =>
  (Array.isArray(fields.data) ? fields.data : [fields.data || "cuisine"]).map((one) =>
    typeof one === "string" ? {name: one} : {...one},
  );

export const isOwn = (choice) => IS_FILE.test(choice.name || "");

export const bareName = (name) => name.replace(/^upload:/, "");

// what a choice says without what says nothing
const says = (value) =>
  typeof value === "object" && value !== null
    ? Object.keys(value).length > 0
    : ![undefined, null, "", false].includes(value);
const kept = (choice) => Object.fromEntries(Object.entries(choice).filter(([, value]) => says(value)));

export function setChoice(view, part, change) {
  const all = choicesOf(view.fields);
  all[part] = kept({...all[part], ...change});
  view.fields.data = shortMix(all);
  view.actions.dataChanged();
}

// files that were chosen: each is checked and kept; what is wrong stands beside the buttons
export async function takeFiles(view, {files, part, as, skip = false}) {
  view.dataProblem = view.dataBad = null;
  const names = [];
  for (const [i, file] of files.entries()) {
    const sent = file.path ? file : await view.upload(file).catch(() => null);
    if (!sent) return refuse(view, t("train.upload_failed"));
    files[i] = {path: sent.path};
    const columns = as === "data" ? {} : choicesOf(view.fields)[part].columns || {};
    const got = await callServer(view.server.upload, {path: sent.path, skip_bad: skip, columns});
    if (got.bad) {
      view.dataBad = {...got.bad, goOn: () => takeFiles(view, {files, part, as, skip: true})};
      return showTrouble(view);
    }
    if (got.problem) return refuse(view, got.problem);
    names.push(got.name);
  }
  for (const name of names)
    if (!view.choices.data.some((one) => one.id === name)) view.choices.data.unshift({id: name, upload: true});
  const skipping = skip ? {skip_bad: true} : {};
  const own = choicesOf(view.fields)[part];
  if (as === "more") setChoice(view, part, {...skipping, files: [...(own.files || []), ...names]});
  else if (as === "held_out") setChoice(view, part, {...skipping, held_out_file: names[0]});
  else {
    const all = choicesOf(view.fields);
    all[part] = kept({name: names[0], files: names.slice(1), weight: own.weight, ...skipping});
    view.fields.data = shortMix(all);
    view.folds.add("columns0");
    view.actions.dataChanged(true);
  }
  return null;
}

function refuse(view, problem) {
  view.dataProblem = problem;
  showTrouble(view);
}

function showTrouble(view) {
  view.actions.draw();
  view.body.querySelector("[data-bad-rows], [data-data-problem]")?.scrollIntoView({block: "nearest"});
}

// a button that has files chosen
export function fileButton(view, {part, as, words, several}) {
  const input = h("input", {
    type: "file",
    hidden: true,
    multiple: several,
    [as === "data" ? "data-upload" : `data-upload-${as}`]: "",
    accept: ACCEPTED,
    onchange: () => input.files.length && takeFiles(view, {files: [...input.files], part, as}),
  });
  return [h("button.quiet", {type: "button", onclick: () => input.click()}, words), input];
}

// what the buttons above it came to, where that is bad
export const fileTrouble = (view) => [
  view.dataBad ? badRows(view.dataBad, view.dataBad.goOn) : null,
  view.dataProblem ? h("p.problem", {role: "alert", "data-data-problem": ""}, view.dataProblem) : null,
];

// the other files of a choice, each with the way to take it out
function filesOf(view, choice, part) {
  const line = (kind, words, name, without) =>
    h(
      "li",
      {[`data-${kind}`]: name},
      h("span.soft", {}, words),
      " ",
      h("span.file-name", {title: bareName(name)}, bareName(name)),
      h(
        "button.icon",
        {
          type: "button",
          title: t("train.file_remove", {name: bareName(name)}),
          "aria-label": t("train.file_remove", {name: bareName(name)}),
          onclick: () => setChoice(view, part, without),
        },
        "×",
      ),
    );
  const more = (choice.files || []).map((name, i) =>
    line("more-file", t("train.with_file"), name, {files: choice.files.filter((_, place) => place !== i)}),
  );
  const held = choice.held_out_file;
  const lines = held ? [...more, line("held-out-file", t("train.held_out_file"), held, {held_out_file: null})] : more;
  return lines.length ? h("ul.files", {}, lines) : null;
}

// all that a form says of its own files
export function ownData(view) {
  return choicesOf(view.fields).map((choice, part) => {
    if (!isOwn(choice)) return null;
    const several = choicesOf(view.fields).length > 1;
    return h(
      "div.own-data-set",
      {"data-own": choice.name},
      several ? h("b.file-name", {}, bareName(choice.name)) : null,
      h(
        "div.beside",
        {},
        fileButton(view, {part, as: "more", words: t("train.more_files"), several: true}),
        fileButton(view, {part, as: "held_out", words: t("train.held_out_add"), several: false}),
      ),
      filesOf(view, choice, part),
      columnsFold(view, choice, part),
    );
  });
}

const keyOf = (view, choice, part) => JSON.stringify([part, choice, view.fields.objective]);

// the columns are asked for when they are to be seen: known again as long as the choice is the same
async function fetchColumns(view, choice, part) {
  const key = keyOf(view, choice, part);
  view.columns.set(part, {key, waiting: true, before: view.columns.get(part)?.found});
  const {fields, recipe} = view;
  const found = await callServer(view.server.columns, {fields, recipe, part});
  if (view.columns.get(part)?.key !== key) return;
  view.columns.set(part, {key, found});
  view.actions.draw();
}

function columnsFold(view, choice, part) {
  const state = view.columns.get(part);
  if (state?.key !== keyOf(view, choice, part)) setTimeout(() => fetchColumns(view, choice, part));
  const found = state?.found || state?.before;
  const trouble = troubleOf(found);
  return [
    trouble ? h("p.problem", {role: "alert", "data-columns-problem": ""}, trouble) : null,
    fold(
      view.folds,
      `columns${part}`,
      {kind: "details.more", "data-columns": part},
      found?.columns ? summaryWords(found) : t("train.columns"),
      found?.columns ? columnsTable(view, choice, part, found) : h("p.soft", {}, t("train.peeking")),
    ),
    found?.columns ? byField(view, choice, part, found) : null,
  ];
}

// what stands in the way of reading columns: in the form they can be named, which is all that has to be said
const troubleOf = (found) => found && (found.problem || (found.unnamed ? t("train.columns_say") : found.trouble));

// whether something is said of the columns already, so that the look at the rows needs not say it again
export const columnsTroubled = (view) =>
  choicesOf(view.fields).some((choice, part) => isOwn(choice) && troubleOf(view.columns.get(part)?.found));

const summaryWords = (found) => {
  const named = found.columns.filter((one) => one.became).map((one) => `${one.name} → ${nameOf("column", one.became)}`);
  return `${t("train.columns")}: ${named.join(t("page.comma")) || t("train.columns_none")}`;
};

function columnsTable(view, choice, part, found) {
  const heads = ["column", "became", "example"].map((key) => h("th", {scope: "col"}, t(`train.column_${key}`)));
  return h(
    "div.scroll-x",
    {},
    h(
      "table.column-map",
      {},
      h("thead", {}, h("tr", {}, heads)),
      h(
        "tbody",
        {},
        found.columns.map((one) =>
          h(
            "tr",
            {"data-column": one.name},
            h("th", {scope: "row", title: one.name}, one.name),
            h("td", {}, becameSelect(view, choice, part, one, found)),
            h("td.soft", {title: one.examples.join("\n")}, one.examples[0] ?? "–"),
          ),
        ),
      ),
    ),
  );
}

function becameSelect(view, choice, part, column, found) {
  const options = [
    {value: "", words: t("train.unused")},
    ...found.names.map((value) => ({value, words: nameOf("column", value)})),
  ];
  const known = options.some((one) => one.value === (column.became || ""))
    ? options
    : [...options, {value: column.became, words: column.became}];
  return h(
    "select",
    {
      "data-became": column.name,
      "aria-label": t("train.column_is", {name: column.name}),
      onchange: (event) => setChoice(view, part, {columns: remapped(choice.columns || {}, column, event.target.value)}),
    },
    selectOptions(known, column.became || ""),
  );
}

// the mapping after a column was said to be something else: ours → the file's; an empty one is said to be none
export function remapped(mapping, column, ours) {
  const others = Object.fromEntries(Object.entries(mapping).filter(([, theirs]) => theirs !== column.name));
  if (ours) return {...others, [ours]: column.name};
  return column.became && mapping[column.became] !== column.name ? {...others, [column.became]: ""} : others;
}

// by which column figures are told apart: those with a few values each
function byField(view, choice, part, found) {
  const few = found.columns.filter((one) => one.values > 1 && one.values <= found.most).map((one) => one.name);
  const listed = choice.by && !few.includes(choice.by) ? [...few, choice.by] : few;
  if (!listed.length) return null;
  const options = [{value: "", words: t("train.by_none")}, ...listed.map((value) => ({value, words: value}))];
  return h(
    "label.field.wide",
    {title: t("train.by_help")},
    h("span", {}, t("train.by")),
    h(
      "select",
      {"data-by": part, onchange: (event) => setChoice(view, part, {by: event.target.value})},
      selectOptions(options, choice.by || ""),
    ),
  );
}
