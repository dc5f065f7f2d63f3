// What can be done with the runs or comparisons that are picked: side by side, stars, tags, the archive, deleting.

import {giveComparison} from "./giving.js";
import {fill, h, keepFocus} from "../core/dom.js";
import {formatBytes} from "../core/format.js";
import {callServer} from "../core/server.js";
import {goTo} from "../core/tabs.js";
import {comma, localized, nameOf, t} from "../core/words.js";

const MOST_BESIDE = 100; // as many as an address holds

// what is gone is picked no more
export function keepPicked(view) {
  const there = new Set(view.runs.flatMap((run) => [run.id, run.comparison]));
  const kept = [...view.picked].filter((id) => there.has(id));
  if (kept.length === view.picked.size) return;
  view.picked = new Set(kept);
  view.removal = null;
}

export function pickNone(view) {
  view.picked = new Set();
  view.removal = null;
  view.pickedProblem = null;
}

const ids = (view) => [...view.picked];

export function drawPicked(view) {
  if (!view.picked.size) return fill(view.bar);
  keepFocus(view.bar, () =>
    fill(
      view.bar,
      h(
        "div.picked",
        {"data-picked": view.picked.size},
        h("b", {}, t(view.mode === "runs" ? "runs.picked" : "runs.picked_comparisons", {n: view.picked.size})),
        h(
          "button.primary",
          {
            "data-compare": "",
            disabled: view.picked.size > MOST_BESIDE,
            title: view.picked.size > MOST_BESIDE ? t("runs.too_many", {n: MOST_BESIDE}) : null,
            onclick: () => view.actions.go({compare: ids(view).join(",")}),
          },
          t(view.picked.size > 1 ? "runs.compare" : "runs.open"),
        ),
        marking(view),
        tagForm(view),
        view.picked.size === 1 ? renaming(view) : null,
        view.mode === "comparisons" && view.picked.size === 1 ? givingAway(view) : null,
        h("button.quiet.danger", {"data-delete-picked": "", onclick: () => askRemoval(view)}, t("runs.delete_some")),
        h("button.quiet", {"data-pick-none": "", onclick: () => none(view)}, t("runs.pick_none")),
      ),
      view.picked.size > MOST_BESIDE ? h("p.soft", {}, t("runs.too_many", {n: MOST_BESIDE})) : null,
      view.pickedProblem ? h("p.problem", {role: "alert"}, view.pickedProblem) : null,
      view.removal ? removalBox(view) : null,
    ),
  );
}

function none(view) {
  pickNone(view);
  view.actions.draw();
}

const known = (view) =>
  view.mode === "runs" ? view.runs.filter((run) => view.picked.has(run.id)) : ofComparisons(view);

const ofComparisons = (view) => view.runs.filter((run) => view.picked.has(run.comparison));

function marking(view) {
  const some = known(view);
  const starred = some.length > 0 && some.every((run) => run.starred);
  const archived = some.length > 0 && some.every((run) => run.archived);
  return [
    h(
      "button",
      {"data-star": "", onclick: () => change(view, {starred: !starred})},
      t(starred ? "runs.unstar" : "runs.star"),
    ),
    h(
      "button",
      {"data-archive": "", onclick: () => change(view, {archived: !archived}, true)},
      t(archived ? "runs.unarchive" : "runs.archive"),
    ),
  ];
}

// a tag to add; and, of the tags that some of them have, one to take off
function tagForm(view) {
  const tags = [...new Set(known(view).flatMap((run) => run.tags))].toSorted();
  const box = h("input", {"data-tag": "", maxlength: 40, placeholder: t("runs.tag"), "aria-label": t("runs.tag")});
  box.value = view.typedTag || "";
  box.addEventListener("input", () => {
    view.typedTag = box.value;
  });
  const add = (event) => {
    event.preventDefault();
    if (!box.value.trim()) return;
    const tag = box.value;
    view.typedTag = "";
    change(view, {add: [tag]});
  };
  return h(
    "form.tag-form",
    {onsubmit: add},
    box,
    h("button", {type: "submit", "data-add-tag": ""}, t("runs.add_tag")),
    tags.map((tag) =>
      h(
        "button.quiet.tag",
        {
          type: "button",
          "data-untag": tag,
          title: t("runs.remove_tag", {tag}),
          "aria-label": t("runs.remove_tag", {tag}),
          onclick: () => change(view, {remove: [tag]}),
        },
        `#${tag} ×`,
      ),
    ),
  );
}

// the name of a run's variant, or of a comparison
function renaming(view) {
  const [run] = known(view);
  if (!run) return null;
  const now = localized(view.mode === "runs" ? run.variant : run.recipe);
  return renameForm(now, async (name) => after(view, await callServer(view.server.rename, {id: ids(view)[0], name})));
}

export function renameForm(now, rename) {
  const box = h("input", {"data-name": "", maxlength: 200, value: now, "aria-label": t("runs.name")});
  const send = (event) => {
    event.preventDefault();
    if (box.value.trim() && box.value !== now) rename(box.value);
  };
  return h("form.tag-form", {onsubmit: send}, box, h("button", {type: "submit", "data-rename": ""}, t("runs.rename")));
}

// a whole comparison as a file, where it is over and one's own
function givingAway(view) {
  const some = known(view);
  return some.length && some.every((run) => run.over && run.mine !== false) ? giveComparison(view, some[0]) : null;
}

async function change(view, changes, leave = false) {
  const got = await callServer(view.server.mark, {ids: ids(view), ...changes});
  if (leave && !got.problem) pickNone(view);
  after(view, got);
}

function after(view, got) {
  view.pickedProblem = got.problem || null;
  view.actions.refresh();
  drawPicked(view);
}

async function askRemoval(view) {
  const got = await callServer(view.server.removal, {ids: ids(view)});
  view.pickedProblem = got.problem || null;
  view.removal = got.problem ? null : got;
  drawPicked(view);
  view.bar.querySelector("[data-delete-picked-sure], [data-delete-picked-not]")?.focus();
}

// what goes, how much space that frees, and what stays
function removalBox(view) {
  const {runs, bytes, stays} = view.removal;
  return h(
    "div.removal",
    {role: "group", "data-removal": runs.length, "aria-label": t("runs.delete_some")},
    h(
      "p",
      {},
      runs.length ? t("runs.removal", {n: runs.length, size: formatBytes(bytes)}) : t("runs.removal_none"),
      " ",
      runs.length ? t("runs.removal_rest") : "",
    ),
    stays.length
      ? h(
          "ul",
          {},
          stays.map((one) => h("li", {"data-stays": ""}, staysWords(one))),
        )
      : null,
    h(
      "div.next",
      {},
      runs.length
        ? h(
            "button.danger",
            {"data-delete-picked-sure": "", onclick: () => remove(view)},
            t("runs.removal_sure", {n: runs.length}),
          )
        : null,
      h(
        "button.quiet",
        {
          "data-delete-picked-not": "",
          onclick: () => {
            view.removal = null;
            drawPicked(view);
          },
        },
        t("runs.removal_not"),
      ),
    ),
  );
}

const staysWords = ({name, status, heirs}) =>
  heirs.length
    ? t("runs.stays_heirs", {name: localized(name), heirs: heirs.map(localized).join(comma())})
    : t("runs.stays_status", {name: localized(name), status: nameOf("status", status)});

async function remove(view) {
  const got = await callServer(view.server.remove, {ids: ids(view)});
  if (!got.problem) pickNone(view);
  if (got.runs?.includes(view.open)) view.actions.go({});
  after(view, got);
  if (!got.problem) goTo(() => view.head.querySelector(`[data-list-${view.mode}]`));
}
