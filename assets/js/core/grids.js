// Small pictures: 12 × 12 squares, written as lines of hexadecimal digits, a digit a colour; see lab/data/grids.py.

import {h, svg} from "./dom.js";
import {t} from "./words.js";

export const SIDE = 12;
const PALETTE = [
  "#ffffff",
  "#000000",
  "#9a9a9a",
  "#e03131",
  "#f08c00",
  "#ffd43b",
  "#2f9e44",
  "#66d9e8",
  "#1c6fd4",
  "#8e44ad",
  "#f783ac",
  "#7b4a21",
  "#f5deb3",
  "#0b5345",
  "#1b2a6b",
  "#b2f2bb",
];
const LINES = new RegExp(`^([0-9a-f]{${SIDE}}(\n|$)){1,${SIDE}}$`);

// whether a text is a picture, or with `growing` the first lines of one
export const isGrid = (text, growing = false) =>
  LINES.test(text) && (growing || text.split("\n").filter(Boolean).length === SIDE);

// a text as it is, or the picture that it is
export const textOrGrid = (text) => (isGrid(text) ? gridPicture(text) : text);

// the picture of a text; lines that are still to come are left open, squares that differ from `wanted` are marked
export function gridPicture(text, {wanted = "", name = t("picture.a_picture")} = {}) {
  const lines = text.split("\n").filter(Boolean);
  const right = wanted.split("\n");
  return svg(
    "svg",
    {class: "small-picture", viewBox: `0 0 ${SIDE} ${SIDE}`, role: "img", "aria-label": name, "data-grid": text},
    lines.flatMap((line, y) => runs(line).map(([digit, x, width]) => square(digit, x, y, width))),
    wanted
      ? lines.flatMap((line, y) =>
          [...line].map((digit, x) =>
            digit === right[y]?.[x] ? null : svg("circle", {cx: x + 0.5, cy: y + 0.5, r: 0.2, class: "wrong"}),
          ),
        )
      : null,
  );
}

// a picture that can be clicked
export const pictureButton = (text, click, title) =>
  h(
    "button.picture-button",
    {type: "button", title, "aria-label": title, onclick: () => click(text)},
    gridPicture(text),
  );

// a picture file in the palette's nearest colours, as the lab reads it; null for what is no picture
export async function gridOfFile(file) {
  try {
    const image = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(SIDE, SIDE);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, SIDE, SIDE);
    pen.imageSmoothingEnabled = image.width > SIDE || image.height > SIDE;
    pen.imageSmoothingQuality = "high";
    pen.drawImage(image, 0, 0, SIDE, SIDE);
    const dots = pen.getImageData(0, 0, SIDE, SIDE).data;
    const digits = Array.from({length: SIDE * SIDE}, (_, i) => nearest(dots.slice(4 * i, 4 * i + 3)).toString(16));
    return Array.from({length: SIDE}, (_, y) => digits.slice(y * SIDE, (y + 1) * SIDE).join("")).join("\n");
  } catch {
    return null;
  }
}

// the colour of the palette that looks most like this one; weighed as lab/data/grids.py does
export function nearest([red, green, blue]) {
  const apart = PALETTE.map((colour) => {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    return 3 * (r - red) ** 2 + 4 * (g - green) ** 2 + 2 * (b - blue) ** 2;
  });
  return apart.indexOf(Math.min(...apart));
}

// a little wider and higher than they are, so that no gaps show
const square = (digit, x, y, width) =>
  svg("rect", {x, y, width: width + 0.02, height: 1.02, fill: PALETTE[parseInt(digit, 16)]});

// squares of one colour in a row: [digit, where they begin, how many]
function runs(line) {
  const found = [];
  for (const [x, digit] of [...line].entries()) {
    if (found.at(-1)?.[0] === digit) found.at(-1)[2] += 1;
    else found.push([digit, x, 1]);
  }
  return found;
}
