// pass@k as a picture: how often one of k tries is right on held-out problems, before and after.

import {h, svg} from "../core/dom.js";
import {t} from "../core/words.js";

const PASS = "pass@";
const [WIDE, HIGH, LEFT, FOOT, TOP] = [320, 170, 34, 24, 10];

// metrics by name, as [before, after]: the points of both moments as [tries, share], in the order of tries
export function triesOf(metrics) {
  const named = Object.entries(metrics || {}).filter(([name]) => name.startsWith(PASS));
  const at = (moment) =>
    named
      .map(([name, values]) => [Number(name.slice(PASS.length)), values[moment]])
      .filter(([, share]) => share !== null && share !== undefined)
      .toSorted((a, b) => a[0] - b[0]);
  return {before: at(0), after: at(1)};
}

// a section with the picture; nothing where nothing was measured
export function triesPicture(metrics) {
  const lines = triesOf(metrics);
  if (!lines.before.length && !lines.after.length) return null;
  const most = Math.max(...[...lines.before, ...lines.after].map(([tries]) => tries));
  const x = (tries) => LEFT + (Math.log2(tries) / Math.max(1, Math.log2(most))) * (WIDE - LEFT - 16);
  const y = (share) => TOP + (1 - share) * (HIGH - FOOT - TOP);
  const text = (words, at) => svg("text", {...at, "font-size": 11, fill: "currentColor"}, words);
  const line = (points, style) => [
    svg("polyline", {
      points: points.map(([tries, share]) => `${x(tries)},${y(share)}`).join(" "),
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 2,
      ...style,
    }),
    points.map(([tries, share]) => svg("circle", {cx: x(tries), cy: y(share), r: 3, fill: "currentColor", ...style})),
  ];
  const tries = [...new Set([...lines.before, ...lines.after].map(([count]) => count))];
  return h(
    "section",
    {"data-tries": ""},
    h("h3", {}, t("runs.tries")),
    h("p.soft", {}, t("runs.tries_help")),
    svg(
      "svg",
      {viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, role: "img", "aria-label": t("runs.tries")},
      [0, 0.5, 1].map((share) => [
        svg("line", {x1: LEFT, x2: WIDE - 8, y1: y(share), y2: y(share), stroke: "currentColor", opacity: 0.15}),
        text(`${100 * share} %`, {x: 0, y: y(share) + 4}),
      ]),
      tries.map((count) => text(`k = ${count}`, {x: x(count), y: HIGH - 6, "text-anchor": "middle"})),
      line(lines.before, {"stroke-dasharray": "4 3", opacity: 0.55}),
      line(lines.after, {}),
    ),
    h("p.soft", {}, t("runs.tries_lines")),
  );
}
