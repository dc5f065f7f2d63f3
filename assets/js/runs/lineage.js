// Which run comes from which, as small trees: children below their parent and further in. With the keyboard: up and down
// through all, left to the parent, right to the first child, Enter opens.

import {swatch} from "../core/colours.js";
import {h} from "../core/dom.js";
import {localized, t} from "../core/words.js";

// the trees of all runs that have a child or a parent among them: [[{run, depth}]], the newest family first
export function familiesOf(runs) {
  const known = new Map(runs.map((run) => [run.id, run]));
  const children = new Map();
  for (const run of runs) {
    if (known.has(run.parent)) children.set(run.parent, [...(children.get(run.parent) || []), run]);
  }
  const line = (run, depth, seen) =>
    seen.has(run.id)
      ? []
      : [
          {run, depth},
          ...(children.get(run.id) || [])
            .toSorted((a, b) => a.created - b.created)
            .flatMap((child) => line(child, depth + 1, new Set([...seen, run.id]))),
        ];
  return runs
    .filter((run) => !known.has(run.parent) && children.has(run.id))
    .map((run) => line(run, 0, new Set()))
    .toSorted((a, b) => newest(b) - newest(a));
}

const newest = (family) => Math.max(...family.map(({run}) => run.created));

export const familyOf = (runs, id) => familiesOf(runs).find((family) => family.some(({run}) => run.id === id)) || null;

// where a run begins, in words
export function origin(run) {
  if (!run.parent) return null;
  if (run.request === "fork") return t("fork.waits");
  if (run.forked_at === null || run.forked_at === undefined) return t("fork.started");
  return run.forked_at ? t("fork.forked_at", {step: run.forked_at}) : t("fork.again");
}

export function lineageTree(family, current, choose) {
  const first = family.findIndex(({run}) => run.id === current);
  const rows = family.map((one, i) => i - family.findLastIndex((other, k) => k < i && other.depth <= one.depth));
  const items = family.map(({run, depth}, i) =>
    item({run, depth, rows: rows[i]}, i === Math.max(0, first), run.id === current, choose),
  );
  const move = (event) => {
    const at = items.indexOf(event.target.closest("[role=treeitem]"));
    const depth = family[at]?.depth;
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: items.length - 1,
      ArrowLeft: family.findLastIndex((one, i) => i < at && one.depth === depth - 1),
      ArrowRight: family[at + 1]?.depth === depth + 1 ? at + 1 : -1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    if (!items[to]) return;
    for (const one of items) one.tabIndex = -1;
    items[to].tabIndex = 0;
    items[to].focus();
  };
  return h("div.lineage-tree", {role: "tree", "aria-label": t("fork.tree"), onkeydown: move}, items);
}

// rows: how far above it the run stands that its branch comes from
function item({run, depth, rows}, reachable, current, choose) {
  const words = origin(run);
  return h(
    "div.lineage-run",
    {
      role: "treeitem",
      tabindex: reachable ? 0 : -1,
      "aria-level": depth + 1,
      "aria-current": current ? "true" : null,
      "data-lineage": run.id,
      style: `--depth:${depth};--rows:${rows}`,
      onclick: () => choose(run.id),
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose(run.id);
      },
    },
    depth ? h("span.branch", {"aria-hidden": "true"}) : null,
    swatch(run.place),
    h("span", {}, localized(run.name)),
    words ? h("small", {}, words) : null,
    h("span.status", {"data-status": run.status}, t(`status.${run.status}`)),
  );
}
