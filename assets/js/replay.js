// A recording of comparisons, played in a browser without a lab (lab/replay writes the page around it): the views of the
// lab over what its endpoints would have answered as the runs trained.

import {mountWatcher} from "./comparison/watcher.js";
import {choice} from "./core/controls.js";
import {fill, h} from "./core/dom.js";
import {localized, onRedraw, t} from "./core/words.js";
import {beginFrame, dataOf, mountFrame} from "./look/frame.js";
import {mountPlayer} from "./replay/player.js";
import {recordedServer, wholeTime} from "./replay/recorded.js";

const SOON = 200; // milliseconds between two looks while it plays

export function begin() {
  const {title, language, recordings} = dataOf("lab-recording");
  beginFrame(language);
  const view = {recordings, now: chosen(recordings), player: null, which: h("div"), bar: h("div.player"), place: null};
  const main = mountFrame(document.getElementById("look"), {
    what: () => [title ? `${title} · ` : "", t("look.recorded")],
  });
  view.main = h("div");
  fill(main, view.which, view.bar, view.main);
  onRedraw(() => drawWhich(view));
  drawWhich(view);
  open(view);
}

// the comparison that the address names, or the first
function chosen(recordings) {
  const asked = new URLSearchParams(location.search).get("show");
  return recordings.find((one) => one.id === asked) || recordings[0];
}

function drawWhich(view) {
  document.title = `${localized(view.now.watched.title)} · Parrot Lab`;
  if (view.recordings.length < 2) return;
  fill(
    view.which,
    choice({
      words: t("look.which"),
      data: "which",
      inline: true,
      options: view.recordings.map((one) => ({value: one.id, words: localized(one.watched.title)})),
      now: view.now.id,
      choose: (id) => {
        view.now = view.recordings.find((one) => one.id === id);
        drawWhich(view);
        open(view);
      },
    }),
  );
}

// each recording has a place of its own: what was there before is gone, and asks nothing any more
function open(view) {
  view.player?.stop();
  const place = h("div");
  fill(view.main, place);
  const what = view.now.what;
  let watcher = null;
  view.player = mountPlayer(fill(view.bar), {
    whole: wholeTime(view.now),
    changed: (back) => (back ? watcher.show(what) : watcher.refresh()),
  });
  const {player} = view;
  watcher = mountWatcher(
    place,
    recordedServer(view.now, () => player.time),
    {readOnly: true, soon: SOON},
  );
  watcher.show(what);
}
