// The list of comparisons: a card each with a picture of its curves. A card opens its comparison.

import {nothingYet, pickBox, shownComparisons, star, tagList} from "./list.js";
import {runColour} from "../core/colours.js";
import {fill, h, keepFocus, svg} from "../core/dom.js";
import {formatBytes, formatTime} from "../core/format.js";
import {callServer} from "../core/server.js";
import {comma, localized, nameOf, t} from "../core/words.js";

const AT_ONCE = 24; // cards; as many pictures are asked for at a time
const NAMES = 4;

export function mountGallery(view) {
  const gallery = {
    view,
    all: null,
    problem: null,
    most: AT_ONCE,
    lines: new Map(),
    size: [1, 1],
    place: h("div.gallery", {hidden: true}),
  };
  return {place: gallery.place, draw: () => draw(gallery), refresh: () => refresh(gallery)};
}

async function refresh(gallery) {
  if (gallery.view.mode !== "comparisons") return;
  const got = await callServer(gallery.view.server.list_comparisons);
  gallery.problem = got.problem || null;
  if (!gallery.problem) gallery.all = got.comparisons;
  draw(gallery);
  await fetchPictures(gallery);
}

const shown = (gallery) => shownComparisons(gallery.view, gallery.all || []).slice(0, gallery.most);

// those that are not drawn yet, and those that still grow
async function fetchPictures(gallery) {
  const wanted = shown(gallery)
    .filter((one) => !one.over || !gallery.lines.get(one.id)?.over)
    .slice(0, AT_ONCE);
  if (!wanted.length) return;
  const got = await callServer(gallery.view.server.thumbnails, {comparisons: wanted.map((one) => one.id)});
  if (got.problem) return;
  gallery.size = got.size;
  for (const one of wanted) gallery.lines.set(one.id, {over: one.over, lines: got.lines[one.id] || []});
  draw(gallery);
}

function draw(gallery) {
  const {view, place} = gallery;
  if (gallery.problem) return fill(place, h("p.problem", {role: "alert"}, gallery.problem));
  if (!gallery.all) return fill(place, h("p.soft", {}, t("watch.looking")));
  if (!gallery.all.length) return fill(place, nothingYet());
  const found = shownComparisons(view, gallery.all);
  keepFocus(place, () =>
    fill(
      place,
      h(
        "ul.cards",
        {},
        found.slice(0, gallery.most).map((one) => card(gallery, one)),
      ),
      found.length ? null : h("p.empty", {}, t("runs.none_match")),
      found.length > gallery.most ? more(gallery, found.length - gallery.most) : null,
    ),
  );
}

const more = (gallery, n) =>
  h(
    "button",
    {
      "data-more": "",
      onclick: () => {
        gallery.most += AT_ONCE;
        draw(gallery);
        fetchPictures(gallery);
      },
    },
    t("runs.more", {n}),
  );

function card(gallery, one) {
  const {view} = gallery;
  const name = localized(one.name);
  return h(
    "li.comparison-card",
    {"data-comparison": one.id, "data-picked": view.picked.has(one.id) ? "" : null},
    pickBox(view, one.id, name),
    h(
      "button.open",
      {type: "button", "data-open-comparison": one.id, onclick: () => view.actions.go({compare: one.id})},
      picture(gallery, one),
      h("b", {}, name, star(one)),
      h("span.soft", {}, namesOf(one)),
      h(
        "small.soft",
        {},
        t("runs.card", {
          n: one.runs,
          base: one.base,
          objective: one.objectives.join(comma()),
          when: formatTime(one.created),
          size: formatBytes(one.disk),
        }),
      ),
      one.tags.length ? h("span", {}, tagList(one.tags)) : null,
      one.imported
        ? h("small.soft", {"data-imported": one.imported}, t("giving.imported", {from: one.imported}))
        : null,
      h("span.statuses", {}, statuses(one)),
    ),
  );
}

const statuses = (one) =>
  Object.entries(one.statuses).map(([status, n]) =>
    h("span.status", {"data-status": status}, `${n} ${nameOf("status", status)}`),
  );

function namesOf(one) {
  const names = one.variants.slice(0, NAMES).map(localized).join(comma());
  const rest = one.variants.length - NAMES;
  return rest > 0 ? t("runs.and_more", {names, n: rest}) : names;
}

function picture(gallery, one) {
  const {lines} = gallery.lines.get(one.id) || {lines: []};
  const [width, height] = gallery.size;
  return svg(
    "svg",
    {
      viewBox: `-3 -3 ${width + 6} ${height + 6}`,
      class: "thumbnail",
      role: "img",
      "aria-label": t("runs.picture", {name: localized(one.name)}),
      preserveAspectRatio: "none",
    },
    lines.map(([place, points]) =>
      svg("polyline", {points, style: `stroke:${runColour(place)}`, "vector-effect": "non-scaling-stroke"}),
    ),
  );
}
