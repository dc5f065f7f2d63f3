// A run's own page: its curves, what can be done with it, where it came from, its recipe and log.

import {mountWatcher} from "../comparison/watcher.js";
import {fill, h} from "../core/dom.js";
import {sendLetter} from "../core/tabs.js";
import {t} from "../core/words.js";
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
    view.curves,
    view.facts,
  );
  view.watcher ||= mountWatcher(view.curves, view.server, {
    onState: (state, before) => {
      if (before && state.over !== before.over) view.actions.refreshAbout();
    },
  });
  view.watcher.show({run: view.open});
  drawActions(view);
  drawFacts(view);
}

export function drawActions(view) {
  const run = view.runs.find((one) => one.id === view.open);
  if (!run) return;
  const early = ["failed", "cancelled", "interrupted"].includes(run.status);
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
    run.over
      ? view.sure
        ? [
            h(
              "button.danger",
              {"data-delete-sure": "", onclick: () => view.actions.act(view.server.delete, true)},
              t("runs.delete_sure"),
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

export function drawFacts(view) {
  const link = (run) => h("button.quiet", {onclick: () => view.actions.choose(run.id)}, `${run.name} (${run.recipe})`);
  const line = view.about.ancestors.length || view.about.children.length;
  fill(
    view.facts,
    line
      ? h(
          "section",
          {},
          h("h3", {}, t("runs.lineage")),
          h(
            "p.lineage",
            {},
            view.about.ancestors.map((run) => [link(run), " → "]),
            h("b", {}, view.runs.find((run) => run.id === view.open)?.name || view.open),
            view.about.children.length ? [" → ", view.about.children.map((run) => link(run))] : null,
          ),
        )
      : null,
    triesPicture(view.about.tries),
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
