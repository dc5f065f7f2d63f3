// What takes the disk: a table below the runs, and a line at the top of the page before it is full.

import {fill, h} from "../core/dom.js";
import {formatBytes} from "../core/format.js";
import {callServer, repeatWhileShown} from "../core/server.js";
import {onRedraw, t} from "../core/words.js";

const EVERY = 300_000;
const UNSEEN = 5_000;

function follow(place, server, draw) {
  const view = {place, found: null};
  onRedraw(() => draw(view));
  repeatWhileShown(place, async () => {
    const found = await callServer(server.disk);
    if (!found.problem) {
      view.found = found;
      draw(view);
    }
    return found.problem ? UNSEEN : EVERY;
  });
}

export const mountDisk = (place, server) => follow(place, server, drawTable);
export const mountNotice = (place, server) => follow(place, server, drawNotice);

function drawNotice({place, found}) {
  fill(place, found?.nearly ? h("p.warn", {role: "status", "data-disk-nearly": ""}, nearly(found)) : null);
}

const nearly = ({total, free, quota}) =>
  quota
    ? t("disk.nearly_quota", {total: formatBytes(total), quota: formatBytes(quota)})
    : t("disk.nearly_full", {free: formatBytes(free)});

function drawTable({place, found}) {
  if (!found) return;
  const kinds = Object.entries(found.kinds).toSorted((one, other) => other[1] - one[1]);
  fill(
    place,
    h(
      "details.more",
      {"data-disk": "", open: place.querySelector("details")?.open || null},
      h("summary", {}, t("disk.summary", {total: formatBytes(found.total), free: formatBytes(found.free)})),
      h(
        "table.results",
        {},
        h(
          "tbody",
          {},
          kinds.map(([kind, count]) =>
            h("tr", {}, h("th", {scope: "row"}, t(`disk.${kind}`)), h("td", {}, formatBytes(count))),
          ),
        ),
      ),
      h("p.soft", {}, t("disk.how")),
    ),
  );
}
