// A run's own page: its curves, what can be done with it, where it came from, its recipe and log.

import {mountForkForm} from "../comparison/forks.js";
import {mountWatcher} from "../comparison/watcher.js";
import {fill, h} from "../core/dom.js";
import {formatBytes} from "../core/format.js";
import {sendLetter} from "../core/tabs.js";
import {t} from "../core/words.js";
import {drawMarks} from "./marks.js";
import {familyOf, lineageTree, origin} from "./lineage.js";
import {mayTake, mountTakeHome, takenBefore} from "./take_home.js";
import {triesPicture} from "./tries.js";

export function drawPage(view) {
  if (!view.open || !view.about) return;
  if (view.about.problem) return fill(view.page, h("p.problem", {}, view.about.problem));
  fill(
    view.page,
    h(
      "div.page-head",
      {},
      h("code", {"data-run-id": view.open}, view.open),
      h(
        "button.icon",
        {"aria-label": t("runs.close"), title: t("runs.close"), onclick: () => view.actions.choose(null)},
        "×",
      ),
    ),
    view.buttons,
    view.marks,
    view.forking,
    view.curves,
    view.facts,
  );
  view.watcher ||= mountWatcher(view.curves, view.server, {
    onState: (state, before) => {
      if (before && state.over !== before.over) view.actions.refreshAbout();
    },
  });
  view.watcher.show({run: view.open});
  view.forkForm ||= mountForkForm(view.forking, view.server, (answer) => {
    view.loop.now();
    view.actions.choose(answer.run);
  });
  drawActions(view);
  drawMarks(view);
  drawFacts(view);
}

export function drawActions(view) {
  const run = view.runs.find((one) => one.id === view.open);
  if (!run) return;
  const mine = run.mine !== false; // what is somebody else's is looked at
  const early = mine && ["failed", "cancelled", "interrupted"].includes(run.status);
  fill(
    view.buttons,
    early
      ? h("button.primary", {"data-resume": "", onclick: () => view.actions.act(view.server.resume)}, t("runs.resume"))
      : null,
    run.kept && ["done", "cancelled", "failed"].includes(run.status)
      ? h(
          "button",
          {
            "data-start-from": "",
            onclick: () => sendLetter("form", {run: view.open, weights: true}, "train"),
            title: t("runs.start_from_help"),
          },
          t("runs.start_from"),
        )
      : null,
    mayTake(run) ? takeHome(view, run) : null,
    run.status === "queued" || !mine
      ? null
      : h("button", {"data-fork": "", title: t("fork.help"), onclick: () => view.forkForm.open(run)}, t("fork.fork")),
    run.over && mine
      ? view.sure
        ? [
            h(
              "button.danger",
              {"data-delete-sure": "", onclick: () => view.actions.act(view.server.delete, true)},
              t("runs.delete_sure", {size: formatBytes(run.disk)}),
            ),
            h(
              "button.quiet",
              {
                onclick: () => {
                  view.sure = false;
                  drawActions(view);
                },
              },
              t("runs.keep"),
            ),
          ]
        : h(
            "button.quiet.danger",
            {
              "data-delete": "",
              onclick: () => {
                view.sure = true;
                drawActions(view);
              },
            },
            t("runs.delete"),
          )
      : null,
  );
}

function takeHome(view, run) {
  view.takeHome ||= mountTakeHome(view.server, (taken, id) => {
    if (id !== view.open) return;
    view.about.exports = [...(view.about.exports || []).filter((one) => one.form !== taken.form), taken];
    drawFacts(view);
  });
  view.takeHome.draw([run]);
  return view.takeHome.element;
}

export function drawFacts(view) {
  const family = familyOf(view.runs, view.open);
  const run = view.runs.find((one) => one.id === view.open);
  const gone = run?.parent && !view.runs.some((one) => one.id === run.parent);
  fill(
    view.facts,
    family || gone
      ? h(
          "section",
          {},
          h("h3", {}, t("runs.lineage")),
          gone ? h("p.soft", {}, [origin(run), t("fork.gone", {id: run.parent})].join(" · ")) : null,
          family ? lineageTree(family, view.open, view.actions.choose) : null,
        )
      : null,
    triesPicture(view.about.tries),
    takenBefore(view.about.exports),
    h("details", {}, h("summary", {}, t("runs.resolved")), h("pre", {}, view.about.recipe)),
    h("details", {}, h("summary", {}, t("runs.log")), h("pre", {}, view.about.log || t("runs.no_log"))),
    Object.keys(view.about.environment || {}).length
      ? h(
          "details",
          {},
          h("summary", {}, t("runs.environment")),
          h(
            "dl.row",
            {},
            Object.entries(view.about.environment).map(([name, value]) => [
              h("dt", {}, name.replaceAll("_", " ")),
              h("dd", {}, typeof value === "object" ? JSON.stringify(value) : String(value)),
            ]),
          ),
        )
      : null,
  );
}
