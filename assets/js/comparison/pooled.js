// Variants over several tasks: the interquartile mean of their scores, and how probably a run of each is better than one
// of the best. Nothing where a comparison has fewer than two tasks.

import {fill, h} from "../core/dom.js";
import {formatFigure, isNumber} from "../core/format.js";
import {callServer} from "../core/server.js";
import {comma, localized, nameOf, onRedraw, t} from "../core/words.js";
import {reachable} from "../core/scrolling.js";

// draw(state) asks for what is new once all runs of a comparison are over
export function mountPooled(place, server) {
  const view = {place, server, asked: "", found: null};
  onRedraw(() => place.isConnected && redraw(view));
  return {draw: (state) => draw(view, state)};
}

async function draw(view, {over, what, runs}) {
  const wanted =
    over && runs.length > 1 ? `${JSON.stringify(what)} ${runs.filter((run) => run.status === "done").length}` : "";
  if (view.asked === wanted) return;
  Object.assign(view, {asked: wanted, found: null});
  const got = wanted ? await callServer(view.server.pooled, what) : {};
  if (view.asked !== wanted) return;
  view.found = got.pooled || null;
  if (got.problem) view.asked = "";
  redraw(view);
}

function redraw({place, found}) {
  if (!found) return fill(place);
  fill(
    place,
    h("h3", {}, t("result.pooled", {n: found.tasks.length})),
    h(
      "p.soft",
      {},
      t("result.pooled_help", {
        tasks: found.tasks.map((task) => nameOf("task", task)).join(comma()),
        name: localized(found.reference),
      }),
    ),
    reachable(
      h(
        "div.scroll-x",
        {},
        h(
          "table.results.pooled",
          {},
          h(
            "thead",
            {},
            h(
              "tr",
              {},
              h("th", {scope: "col"}, t("result.variant")),
              h("th", {scope: "col", title: t("result.iqm_help")}, t("result.iqm")),
              h("th", {scope: "col", title: t("result.improvement_help")}, t("result.improvement")),
            ),
          ),
          h("tbody", {}, found.variants.map(row)),
        ),
      ),
    ),
    found.variants.some((one) => one.runs < 2) ? h("p.soft", {}, t("result.pooled_one_seed")) : null,
  );
}

const row = (one) =>
  h(
    "tr",
    {"data-pooled": one.variant},
    h("td.name", {}, h("span", {}, localized(one.variant))),
    h("td", {}, h("b", {}, formatFigure(one.mean.value, 2)), between(one.mean)),
    h(
      "td",
      {},
      one.improvement ? [formatFigure(one.improvement.value, 2), between(one.improvement)] : "–",
      one.improvement && one.verdict === "unsure" ? h("small", {}, ` ${t("result.unsure")}`) : null,
    ),
  );

const between = ({low, high}) =>
  isNumber(low) ? h("small.interval", {}, ` ${formatFigure(low, 2)}–${formatFigure(high, 2)}`) : null;
