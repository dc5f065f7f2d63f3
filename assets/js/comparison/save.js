// What leaves the page as a file: a text that the lab wrote, or a picture of the page, as SVG or drawn into a PNG.

import {fill, h, svg} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {currentLanguage, localized, t} from "../core/words.js";

const TYPES = {
  csv: "text/csv",
  md: "text/markdown",
  tex: "application/x-tex",
  svg: "image/svg+xml",
  html: "text/html",
};
const SHARP = 2; // a PNG has so many dots for a dot of the page
const EDGE = 12; // around drawings that are saved together, and how high what stands above each is
const HEADING = 30;
const HEADING_FONT = "font: 600 13px ui-sans-serif, system-ui, sans-serif";
const STYLED = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "display",
  "visibility",
  "paint-order",
  "text-anchor",
  "stroke-linejoin",
  "stroke-linecap",
];

export function saveText(text, name, ending) {
  saveBlob(new Blob([text], {type: `${TYPES[ending] || "text/plain"};charset=utf-8`}), `${name}.${ending}`);
}

function saveBlob(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h("a", {href: address, download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

// the name of a file: of a comparison what letters it has, in any writing
export const fileName = (title) =>
  `${title || t("report.file_name")}`
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "parrot-lab";

// an SVG of the page as one that stands alone: what style sheets say of it is written into it
export function standalone(drawn) {
  const copy = drawn.cloneNode(true);
  const own = [drawn, ...drawn.querySelectorAll("*")];
  const others = [copy, ...copy.querySelectorAll("*")];
  own.forEach((one, i) => {
    const style = getComputedStyle(one);
    for (const name of STYLED) {
      const value = style.getPropertyValue(name);
      if (value) others[i].style.setProperty(name, value);
    }
    others[i].removeAttribute("class");
  });
  const {width, height} = drawn.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", Math.round(width));
  copy.setAttribute("height", Math.round(height));
  copy.prepend(ground());
  return new XMLSerializer().serializeToString(copy);
}

const groundColour = () => getComputedStyle(document.body).getPropertyValue("--lab-card").trim() || "#ffffff";

const ground = () => svg("rect", {width: "100%", height: "100%", fill: groundColour()});

// an SVG's text as a PNG
export async function savePng(text, name) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([text], {type: "image/svg+xml"}));
  await image.decode();
  const canvas = h("canvas", {width: image.naturalWidth * SHARP, height: image.naturalHeight * SHARP});
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  saveBlob(blob, `${name}.png`);
}

// a line of buttons: {words, kinds: [[label, data, save, help]]}; what goes wrong stands behind them
export function saveLine(words, kinds) {
  const trouble = h("span.problem.inline", {role: "alert", hidden: true});
  const press = (save) => async () => {
    const problem = await save().catch(() => t("report.no_picture"));
    trouble.hidden = !problem;
    trouble.textContent = problem || "";
  };
  return h(
    "div.save-line",
    {},
    h("span.soft", {}, words),
    kinds
      .filter(Boolean)
      .map(([label, data, save, help]) =>
        h("button.quiet.small", {type: "button", [`data-save-${data}`]: "", title: help, onclick: press(save)}, label),
      ),
    trouble,
  );
}

// what the lab makes of some runs; `then` is given its text and ending
export async function askExport(server, runs, asked, then) {
  const ids = runs.map((run) => run.id);
  const got = await callServer(server.export, {runs: ids, language: currentLanguage(), ...asked});
  if (got.problem) return got.problem;
  await then(got.text, got.ending);
  return null;
}

// the lines of a comparison: of its table, with a report, and of its curves
export function tableLine(server, runs, {together, title}) {
  if (!server.export) return null; // a recording: there is no lab to ask
  const save = (kind) => () =>
    askExport(server, runs, {kind, together}, (text, ending) => saveText(text, fileName(title), ending));
  const saveReplay = () =>
    askExport(server, runs, {kind: "replay"}, (text, ending) => saveText(text, `${fileName(title)}-replay`, ending));
  return saveLine(t("report.save_table"), [
    ["CSV", "csv", save("csv")],
    ["Markdown", "markdown", save("markdown")],
    ["LaTeX", "latex", save("latex")],
    [t("report.whole"), "report", save("html"), t("report.whole_help")],
    runs.every((run) => run.over) ? [t("report.replay"), "replay", saveReplay, t("report.replay_help")] : null,
  ]);
}

export function curvesLine(server, runs, {curve, title}) {
  if (!server.export) return null;
  const ask = (then) => () => askExport(server, runs, {kind: "svg", curve}, then);
  const name = `${fileName(title)}-${fileName(curve)}`;
  return saveLine(t("report.save_curves"), [
    ["SVG", "curves-svg", ask((text) => saveText(text, name, "svg"))],
    ["PNG", "curves-png", ask((text) => savePng(text, name))],
  ]);
}

// of a picture that the page has drawn
export const pictureLine = (find, {data, title}) => svgLine(() => (find() ? standalone(find()) : null), {data, title});

// of several, one below the other: `find` gives [[words above it, the SVG]]
export const picturesLine = (find, {data, title}) =>
  svgLine(() => (find().length ? stacked(find()) : null), {data, title});

function svgLine(make, {data, title}) {
  const save = (then) => async () => {
    const text = make();
    if (text) await then(text);
    return null;
  };
  const name = `${fileName(title)}-${data}`;
  return saveLine(t("report.save_plot"), [
    ["SVG", `${data}-svg`, save((text) => saveText(text, name, "svg"))],
    ["PNG", `${data}-png`, save((text) => savePng(text, name))],
  ]);
}

function stacked(drawings) {
  let below = 0;
  const parts = drawings.map(([words, drawn]) => {
    const {width, height} = drawn.getBoundingClientRect();
    const ink = getComputedStyle(drawn).color;
    const heading = svg("text", {x: EDGE, y: below + HEADING - 8, fill: ink, style: HEADING_FONT}, words);
    const picture = svg("g", {transform: `translate(${EDGE} ${below + HEADING})`});
    picture.innerHTML = standalone(drawn);
    below += HEADING + height;
    return {width, inside: [heading, picture]};
  });
  const width = Math.round(Math.max(...parts.map((part) => part.width)) + 2 * EDGE);
  const size = {width, height: Math.round(below + EDGE)};
  const whole = svg(
    "svg",
    {xmlns: "http://www.w3.org/2000/svg", ...size},
    ground(),
    parts.map((part) => part.inside),
  );
  return new XMLSerializer().serializeToString(whole);
}

// of charts that are drawn dot by dot, one below the other, as a PNG: `find` gives [{canvas, words above it, keys: what
// its lines are, [[words, colour]]}]
export function canvasesLine(find, {data, title}) {
  const save = async () => {
    const charts = find();
    if (!charts.length) return null;
    const sharp = devicePixelRatio || 1;
    const [edge, heading] = [EDGE * sharp, HEADING * sharp];
    const widest = Math.max(...charts.map(({canvas}) => canvas.width));
    const height = charts.reduce((sum, {canvas, keys}) => sum + (1 + keys.length) * heading + canvas.height, edge);
    const whole = h("canvas", {width: widest + 2 * edge, height});
    const context = whole.getContext("2d");
    const ink = getComputedStyle(document.body).color;
    context.fillStyle = groundColour();
    context.fillRect(0, 0, whole.width, whole.height);
    let below = 0;
    for (const {canvas, words, keys} of charts) {
      for (const [line, colour] of [[words, ink], ...keys]) {
        context.font = `${line === words ? 600 : 400} ${13 * sharp}px ui-sans-serif, system-ui, sans-serif`;
        context.fillStyle = colour;
        below += heading;
        context.fillText(line, edge, below - 8 * sharp, widest);
      }
      context.drawImage(canvas, edge, below);
      below += canvas.height;
    }
    saveBlob(await new Promise((resolve) => whole.toBlob(resolve, "image/png")), `${fileName(title)}-${data}.png`);
    return null;
  };
  return saveLine(t("report.save_curves"), [["PNG", `${data}-png`, save]]);
}

// below the curves and below the plot of a comparison: their buttons, drawn anew only where they would save others
export function pictureLines() {
  const parts = {savedCurves: h("div"), savedPlot: h("div")};
  let saved = "";
  const drawSaving = ({server, plotted, state: {runs, curve, title}}) => {
    const now = JSON.stringify([currentLanguage(), curve, title, runs.map((run) => run.id)]);
    if (saved === now) return;
    saved = now;
    fill(parts.savedCurves, curvesLine(server, runs, {curve, title: localized(title)}));
    fill(
      parts.savedPlot,
      pictureLine(() => plotted.querySelector("svg"), {data: "plot", title: localized(title)}),
    );
  };
  return {...parts, drawSaving};
}
