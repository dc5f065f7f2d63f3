// What runs answer to the same questions as they learn, side by side.

import {runColour} from "../core/colours.js";
import {h} from "../core/dom.js";
import {textOrGrid} from "../core/grids.js";
import {rightAnswer, rightMark, rightWord} from "../core/right.js";
import {localized, t} from "../core/words.js";

// prompts: Map position -> {prompt, wanted}; samples: Map run -> Map position -> Map step -> {text, right}; shown as of a
// step
export function sampleGrid(runs, prompts, samples, asOf) {
  const latest = (run, position) => {
    const steps = [...(samples[run]?.get(position)?.keys() || [])].filter((step) => step <= asOf);
    return steps.length ? Math.max(...steps) : null;
  };
  return h(
    "div.samples",
    {},
    [...prompts.entries()]
      .toSorted((a, b) => a[0] - b[0])
      .map(([position, {prompt, wanted}]) =>
        h(
          "section.sample",
          {},
          h("p.prompt", {}, textOrGrid(prompt)),
          rightAnswer(wanted),
          h(
            "div.columns",
            {style: `--columns:${runs.length}`},
            runs.map((run, i) => {
              const step = latest(i, position);
              const answer = step === null ? null : samples[i].get(position).get(step);
              return h(
                "div.column",
                {style: `--mine:${runColour(run.place)}`, "data-sample": run.id},
                h(
                  "div.column-name",
                  {},
                  localized(run.name),
                  step === null ? null : h("small", {}, t("watch.at_step", {step})),
                ),
                answer === null
                  ? h("p.soft", {}, t("watch.no_sample"))
                  : h(
                      "p.answer",
                      {"data-right": rightWord(answer.right)},
                      textOrGrid(answer.text.trim()) || t("watch.silent"),
                      rightMark(answer.right),
                    ),
              );
            }),
          ),
        ),
      ),
  );
}
