// What can be done at each station of the loop: its main button, its scripts and settings.

import {h, selectOptions} from "../core/dom.js";
import {formatDuration, isNumber} from "../core/format.js";
import {currentLanguage, localized, t} from "../core/words.js";
import {ENOUGH, lacking, script, teacher} from "./teaching.js";

const SHORT = {steps: 12, batch: 32}; // of a policy: enough to see its reward begin to rise

const button = (view, name, main, words, press, off) =>
  h(
    main ? "button.primary" : "button",
    {"data-do": name, disabled: view.act.busy || Boolean(off), onclick: press},
    words,
  );

const whole = (view, name, low, high, value, words) =>
  h(
    "label.field.inline",
    {},
    h("span", {}, words),
    h("input", {
      inputmode: "numeric",
      "data-set": name,
      value: value ?? "",
      "aria-label": words,
      onchange: (event) => {
        const n = Math.round(Number(event.target.value));
        view.act.keep({
          [name]: event.target.value.trim() && Number.isFinite(n) ? Math.min(high, Math.max(low, n)) : null,
        });
        event.target.blur();
        view.act.draw();
      },
    }),
  );

const pick = (view, name, entries, value) =>
  h(
    "select",
    {
      "data-set": name,
      "aria-label": t(`rlhf.${name}`),
      onchange: (event) => {
        view.act.keep({[name]: event.target.value});
        event.target.blur();
        view.act.draw();
      },
    },
    selectOptions(entries, value),
  );

const more = (view, name, ...inside) =>
  h(
    "details.more",
    {
      open: Boolean(view.opened[name]),
      ontoggle: (event) => {
        view.opened[name] = event.target.open;
      },
    },
    h("summary", {}, t("rlhf.settings")),
    h("div.station-settings", {}, inside),
  );

const byScript = (view, what, count, work, off) =>
  h(
    "div.station-script",
    {},
    h("span", {title: t("rlhf.script_help")}, h("mark.scripted", {}, t("arena.scripted")), t(`rlhf.or_script_${what}`)),
    pick(
      view,
      "script",
      view.choices.scripts.map((one) => ({value: one.id, words: localized(one.name)})),
      script(view),
    ),
    whole(view, count, 1, 2000, view.act.settings[count] ?? 60, t("rlhf.times")),
    work?.busy
      ? h(
          "button",
          {
            "data-do": `stop_${what}`,
            onclick: () => view.act.at("stop_script", {script: script(view), count: 1, what}),
          },
          t("arena.stop"),
        )
      : h(
          "button",
          {
            "data-do": `script_${what}`,
            disabled: view.act.busy || off,
            onclick: () =>
              view.act.at("start_script", {script: script(view), count: view.act.settings[count] ?? 60, what}),
          },
          t("arena.go"),
        ),
    h(
      "small.soft",
      {"data-script-rule": ""},
      localized(view.choices.scripts.find((one) => one.id === script(view))?.explain) || "",
    ),
  );

const whose = (view) =>
  view.now.ratings.kinds.some((one) => one.scripted) && view.now.ratings.kinds.some((one) => one.people)
    ? h(
        "label.field",
        {},
        h("span", {}, t("rlhf.raters")),
        pick(
          view,
          "raters",
          ["all", "people", "scripted"].map((one) => ({value: one, words: t(`arena.by_${one}`)})),
          view.act.settings.raters,
        ),
      )
    : null;

const modelAsked = (view) => ({
  language: currentLanguage(),
  steps: view.act.settings.modelSteps,
  raters: view.act.settings.raters,
});

const policyAsked = (view, way) => ({
  language: currentLanguage(),
  objective: way.id,
  steps: view.act.settings.steps,
  batch: view.act.settings.batch,
  stray: view.act.settings.stray[way.id] ?? null,
  raters: view.act.settings.raters,
  model: view.act.settings.source === "model",
  script: view.act.settings.watch !== "none" ? view.act.settings.watch || script(view) : null,
});

// what is estimated before a click: the reward model, the policy, and the policy's short version
export const costsAsked = (view) => {
  const asked = policyAsked(view, teacher(view));
  return {model: modelAsked(view), policy: asked, short: {...asked, ...SHORT}};
};

const takes = (view, name) =>
  isNumber(view.act.costs[name])
    ? h("small.soft", {"data-takes": name}, t("rlhf.takes", {time: formatDuration(view.act.costs[name])}))
    : null;

const ratingsForm = (view, main) => [
  button(view, "rate", main, t("rlhf.rate"), () => view.act.toArena(view.now.base, view.now.base, "prompts")),
  byScript(view, "ratings", "votes", view.now.ratings.work),
];

