// The advisor: questions about a task, and the ways that fit the answers, each with what speaks for and against it, its
// cost, and a recipe for the Train form. The answers are remembered in the browser.

import {fill, h, selectOptions} from "../core/dom.js";
import {formatBytes, formatDuration, formatShare, isNumber} from "../core/format.js";
import {callServer} from "../core/server.js";
import {sendLetter} from "../core/tabs.js";
import {comma, currentLanguage, localized, t} from "../core/words.js";
import {networkPicture} from "./network.js";

const KEPT = "lab.advice";
const HERE = "this";
const PAUSE = 500; // until a device that is being typed is taken
const FOR = 3;
const AGAINST = 2;

export async function openAdvisor(view) {
  if (!view.asked) {
    drawAdvisor(view);
    const got = await callServer(view.server.questions);
    if (got.problem) return fill(view.advisor, h("p.problem", {role: "alert"}, got.problem));
    view.asked = got;
    view.answers = remembered(got);
  }
  drawAdvisor(view);
  if (!view.advice) consult(view);
}

// whole: in another language, or for the first time
export function drawAdvisor(view) {
  view.advisor.hidden = !view.advising || !view.map;
  if (view.advisor.hidden) return;
  if (!view.asked) return fill(view.advisor, h("p.soft", {}, "…"));
  view.counsel = h("div.counsel", {"aria-live": "polite"});
  fill(view.advisor, questions(view), view.counsel);
  drawCounsel(view);
}

async function consult(view) {
  const mine = ++view.round;
  localStorage.setItem(KEPT, JSON.stringify(view.answers));
  view.counsel?.setAttribute("aria-busy", "true");
  const got = await callServer(view.server.advise, view.answers);
  if (mine !== view.round) return;
  view.advice = got;
  drawCounsel(view);
}

// what was answered last, as far as it is still asked; the first answer of a question else
function remembered({questions: asked, bases}) {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEPT));
  } catch {
    localStorage.removeItem(KEPT);
  }
  const known = (name, choices) => (choices.includes(kept?.[name]) ? kept[name] : choices[0]);
  const answers = Object.fromEntries(Object.entries(asked).map(([name, choices]) => [name, known(name, choices)]));
  answers.amount = ["some", ...asked.amount].find((one) => one === kept?.amount) || "some";
  answers.device = typeof kept?.device === "string" && kept.device ? kept.device.slice(0, 60) : HERE;
  answers.base = known(
    "base",
    bases.map((one) => one.id),
  );
  return answers;
}

function answer(view, given) {
  view.answers = {...view.answers, ...given};
  consult(view);
}

const questions = (view) =>
  h(
    "div.questions",
    {},
    h("h3", {}, t("advice.title")),
    h("p.soft", {}, t("advice.intro")),
    Object.entries(view.asked.questions).map(([name, choices]) =>
      question(
        name,
        choices.map((choice) =>
          option(view, name, choice, t(`advice.${name}_${choice}`), view.answers[name] === choice, () =>
            answer(view, {[name]: choice}),
          ),
        ),
      ),
    ),
    device(view),
    view.asked.bases.length > 1 ? base(view) : null,
  );

const question = (name, options) =>
  h("fieldset", {}, h("legend", {}, t(`advice.ask_${name}`)), h("div.answers", {}, options));

const option = (view, name, choice, words, checked, chosen) =>
  h(
    "label.answer",
    {"data-answer": `${name}-${choice}`},
    h("input", {type: "radio", name: `advice-${name}`, value: choice, checked, onchange: chosen}),
    h("span.chip", {}, words),
  );

