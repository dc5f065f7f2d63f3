// The order of a table's rows and its best figures. Nothing here draws.

import {isNumber} from "../core/format.js";
import {currentLanguage} from "../core/words.js";

// the best figure of a column, where rows differ
export function best(column, shown) {
  const known = column.marked ? shown.map(column.worth).filter(isNumber) : [];
  const low = Math.min(...known);
  const high = Math.max(...known);
  return known.length > 1 && low < high ? (column.lowest ? low : high) : null;
}

// the best first where one is best
const starts = (column) => !column.marked || Boolean(column.lowest);

// rows in the order of a column, or as they came; what is not known stands last
export function sorted(list, column, up) {
  if (!column) return list;
  const known = (row) => {
    const worth = column.worth(row);
    return worth === null || worth === undefined || worth === "–" ? null : worth;
  };
  return list.toSorted((a, b) => {
    const [x, y] = [known(a), known(b)];
    if (x === null || y === null) return (x === null) - (y === null);
    const numbers = typeof x === "number" && typeof y === "number";
    const first = numbers ? x - y : String(x).localeCompare(String(y), currentLanguage());
    return up ? first : -first;
  });
}

// the next order after a click on a column: its own best first, then the other way about, then as they came
export function nextOrder({order, up}, column) {
  if (order !== column.key) return {order: column.key, up: starts(column)};
  return up === starts(column) ? {order, up: !up} : {order: null, up};
}
