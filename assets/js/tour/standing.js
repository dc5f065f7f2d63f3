// Where the tour's panel stands: beside what it speaks of, not over it. Plain numbers, in pixels of the window.

const GAP = 14; // between the panel and what it speaks of
const EDGE = 12; // between the panel and the window's edge
export const NARROW = 900; // of a window so wide or less the panel takes the lower edge (assets/css/88_tour.css)

// the smallest box around several; null for none
export function around(boxes) {
  if (!boxes.length) return null;
  const [left, top] = ["left", "top"].map((side) => Math.min(...boxes.map((one) => one[side])));
  const [right, bottom] = ["right", "bottom"].map((side) => Math.max(...boxes.map((one) => one[side])));
  return {left, top, right, bottom};
}

// {left, top} for a panel of {width, height} in a window of {width, height}; in the lower right corner where there is
// nothing to stand beside, or no room for it; null in a narrow window
export function standing(target, panel, screen) {
  if (screen.width <= NARROW) return null;
  const corner = {left: screen.width - panel.width - EDGE, top: screen.height - panel.height - EDGE};
  if (!target || target.bottom < 0 || target.top > screen.height) return corner;
  const within = (value, most) => Math.max(EDGE, Math.min(value, most));
  const [across, down] = [within(target.left, corner.left), within(target.top, corner.top)];
  const places = [
    {left: target.right + GAP, top: down},
    {left: target.left - GAP - panel.width, top: down},
    {left: across, top: target.bottom + GAP},
    {left: across, top: target.top - GAP - panel.height},
  ];
  const fits = ({left, top}) => left >= EDGE && left <= corner.left && top >= EDGE && top <= corner.top;
  return places.find(fits) || corner;
}
