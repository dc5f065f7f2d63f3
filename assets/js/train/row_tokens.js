// A row of the data token by token, in a dialog over the page: what is read, what is learned, what is cut off.

import {tokenChips, visible} from "../core/chips.js";
import {fill, h} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {comma, localized, t} from "../core/words.js";

const KINDS = ["learned", "read", "template", "scored", "cut"];
const KIND_WORDS = {
  learned: "tokens.learned",
  read: "tokens.read",
  template: "tokens.template",
  scored: "tokens.scored",
  cut: "tokens.cut",
};
const HELP = {
  learned: "tokens.learned_help",
  read: "tokens.read_help",
  template: "tokens.template_help",
  scored: "tokens.scored_help",
  cut: "tokens.cut_help",
};
const NAMES = {
  row: "tokens.row_name",
  chosen: "tokens.chosen",
  rejected: "tokens.rejected",
  completion: "tokens.completion",
  prompt: "tokens.prompt",
};
const GOALS = {
  imitate: "tokens.imitate",
  likelier: "tokens.likelier",
  rarer: "tokens.rarer",
  higher: "tokens.higher",
  lower: "tokens.lower",
  alike: "tokens.alike",
  answer: "tokens.answer",
};
const LEFT_OUT = {no_room: "tokens.no_room", tie: "tokens.tie"};

// fields: the form's; ask(question) is answered by the lab
export function openRowTokens(place, server, fields) {
  const view = {server, fields, asked: {view: 0, row: 1}, found: null, problem: null, round: 0};
  view.body = h("div.row-tokens");
  const opener = document.activeElement;
  const dialog = h("dialog.tokens-dialog", {
    "data-row-tokens": "",
    onclick: (event) => event.target === dialog && dialog.close(),
    onclose: () => {
      dialog.remove();
      opener.focus();
    },
  });
  view.close = () => dialog.close();
  dialog.append(view.body);
  place.append(dialog);
  draw(view);
  dialog.showModal();
  look(view, {});
}

async function look(view, change) {
  const mine = ++view.round;
  const asked = {...view.asked, ...change};
  const got = await callServer(view.server.tokens, {fields: view.fields, ...asked});
  if (mine !== view.round) return;
  view.problem = got.problem || null;
  if (!view.problem) Object.assign(view, {found: got, asked: {view: got.view, row: got.row}});
  draw(view);
}

function draw(view) {
  const held = document.activeElement?.dataset?.keep;
  fill(
    view.body,
    h(
      "header",
      {},
      h("h2", {}, t("tokens.title")),
      h(
        "button.icon",
        {type: "button", "aria-label": t("tokens.close"), "data-close-tokens": "", onclick: view.close},
        "✕",
      ),
    ),
    h("p.soft", {}, t("tokens.explain")),
    view.found ? tools(view) : view.problem ? null : h("p.soft", {}, t("tokens.reading")),
    view.problem ? h("p.problem", {role: "alert"}, view.problem) : null,
    view.found
      ? [
          view.found.left_out
            ? h("p.flag", {"data-left-out": ""}, t(LEFT_OUT[view.found.left_out], {limit: view.found.limit}))
            : null,
          legend(view.found.sequences),
          view.found.sequences.map((one) => sequence(one)),
        ]
      : null,
  );
  if (held) view.body.querySelector(`[data-keep="${held}"]`)?.focus();
}

function tools(view) {
  const {views, row, rows, data, base, limit} = view.found;
  const number = h("input", {
    type: "number",
    min: 1,
    max: rows,
    value: row,
    "data-row": "",
    "data-keep": "row",
    "aria-label": t("tokens.which"),
    onchange: () => look(view, {row: Math.round(Number(number.value)) || 0}),
  });
  const go = (by, words, sign) =>
    h(
      "button.small",
      {
        type: "button",
        "data-keep": `go${by}`,
        "aria-label": words,
        title: words,
        disabled: row + by < 1 || row + by > rows,
        onclick: () => look(view, {row: row + by}),
      },
      sign,
    );
  return h(
    "div.tokens-tools",
    {},
    views.length > 1 ? viewPicker(view) : h("b", {}, localized(views[0].objective)),
    h(
      "span.tokens-rows",
      {},
      go(-1, t("tokens.before"), "‹"),
      h("label", {}, t("tokens.row"), " ", number),
      h("span", {}, t("tokens.of", {rows: rows.toLocaleString("en")})),
      go(1, t("tokens.after"), "›"),
    ),
    h("span.soft", {}, t("tokens.read_as", {data: data.replace(/^upload:/, ""), base, limit})),
  );
}

function viewPicker(view) {
  const choose = (event) => look(view, {view: Number(event.target.value), row: 1});
  return h(
    "select",
    {"aria-label": t("tokens.objective"), "data-keep": "view", "data-view": "", onchange: choose},
    view.found.views.map((one, i) =>
      h(
        "option",
        {value: i, selected: i === view.found.view},
        `${localized(one.objective)} · ${one.data} · ${one.variants.join(comma())}`,
      ),
    ),
  );
}

function legend(sequences) {
  const seen = KINDS.filter((kind) => sequences.some((one) => one.counts[kind]));
  return h(
    "dl.tokens-key",
    {},
    seen.map((kind) => [h("dt", {}, h(`span.token.${kind}`, {}, t(KIND_WORDS[kind]))), h("dd", {}, t(HELP[kind]))]),
  );
}

function sequence(one) {
  const told = h("p.token-told.soft", {"aria-live": "polite"}, t("tokens.point"));
  const counts = KINDS.filter((kind) => one.counts[kind]).map((kind) =>
    t("tokens.count", {n: one.counts[kind], kind: t(KIND_WORDS[kind])}),
  );
  const chips = one.chips.map((chip) => ({
    text: chip.text,
    name: `${visible(chip.text)}${comma()}${t(KIND_WORDS[chip.kind])}`,
    classes: [chip.kind, ...(chip.special ? ["special"] : [])],
  }));
  const starts = [];
  one.chips.reduce((sum, chip) => (starts.push(sum), sum + chip.ids.length), 1);
  return h(
    "section.tokens-sequence",
    {"data-sequence": one.name},
    h(
      "h3",
      {},
      t(NAMES[one.name] || "tokens.row_name"),
      one.piece ? ` ${t("tokens.piece", {n: one.piece})}` : "",
      one.goal ? h("small", {}, ` ${t(GOALS[one.goal])}`) : null,
    ),
    h("p.tokens-counts", {}, t("tokens.total", {n: one.total, counts: counts.join(comma())})),
    tokenChips(chips, t("tokens.chips"), (place) => {
      told.textContent = describe(one.chips[place], starts[place]);
    }),
    told,
  );
}

function describe(chip, start) {
  const several = chip.ids.length > 1;
  const place = several ? `${start}–${start + chip.ids.length - 1}` : start;
  const words = {place, text: visible(chip.text), ids: chip.ids.join(" "), kind: t(KIND_WORDS[chip.kind])};
  return [
    several ? t("tokens.told_several", {...words, n: chip.ids.length}) : t("tokens.told", words),
    chip.special ? t("tokens.special") : "",
  ].join(" ");
}
