// Of the form: what the variants would cost and the way to start them, and the recipe as YAML.

import {badRows} from "../core/bad_rows.js";
import {runColour, swatch} from "../core/colours.js";
import {fill, h, keepFocus} from "../core/dom.js";
import {formatBytes, formatDuration, formatShare, isNumber} from "../core/format.js";
import {localized, t} from "../core/words.js";
import {seedsOffer, startWords} from "./advanced.js";
import {fold} from "./controls.js";
import {reachable} from "../core/scrolling.js";

export const PAUSE = 350;

// What a stage's learning rate is, and whether a search finds it.
function rateWords({rates, origin}) {
  const shown = rates.length > 1 ? `${rates[0]} … ${rates.at(-1)}` : `${rates[0]}`;
  return origin === "recipe" ? shown : `${shown} (${t(`train.rate_from_${origin}`)})`;
}

export function drawGo(view) {
  if (!view.fields) return;
  keepFocus(view.go, () =>
    fill(
      view.go,
      view.problem ? null : [costs(view), seedsOffer(view)],
      view.bad ? badRows(view.bad, view.bad.goOn) : null,
      view.problem && !view.bad ? h("p.problem", {role: "alert", "data-problem": ""}, view.problem) : null,
      h(
        "button.primary.go",
        {type: "submit", "data-start": "", disabled: view.busy || Boolean(view.problem)},
        view.busy ? t("train.starting") : startWords(view),
      ),
    ),
  );
}

// the whole time in a line, and behind it a row a variant; the rows stand empty until the lab has answered, so that
// nothing moves when it does
function costs(view) {
  const plans = view.answer.plans || view.fields.variants.map(() => null);
  const known = plans.filter(Boolean);
  const most = (key) => Math.max(1e-9, ...known.map((plan) => plan[key]));
  const bar = (plan, i, key, words) =>
    h(
      "span.cost",
      {},
      h("i", {style: `width:${Math.max(2, (100 * plan[key]) / most(key))}%;background:${runColour(plan.place)}`}),
      h("b", {}, words),
    );
  const {seconds} = view.answer;
  const whole = isNumber(seconds) ? t("train.cost_all", {time: formatDuration(seconds)}) : t("train.cost");
  return [
    fold(
      view.folds,
      "costs",
      {kind: "details.cost-list", "data-costs": ""},
      h("span", {"data-whole-time": "", "data-seconds": seconds, title: t("train.cost_all_help")}, whole),
      reachable(
        h(
          "div.cost-rows",
          {},
          h(
            "table.costs",
            {},
            h("thead", {}, h("tr", {}, h("td"), ["rate", "trains", "memory", "time"].map(costHeading))),
            h(
              "tbody",
              {},
              plans.map((plan, i) => costRow(plan, i, bar, view.fields.variants[i])),
            ),
          ),
        ),
      ),
    ),
    known.map((plan) => fitNote(plan, view)),
  ];
}

const costHeading = (key) => h("th", {title: t(`train.cost_${key}_help`)}, t(`train.cost_${key}`));

// a variant's name stands above its rate: beside the figures there is no room for it
const costName = (name, runs) =>
  h("span.cost-name", {title: localized(name)}, runs > 1 ? h("small", {}, `${runs} × `) : null, localized(name));

function costRow(plan, i, bar, variant) {
  if (!plan)
    return h(
      "tr",
      {},
      h("td.name", {}, swatch(i)),
      h("td", {}, costName(localized(variant?.name) || "\u00a0"), h("small.soft", {}, "\u00a0")),
      h("td", {colspan: 3}, h("span.cost", {}, h("i"), "\u00a0")),
    );
  const rates = plan.rates.map(rateWords).join(" → ");
  const seconds =
    plan.seconds === null ? t("train.time_unknown") : bar(plan, i, "seconds", formatDuration(plan.seconds));
  return h(
    "tr",
    {"data-cost-of": plan.name},
    h("td.name", {}, swatch(plan.place)),
    h("td", {}, costName(localized(plan.name), plan.runs), h("small.soft", {"data-rates": "", title: rates}, rates)),
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
  view.code.hidden = !view.fields;
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
