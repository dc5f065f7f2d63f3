import {equal, test} from "/tests/check.js";
import {gridOfFile, gridPicture, isGrid, nearest, textOrGrid} from "/scripts/core/grids.js";

const WHITE = Array(12).fill("0".repeat(12)).join("\n");
const EDGED = ["300000000001", ...Array(11).fill("0".repeat(12))].join("\n");

test("only twelve lines of twelve digits are a picture, fewer while it grows", () => {
  equal(
    [isGrid(WHITE), isGrid(WHITE + "\n0"), isGrid("hello"), isGrid(WHITE.replaceAll("\n", ""))],
    [true, false, false, false],
  );
  equal([isGrid("000000000000\n"), isGrid("000000000000\n", true), isGrid("00000", true)], [false, true, false]);
  equal([textOrGrid("hello"), textOrGrid(EDGED).dataset.grid], ["hello", EDGED]);
});

test("squares of one colour in a row are one rectangle, and wrong ones are marked", () => {
  equal(gridPicture(WHITE).querySelectorAll("rect").length, 12);
  equal(gridPicture(EDGED).querySelectorAll("rect").length, 14);
  equal(gridPicture(EDGED, {wanted: WHITE}).querySelectorAll("circle").length, 2);
});

test("a colour goes to the one of the palette that looks most like it", () => {
  equal([nearest([255, 255, 255]), nearest([250, 10, 10]), nearest([0, 0, 0])], [0, 3, 1]);
});

test("a picture file is scaled to the squares, and what is none gives nothing", async () => {
  const canvas = new OffscreenCanvas(48, 48);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#e03131";
  pen.fillRect(0, 0, 48, 24);
  const grid = await gridOfFile(await canvas.convertToBlob({type: "image/png"}));
  equal(grid, [...Array(6).fill("3".repeat(12)), ...Array(6).fill("0".repeat(12))].join("\n"));
  equal(await gridOfFile(new Blob(["no picture"])), null);
});
