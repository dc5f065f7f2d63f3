// The order of a table's rows, and which figures lead. Nothing here draws.

import {currentLanguage} from "../core/words.js";

// whether a row's figure is really the best of its column: better than the next by more than chance. Of a variant that
// is shown run by run no single run is.
export const leads = ({leader}, row) =>
  Boolean(leader?.real && leader.variant === row.runs[0].variant && row.runs.length > 1);

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
