// The lower part of the form: what the variants would cost, the way to start them, and the recipe as YAML.

import {badRows} from "../core/bad_rows.js";
import {runColour, swatch} from "../core/colours.js";
import {fill, h} from "../core/dom.js";
import {formatBytes, formatDuration, formatShare} from "../core/format.js";
import {t} from "../core/words.js";

export const PAUSE = 350;

// What a stage's learning rate is, and whether a search finds it.
function rateWords({rates, origin}) {
  const shown = rates.length > 1 ? `${rates[0]} … ${rates.at(-1)}` : `${rates[0]}`;
  return origin === "recipe" ? shown : `${shown} (${t(`train.rate_from_${origin}`)})`;
}

export function drawFoot(view) {
  if (!view.fields) return;
  const plans = view.answer.plans || [];
  const most = (key) => Math.max(1e-9, ...plans.map((plan) => plan[key]));
  const bar = (plan, i, key, words) =>
    h(
      "span.cost",
      {},
      h("i", {style: `width:${Math.max(2, (100 * plan[key]) / most(key))}%;background:${runColour(i)}`}),
      h("b", {}, words),
    );
  fill(
    view.foot,
    plans.length && !view.problem
      ? h(
          "div.cost-list",
          {},
          h(
            "table.costs",
            {},
            h(
              "thead",
              {},
              h(
                "tr",
                {},
                h("th"),
                ["rate", "trains", "memory", "time"].map((key) =>
                  h("th", {title: t(`train.cost_${key}_help`)}, t(`train.cost_${key}`)),
                ),
              ),
            ),
            h(
              "tbody",
              {},
              plans.map((plan, i) => costRow(plan, i, bar)),
            ),
          ),
          plans.map((plan) => fitNote(plan, view)),
        )
      : null,
    view.bad ? badRows(view.bad, view.bad.goOn) : null,
    view.problem && !view.bad ? h("p.problem", {role: "alert", "data-problem": ""}, view.problem) : null,
    h(
      "button.primary.go",
      {type: "submit", "data-start": "", disabled: view.busy || Boolean(view.problem)},
      view.busy ? t("train.starting") : t("train.start", {n: view.fields ? view.fields.variants.length : ""}),
    ),
  );
}

function costRow(plan, i, bar) {
  const seconds =
    plan.seconds === null ? t("train.time_unknown") : bar(plan, i, "seconds", formatDuration(plan.seconds));
  return h(
    "tr",
    {},
    h("td.name", {}, swatch(i)),
    h("td.soft", {"data-rates": ""}, plan.rates.map(rateWords).join(" → ")),
    h("td", {}, bar(plan, i, "share", formatShare(plan.share, 1))),
    h("td", {}, bar(plan, i, "memory", formatBytes(plan.memory))),
    h("td", {}, seconds),
  );
}

// whether a variant fits: said where a device is named, and where it does not fit this machine
function fitNote(plan, view) {
  const {fit} = plan;
  if (!fit || (fit.fits && !view.device)) return null;
  const words = {
    name: plan.name,
    device: fit.device,
    memory: formatBytes(plan.memory),
    room: formatBytes(fit.usable),
    ways: fit.advice.map((one) => `${one.changes} (${formatBytes(one.memory)})`).join("; "),
  };
  const key = fit.fits ? "fits" : fit.advice.length ? "fits_not" : "fits_never";
  return h(fit.fits ? "p.soft" : "p.problem", {"data-fit": String(fit.fits)}, t(`train.${key}`, words));
}

export function drawCode(view) {
  if (!view.fields) return;
  const open = view.code.open;
  const area = view.code.querySelector("textarea");
  if (open && area && document.activeElement === area) {
    view.code.querySelector("code").textContent = view.answer.command || "";
    return;
  }
  const yaml = h("textarea", {
    rows: 16,
    spellcheck: "false",
    "aria-label": t("train.yaml"),
    oninput: () => {
      view.text = yaml.value;
      clearTimeout(view.timer);
      view.timer = setTimeout(view.actions.look, PAUSE);
    },
  });
  yaml.value = view.text ?? view.answer.text ?? "";
  fill(
    view.code,
    h("summary", {}, t("train.code")),
    h("p.soft", {}, t("train.command")),
    h("pre", {}, h("code", {}, view.answer.command || "")),
    h("p.soft", {}, t("train.yaml_help")),
    yaml,
  );
  view.code.open = open;
}
