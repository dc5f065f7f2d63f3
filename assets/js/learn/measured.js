// The measured table of methods: what each came to on a data set over seeds, as a plot and as a table, with filters.

import {pictureLine} from "../comparison/save.js";
import {familySwatch, inFamilies} from "../comparison/families.js";
import {choice} from "../core/controls.js";
import {fill, h} from "../core/dom.js";
import {formatCount, formatShare} from "../core/format.js";
import {callServer} from "../core/server.js";
import {sendLetter} from "../core/tabs.js";
import {localized, nameOf, t} from "../core/words.js";
import {drawMeasuredPlot} from "./measured_plot.js";
import {drawMeasuredTable} from "./measured_table.js";

const COSTS = ["forgetting", "parameters", "time"];
const ABLE = ["any", "mergeable", "adapter", "quantized", "equal"];

export function mountMeasured(server, show) {
  const view = {
    server,
    show,
    table: null,
    problem: null,
    data: null,
    cost: "forgetting",
    family: "",
    able: "any",
    find: "",
    order: null,
    up: false,
    pointed: null,
    added: new Set(),
    tools: h("div.table-tools"),
    plot: h("div.plot-box"),
    words: h("div.plot-words", {hidden: true}),
    box: h("div.scroll-x.tall"),
    foot: h("div.measured-foot"),
    place: h("section.measured", {hidden: true}),
  };
  view.redraw = () => drawBody(view);
  view.add = (score) => {
    sendLetter("form", {variants: [score.variant]});
    view.added.add(`${score.data} ${score.method}`);
    drawMeasuredTable(view, shown(view));
  };
  new ResizeObserver(() => view.table && !view.place.hidden && drawMeasuredPlot(view, shown(view))).observe(view.plot);
  return {place: view.place, toggle: (open) => toggle(view, open), draw: () => view.table && draw(view)};
}

async function toggle(view, open) {
  view.place.hidden = !open;
  if (open && !view.table) {
    fill(view.place, h("p.soft", {}, "…"));
    const got = await callServer(view.server.measured);
    view.problem = got.problem || null;
    view.table = got.problem || got.none ? null : got;
    view.data ??= view.table?.data[0].id;
  }
  draw(view);
}

export const dataOf = (view) => view.table.data.find((one) => one.id === view.data);

// the scores on the data set that pass the filters
export function shown(view) {
  const able = (one) => {
    if (view.able === "any") return true;
    return view.able === "equal" ? one.equal : view.table.methods[one.method][view.able];
  };
  const wanted = view.find.trim().toLowerCase();
  return view.table.scores.filter((one) => {
    const {name, family} = view.table.methods[one.method];
    const said = [one.method, name.en, name.zh, nameOf("family", family)];
    return (
      one.data === view.data &&
      able(one) &&
      (!view.family || family === view.family) &&
      (!wanted || said.some((words) => words.toLowerCase().includes(wanted)))
    );
  });
}

function draw(view) {
  if (view.place.hidden) return;
  if (!view.table)
    return fill(view.place, h(view.problem ? "p.problem" : "p.empty", {}, view.problem || t("measured.none")));
  fill(
    view.place,
    h("h3", {}, t("measured.title")),
    h("p.soft", {}, about(view)),
    view.tools,
    h("p.soft", {}, localized(dataOf(view).explain)),
    h("div.measured-plot", {}, view.plot, key(view)),
    pictureLine(() => view.plot.querySelector("svg"), {data: "measured", title: t("measured.title")}),
    view.box,
    view.foot,
  );
  drawTools(view);
  drawBody(view);
  drawFoot(view);
}

function drawBody(view) {
  const list = shown(view);
  drawMeasuredPlot(view, list);
  drawMeasuredTable(view, list);
}

function about({table}) {
  const seeds = table.scores.map((one) => one.accuracy.seeds);
  const [low, high] = [Math.min(...seeds), Math.max(...seeds)];
  return t("measured.about", {
    n: new Set(table.scores.map((one) => one.method)).size,
    base: table.base,
    count: table.parameters ? formatCount(table.parameters) : "–",
    steps: table.steps,
    seeds: low === high ? String(low) : `${low}–${high}`,
    planned: table.planned,
  });
}

function drawTools(view) {
  const set = (name) => (value) => {
    view[name] = value;
    draw(view);
  };
  const pick = (name, options) =>
    choice({
      words: t(`measured.${name}`),
      data: `measured-${name}`,
      inline: true,
      options: options.map(([value, words]) => ({value, words})),
      now: view[name],
      choose: set(name),
    });
  const families = inFamilies(new Set(Object.values(view.table.methods).map((one) => one.family)));
  const search = h("input", {
    type: "search",
    placeholder: t("learn.search"),
    "aria-label": t("learn.search"),
    value: view.find,
    "data-measured-find": "",
    oninput: () => {
      view.find = search.value;
      drawBody(view);
    },
  });
  fill(
    view.tools,
    h(
      "div.chips",
      {role: "group", "aria-label": t("measured.data")},
      view.table.data.map((one) =>
        h(
          "button.chip",
          {
            "data-measured-data": one.id,
            "aria-pressed": String(view.data === one.id),
            onclick: () => set("data")(one.id),
          },
          localized(one.name),
        ),
      ),
    ),
    pick("family", [["", t("measured.every_family")], ...families.map((name) => [name, nameOf("family", name)])]),
    pick(
      "able",
      ABLE.map((one) => [one, t(`measured.able_${one}`)]),
    ),
    pick(
      "cost",
      COSTS.map((one) => [one, t(`measured.cost_${one}`)]),
    ),
    search,
  );
}

const key = (view) => {
  const families = new Set(shown(view).map((one) => view.table.methods[one.method].family));
  return h(
    "div.plot-key",
    {},
    inFamilies(families).map((name) => h("span.key.soft", {}, familySwatch(name), nameOf("family", name))),
    h("span.key.soft", {}, h("i.front-line"), t("measured.front")),
  );
};

function drawFoot(view) {
  const {table} = view;
  const {start, asked, failed} = dataOf(view);
  const name = (method) => (table.methods[method] ? localized(table.methods[method].name) : method);
  fill(
    view.foot,
    h(
      "p.soft",
      {},
      t("measured.start", {
        asked,
        accuracy: formatShare(start.accuracy ?? NaN, 1),
        retained: formatShare(start.retained ?? NaN, 1),
      }),
    ),
    failed.length ? h("p.soft", {}, t("measured.failed", {names: failed.map(name).join(", ")})) : null,
    h("p.soft", {}, t("measured.legend", {count: table.parameters ? formatCount(table.parameters) : "–"})),
    h(
      "details",
      {},
      h("summary", {}, t("measured.repeat")),
      h(
        "p.soft",
        {},
        t("measured.repeat_words", {
          date: table.recorded,
          torch: table.versions.torch || "–",
          peft: table.versions.peft || "–",
        }),
      ),
      h(
        "pre",
        {},
        h(
          "code",
          {},
          "lab leaderboard measure\nlab leaderboard record --file leaderboard.json\nlab leaderboard --file leaderboard.json",
        ),
      ),
    ),
  );
}
