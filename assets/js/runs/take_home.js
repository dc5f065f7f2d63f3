// A run's model as a file: a form is chosen, the server writes and checks it, then the browser saves it. On a run's page
// and below the table of a comparison; and what was taken before, with how far it was from the run.

import {fill, h} from "../core/dom.js";
import {formatBytes} from "../core/format.js";
import {callServer} from "../core/server.js";
import {currentLanguage, localized, t} from "../core/words.js";

const FORMS = [
  ["merged", null],
  ["adapter", null],
  ["gguf", "f16"],
  ["gguf", "q8_0"],
  ["script", null],
];
const SMALL = 0.001; // a divergence below is written with its power of ten

export const mayTake = (run) => Boolean(run?.kept && run.over && run.mine !== false);

// what a run can be taken home as: a button that opens the forms; `taken` is given what the server says of a file
export function mountTakeHome(server, taken = () => {}) {
  const view = {server, taken, place: h("div.take-home"), runs: [], run: null, open: false, busy: false, said: null};
  return {
    element: view.place,
    // some runs, of which one is chosen where there are several
    draw: (runs) => {
      const can = runs.filter(mayTake);
      if (!can.some((run) => run.id === view.run)) Object.assign(view, {run: can[0]?.id ?? null, said: null});
      view.runs = can;
      draw(view);
    },
  };
}

function draw(view) {
  if (!view.runs.length) return fill(view.place);
  const toggle = () => {
    view.open = !view.open;
    draw(view);
    view.place.querySelector("[data-take]").focus();
  };
  return fill(
    view.place,
    h(
      "button",
      {
        type: "button",
        "data-take": "",
        title: t("runs.take_help"),
        "aria-expanded": String(view.open),
        onclick: toggle,
      },
      t("runs.take"),
    ),
    view.open ? [view.runs.length > 1 ? whichRun(view) : null, FORMS.map((form) => formButton(view, form))] : null,
    view.open && view.said
      ? h(view.said.problem ? "span.problem" : "span.soft", {"data-taken": "", role: "status"}, words(view.said))
      : null,
  );
}

function whichRun(view) {
  const choose = (event) => Object.assign(view, {run: event.target.value, said: null});
  return h(
    "select",
    {"data-take-run": "", "aria-label": t("runs.take_which"), onchange: choose, disabled: view.busy},
    view.runs.map((run) =>
      h("option", {value: run.id, selected: run.id === view.run}, `${localized(run.name)} · ${run.id}`),
    ),
  );
}

function formButton(view, [form, type]) {
  const name = type ? `${form}_${type}` : form;
  return h(
    "button.small",
    {
      type: "button",
      "data-take-home": name,
      title: t(`runs.take_${name}_help`),
      disabled: view.busy,
      onclick: () => take(view, form, type),
    },
    t(`runs.take_${name}`),
  );
}

async function take(view, form, type) {
  Object.assign(view, {busy: true, said: {busy: true}});
  draw(view);
  const door = form === "script" ? view.server.give : view.server.take_home;
  const got = await callServer(door, {run: view.run, form, ...(type ? {type} : {})});
  Object.assign(view, {busy: false, said: got});
  draw(view);
  view.place.querySelector(`[data-take-home="${type ? `${form}_${type}` : form}"]`)?.focus({preventScroll: true});
  if (!got.url) return;
  h("a", {href: got.url, download: ""}).click();
  if (got.taken) view.taken(got.taken, view.run);
}

function words(said) {
  if (said.busy) return t("runs.take_busy");
  if (said.problem) return said.problem;
  if (said.lines) return t("giving.script_saved", {size: formatBytes(said.bytes), lines: said.lines, rows: said.rows});
  return `${t("runs.taken", {size: formatBytes(said.bytes)})} ${sure(said.taken)}`;
}

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const tiny = (value) => (value && value < SMALL ? value.toExponential(1) : value.toPrecision(2));

// how far what was taken was from the run, in a sentence or two
function sure(one) {
  const figures = {
    by: one.by,
    tokens: one.tokens,
    same: percent(one.same_likeliest),
    kl: tiny(one.kl),
    most: tiny(one.largest_difference),
  };
  const compared = {token: "runs.taken_sure", class: "runs.taken_class", score: "runs.taken_score"}[one.of || "token"];
  return [t(compared, figures), read(one)].filter(Boolean).join(" ");
}

// what is said of texts besides the questions
function read(one) {
  if (!one.texts) return one.form.startsWith("gguf") ? t("runs.taken_no_texts") : "";
  const other = one.differing.map((text) => JSON.stringify(text)).join(", ");
  return [
    t("runs.taken_texts", {same: one.texts_same, texts: one.texts}),
    other ? t("runs.taken_differ", {words: other}) : "",
  ].join(" ");
}

// what was taken home of a run before
export function takenBefore(exports) {
  if (!exports?.length) return null;
  const heads = ["form", "size", "same", "apart", "texts"].map((name) =>
    h(
      name === "form" ? "th.left" : "th",
      {scope: "col", title: t(`runs.taken_${name}_help`)},
      t(`runs.taken_${name}_head`),
    ),
  );
  return h(
    "section",
    {"data-exports": ""},
    h("h3", {}, t("runs.taken_before")),
    h("div.scroll-x", {}, h("table.exports", {}, h("thead", {}, h("tr", {}, heads)), rowsOf(exports))),
  );
}

function rowsOf(exports) {
  const day = new Intl.DateTimeFormat(currentLanguage(), {dateStyle: "medium", timeStyle: "short"});
  const row = (one) =>
    h(
      "tr",
      {title: sure(one)},
      h(
        "td.left",
        {},
        h("b", {}, t(`runs.take_${one.form}`)),
        h("small", {}, one.by),
        h("small", {}, day.format(new Date(one.at * 1000))),
      ),
      h("td", {}, formatBytes(one.bytes)),
      h("td", {}, percent(one.same_likeliest)),
      h("td", {}, one.of === "score" ? `± ${tiny(one.largest_difference)}` : tiny(one.kl)),
      h("td", {}, one.texts ? `${one.texts_same} / ${one.texts}` : "–"),
    );
  return h("tbody", {}, exports.map(row));
}
