// The advisor: five questions about a task, three methods with reasons.

import {fill, h} from "../core/dom.js";
import {formatBytes, formatShare} from "../core/format.js";
import {callServer} from "../core/server.js";
import {localized, t} from "../core/words.js";
import {networkPicture} from "./network.js";

const QUESTIONS = {
  data: ["few", "some", "many"],
  memory: ["tight", "plenty"],
  distance: ["near", "middle", "far"],
  versions: ["one", "several"],
  feedback: ["answers", "thumbs", "pairs", "score"],
};

export async function consult(view) {
  const mine = ++view.round;
  const got = await callServer(view.server.advise, view.answers);
  if (mine !== view.round) return;
  view.advice = got;
  drawAdvisor(view);
}

export function drawAdvisor(view) {
  view.advisor.hidden = !view.advising || !view.map;
  if (view.advisor.hidden || !view.advice) return;
  fill(
    view.advisor,
    h(
      "div.questions",
      {},
      Object.entries(QUESTIONS).map(([name, choices]) =>
        h(
          "fieldset",
          {},
          h("legend", {}, t(`learn.ask_${name}`)),
          h(
            "div.answers",
            {},
            choices.map((choice) =>
              h(
                "button.chip",
                {
                  "data-answer": `${name}-${choice}`,
                  "aria-pressed": String(view.answers[name] === choice),
                  onclick: () => {
                    view.answers = {...view.answers, [name]: choice};
                    drawAdvisor(view);
                    consult(view);
                  },
                },
                t(`learn.${name}_${choice}`),
              ),
            ),
          ),
        ),
      ),
    ),
    view.advice.problem ? h("p.problem", {role: "alert"}, view.advice.problem) : counsel(view),
  );
}

function counsel(view) {
  const best = view.advice.methods.map(({id, reasons}) => [view.map.methods.find((one) => one.id === id), reasons]);
  const why = (one, reasons) =>
    reasons
      .map((reason) =>
        t(`learn.why_${reason}`, {share: formatShare(one.trainable, one.of), size: formatBytes(one.bytes)}),
      )
      .join(t("page.semicolon"));
  return h(
    "div.counsel",
    {},
    h("h3", {}, t("learn.advice")),
    h(
      "ol",
      {},
      best.map(([one, reasons]) =>
        h(
          "li",
          {},
          h(
            "button.advised",
            {"data-advised": one.id, onclick: () => view.actions.show(one.id)},
            networkPicture(one.parts),
            h(
              "span.tile-words",
              {},
              h("b", {}, localized(one.name)),
              h("span", {}, sentence(why(one, reasons))),
              h("small", {}, t("learn.use_when"), t("page.colon"), localized(one.good)),
            ),
          ),
        ),
      ),
    ),
    h(
      "p",
      {},
      t("learn.objectives"),
      " ",
      view.advice.objectives
        .map((id) => view.map.objectives.find((one) => one.id === id))
        .map((one) => h("button.chip", {onclick: () => view.actions.show(one.id)}, localized(one.name))),
    ),
    h(
      "div.next",
      {},
      h(
        "button.primary",
        {
          "data-try-three": "",
          title: t("learn.try_help"),
          onclick: () =>
            view.actions.tryIt({methods: best.map(([one]) => one.id), objective: view.advice.objectives[0]}),
        },
        t("learn.try_three"),
      ),
      h("span.soft", {}, t("learn.advice_note")),
    ),
  );
}

const sentence = (words) => words.charAt(0).toUpperCase() + words.slice(1) + t("page.stop");
