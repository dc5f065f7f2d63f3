// The answers side by side, and what people say of each: a thumb, why, a better answer.

import {classShares} from "./classes.js";
import {keyOf, pressed} from "./conversation.js";
import {runColour} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {formatDuration} from "../core/format.js";
import {gridPicture, isGrid, pictureButton, textOrGrid} from "../core/grids.js";
import {rightAnswer, rightMark, rightWord} from "../core/right.js";
import {localized, t} from "../core/words.js";

export const paneName = (pane, i) => (pane.name ? localized(pane.name) : t("compare.voice", {n: "ABCDE"[i]}));

export function drawColumns(view) {
  const atEnd = view.columns.dataset.asked !== String(view.turns.length);
  view.columns.dataset.asked = view.turns.length;
  view.columns.style.setProperty("--columns", view.panes.length);
  if ((view.editing && view.columns.querySelector(".editor")) || document.activeElement?.matches(".reason")) return;
  const left = view.columns.scrollLeft;
  fill(
    view.columns,
    view.panes.map((pane, i) =>
      h(
        "section.voice",
        {
          "data-pane": pane.key,
          "data-run": pane.run || "",
          style: `--mine:${runColour(pane.place)}`,
        },
        h("header", {}, h("b", {}, paneName(pane, i)), fingerprint(view, pane)),
        view.turns.length
          ? view.turns.map((turn, n) => bubble(view, turn, n, pane))
          : h("p.soft", {}, pane.base ? t("compare.base_waits") : t("compare.waits")),
      ),
    ),
  );
  view.columns.scrollLeft = left;
  if (atEnd) for (const one of view.columns.children) one.scrollTop = one.scrollHeight;
}

function fingerprint(view, pane) {
  const said = [...view.turns]
    .toReversed()
    .map((turn) => turn.sayings[pane.key]?.fingerprint)
    .find(Boolean);
  return said ? h("small.print", {title: t("compare.fingerprint_help")}, said) : null;
}

function bubble(view, turn, n, pane) {
  const saying = turn.sayings[pane.key];
  const open = !saying.done && n === view.turns.length - 1 && view.busy;
  return [
    h("p.asked", {}, textOrGrid(turn.question)),
    rightAnswer(turn.wanted),
    h(
      "div.said",
      {"data-done": String(saying.done), "data-right": rightWord(saying.right)},
      saying.error
        ? h("p.problem", {}, saying.error)
        : saying.classes?.length
          ? classShares(saying.classes)
          : saying.picture && isGrid(saying.text, true)
            ? drawing(view, saying)
            : h(
                "p.answer",
                {},
                saying.text.trim() || (open ? "" : t("compare.silent")),
                open ? h("i.caret") : null,
                rightMark(saying.right),
              ),
    ),
    saying.done && !saying.error && !saying.classes?.length && !saying.picture ? rating(view, saying, n, pane) : null,
    saying.note ? h("p.soft", {}, saying.note) : null,
  ];
}

// a drawing while it grows; once it is whole a click asks all of them what it shows
function drawing(view, saying) {
  if (!saying.done || view.busy || !isGrid(saying.text)) return gridPicture(saying.text);
  return pictureButton(saying.text, view.actions.say, t("compare.ask_of_picture"));
}

function rating(view, saying, n, pane) {
  const key = keyOf(n, pane);
  const mine = view.rated[key];
  const thumb = (verdict, sign, words) =>
    h(
      "button.icon.thumb",
      {
        "data-thumb": verdict,
        "aria-pressed": String(mine === verdict),
        "aria-label": words,
        title: words,
        disabled: !saying.ratable,
        onclick: () => view.actions.rate(n, pane, pressed(mine, verdict)),
      },
      sign,
    );
  return h(
    "div.rating",
    {},
    thumb("good", "▲", t("compare.good")),
    thumb("bad", "▼", t("compare.bad")),
    saying.ratable
      ? h(
          "button.quiet.small",
          {
            "data-better": "",
            onclick: () => {
              view.editing = key;
              drawColumns(view);
            },
          },
          t("compare.better"),
        )
      : null,
    saying.ratable || saying.text.trim()
      ? h(
          "button.quiet.small",
          {"data-tokens": "", title: t("surprise.answer_help"), onclick: () => view.actions.read(n, pane)},
          t("surprise.answer"),
        )
      : null,
    h(
      "span.soft.speed",
      {},
      saying.tokens ? t("compare.speed", {tokens: saying.tokens, time: formatDuration(saying.seconds)}) : "",
    ),
    mine === "good" || mine === "bad" ? why(view, key, n, pane, mine) : null,
    view.editing === key
      ? editor(view, saying, n, pane)
      : view.edits[key]
        ? h("p.mended", {"data-mended": ""}, h("small", {}, t("compare.mended")), view.edits[key])
        : null,
  );
}

// a line on why, for a thumb that was given
function why(view, key, n, pane, verdict) {
  const box = h("input.reason", {
    maxlength: 300,
    value: view.reasons[key] || "",
    placeholder: t("compare.why"),
    "aria-label": t("compare.why"),
    onblur: () => drawColumns(view),
    onchange: () => {
      view.reasons[key] = box.value.trim();
      view.actions.keep();
      view.actions.tell({turn: n, pane: pane.key, verdict, reason: view.reasons[key]});
    },
    onkeydown: (event) => {
      if (event.key === "Enter" && !event.isComposing) box.blur();
    },
  });
  return box;
}

function editor(view, saying, n, pane) {
  const area = h("textarea", {rows: 3, maxlength: 8000, "aria-label": t("compare.better")});
  area.value = view.edits[keyOf(n, pane)] || saying.text.trim();
  return h(
    "div.editor",
    {},
    area,
    h(
      "button.primary.small",
      {"data-keep-better": "", onclick: () => view.actions.better(n, pane, area.value.trim())},
      t("compare.keep_better"),
    ),
    h(
      "button.quiet.small",
      {
        onclick: () => {
          view.editing = null;
          view.columns.querySelector(".editor")?.remove();
          drawColumns(view);
        },
      },
      t("compare.leave"),
    ),
  );
}