function device(view) {
  const other = view.answers.device !== HERE;
  const name = h("input.device", {
    type: "text",
    maxlength: 60,
    value: other ? view.answers.device : "",
    placeholder: t("advice.device_name"),
    "aria-label": t("advice.device_other"),
    "data-device": "",
    oninput: () => {
      clearTimeout(view.typing);
      view.typing = setTimeout(() => name.value.trim() && answer(view, {device: name.value.trim()}), PAUSE);
    },
  });
  name.hidden = !other;
  const elsewhere = () => {
    name.hidden = false;
    name.focus();
    if (name.value.trim()) answer(view, {device: name.value.trim()});
  };
  const here = () => {
    clearTimeout(view.typing);
    name.hidden = true;
    answer(view, {device: HERE});
  };
  return question("device", [
    option(view, "device", HERE, t("advice.device_this"), !other, here),
    option(view, "device", "other", t("advice.device_other"), other, elsewhere),
    name,
  ]);
}

function base(view) {
  const entries = view.asked.bases.map((one) => ({
    value: one.id,
    words: one.name ? localized(one.name) : `${one.recipe} · ${one.run}`,
  }));
  const choice = h(
    "select",
    {"aria-label": t("advice.ask_base"), onchange: () => answer(view, {base: choice.value})},
    selectOptions(entries, view.answers.base),
  );
  return question("base", [choice]);
}

function drawCounsel(view) {
  if (!view.counsel) return;
  view.counsel.removeAttribute("aria-busy");
  const got = view.advice;
  if (!got) return fill(view.counsel, h("p.soft", {}, t("advice.thinking")));
  if (got.problem) return fill(view.counsel, h("p.problem", {role: "alert"}, got.problem));
  fill(
    view.counsel,
    h("h3", {}, t("advice.ranked")),
    h(
      "ol",
      {},
      got.advised.map((one, place) => advised(view, one, place)),
    ),
    h(
      "div.next",
      {},
      got.beside ? tryButton(got.beside, t("advice.try_beside", {n: got.count}), {"data-try-beside": ""}) : null,
      h("span.soft", {}, t("advice.note")),
    ),
  );
}

const advised = (view, one, place) =>
  h(
    "li.advised",
    {"data-advised": one.method},
    h("div.advised-net", {}, networkPicture(one.parts)),
    h(
      "div.advised-words",
      {},
      h("b", {}, `${place + 1}. ${localized(one.title)}`),
      h("small.soft", {}, costs(one)),
      h(
        "ul.reasons",
        {},
        one.pros.slice(0, FOR).map((reason) => told(reason, "pro")),
        one.cons.slice(0, AGAINST).map((reason) => told(reason, "con")),
        h("li.warn", {}, t("advice.think_twice"), t("page.colon"), localized(one.think_twice)),
      ),
      h(
        "details",
        {},
        h("summary", {}, t("advice.sources")),
        h(
          "ul.reasons",
          {},
          one.pros.map((reason) => told(reason, "pro", true)),
          one.cons.map((reason) => told(reason, "con", true)),
        ),
      ),
      h(
        "div.advised-next",
        {},
        tryButton(one.fields, t("advice.try"), {"data-try-advised": one.method, class: place ? null : "primary"}),
        h(
          "button",
          {"data-about": one.method, onclick: () => view.actions.show(one.method)},
          t("advice.about", {name: localized(one.name)}),
        ),
      ),
    ),
  );

const told = (reason, kind, whole) =>
  h(
    `li.${kind}`,
    {title: whole ? null : t("advice.source", {source: localized(reason.source)})},
    sentence(localized(reason.says)),
    whole ? h("small.soft", {}, " ", localized(reason.source)) : null,
  );

function costs(one) {
  const figures = {memory: formatBytes(one.memory), size: formatBytes(one.size), time: formatDuration(one.seconds)};
  return [
    t(isNumber(one.seconds) ? "advice.cost" : "advice.cost_untimed", figures),
    t("advice.trains", {share: formatShare(one.share, 1)}),
    one.unfit ? t("advice.no_fit", {device: one.unfit}) : null,
  ]
    .filter(Boolean)
    .join(comma());
}

const tryButton = (fields, words, more) =>
  h(
    "button",
    {
      ...more,
      title: t("advice.try_help"),
      onclick: () => sendLetter("form", {fields: structuredClone(fields[currentLanguage()] || fields.en)}, "train"),
    },
    words,
  );

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1) + t("page.stop");