const modelForm = (view, main) => [
  button(
    view,
    "model",
    main,
    t(view.now.model.usable ? "rlhf.model_again" : "rlhf.train_model"),
    () => view.act.at("submit", modelAsked(view)),
    view.now.ratings.missing || (view.now.model.run && !view.now.model.run.over),
  ),
  view.now.ratings.missing ? null : takes(view, "model"),
  more(
    view,
    "model",
    whose(view),
    whole(view, "modelSteps", 1, 100000, view.act.settings.modelSteps, t("rlhf.steps")),
    h("button.quiet.small", {onclick: () => view.act.toForm(modelAsked(view))}, t("rlhf.open_form")),
  ),
];

function policyForm(view, main) {
  const way = teacher(view);
  const running = view.now.policy && !view.now.policy.over;
  const ways = view.choices.policy_objectives.map((one) => ({value: one.id, words: localized(one.name)}));
  const start = () => view.act.at("submit", policyAsked(view, way));
  const short = () => view.act.at("submit", {...policyAsked(view, way), ...SHORT});
  return [
    h("label.field", {}, h("span", {}, t("rlhf.objective")), pick(view, "objective", ways, way.id)),
    running
      ? h("button", {"data-do": "stop", onclick: () => view.act.stop(view.now.policy.id)}, t("watch.stop_keep"))
      : button(
          view,
          "policy",
          main || (view.now.model.usable && !view.now.policy),
          t("rlhf.optimise"),
          start,
          lacking(view, way),
        ),
    running || lacking(view, way) ? null : takes(view, "policy"),
    running || !way.rewarded
      ? null
      : h(
          "div.station-script",
          {},
          button(view, "policy_short", false, t("rlhf.short"), short, lacking(view, way)),
          lacking(view, way) ? null : takes(view, "short"),
        ),
    more(view, "policy", policySettings(view, way)),
  ];
}

function policySettings(view, way) {
  const {settings} = view.act;
  return [
    h("p.explain", {}, localized(way.explain)),
    way.rewarded ? rewardSettings(view) : whose(view),
    way.price ? priceField(view, way) : null,
    whole(view, "steps", 1, 100000, settings.steps, t("rlhf.steps_usual", {n: way.steps})),
    way.rewarded ? whole(view, "batch", 4, 4096, settings.batch, t("rlhf.batch")) : null,
    h("button.quiet.small", {onclick: () => view.act.toForm(policyAsked(view, way))}, t("rlhf.open_form")),
  ];
}

// what rewards the policy, and which script is only watched
function rewardSettings(view) {
  const {settings} = view.act;
  const sources = ["model", "script"].map((one) => ({value: one, words: t(`rlhf.source_${one}`)}));
  const none = settings.source === "model" ? [{value: "none", words: t("rlhf.watch_none")}] : [];
  const scripts = view.choices.scripts.map((one) => ({value: one.id, words: localized(one.name)}));
  const watched = settings.watch || script(view);
  return [
    h("label.field", {}, h("span", {}, t("rlhf.source")), pick(view, "source", sources, settings.source)),
    h("label.field", {}, h("span", {}, t("rlhf.watch")), pick(view, "watch", [...none, ...scripts], watched)),
  ];
}

// what straying from the start costs
function priceField(view, {id, price, model_price: modelPrice}) {
  const {stray, source} = view.act.settings;
  const change = (event) => {
    const value = Number(event.target.value);
    const given = event.target.value.trim() && Number.isFinite(value);
    view.act.keep({stray: {...stray, [id]: given ? Math.max(0, value) : null}});
  };
  return h(
    "label.field",
    {title: localized(price.help)},
    h("span", {}, localized(price.label)),
    h("input", {
      inputmode: "decimal",
      "data-set": "stray",
      value: stray[id] ?? "",
      placeholder: (source === "model" && modelPrice) || price.default,
      onchange: change,
    }),
  );
}

function duelForm(view, main) {
  const {duel} = view.now;
  const ready = Boolean(duel.first);
  const enough = (duel.result?.votes || 0) >= ENOUGH;
  return [
    button(
      view,
      "duel",
      main && ready,
      t("rlhf.judge"),
      () => view.act.toArena(duel.first, duel.second, "held_out"),
      !ready,
    ),
    byScript(view, "duel", "duels", duel.work, !ready),
    ready ? button(view, "next", enough, t("rlhf.next_round"), () => view.act.goFrom(duel.second)) : null,
  ];
}

const FORMS = {ratings: ratingsForm, model: modelForm, policy: policyForm, duel: duelForm};

// main: whether the station's button is the one to press now
export const formOf = (view, name, main) => FORMS[name](view, main);
