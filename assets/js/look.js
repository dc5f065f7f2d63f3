// The page of `?show=…`: one comparison to look at, as it is now. It can only read: what it asks are GET requests to
// `look/` (lab/ui/look.py), and no button on it changes anything.

import {mountWatcher} from "./comparison/watcher.js";
import {fill, h} from "./core/dom.js";
import {localized, onRedraw, t} from "./core/words.js";
import {beginFrame, dataOf, isEmbedded, labAddress, mountFrame} from "./look/frame.js";
import {shareTools} from "./look/share.js";

const RUNNING = 2000; // milliseconds between two looks
const OVER = 60_000;

export function begin() {
  beginFrame();
  const asked = dataOf("lab-look");
  const title = () => localized(asked.title) || t("look.one");
  const here = {show: asked.show, title, open: asked.open};
  const main = mountFrame(document.getElementById("look"), {
    what: () => t("look.what"),
    tools: () => (asked.problem ? null : [shareTools(here), toLab(asked)]),
    lab: "",
  });
  if (asked.problem) return sayProblem(main, asked);
  document.title = `${title()} · Parrot Lab`;
  const pace = isEmbedded() ? {soon: 2 * RUNNING, later: OVER} : {soon: RUNNING, later: OVER};
  mountWatcher(main, readingServer(asked.readers), {readOnly: true, ...pace}).show(asked.what);
}

function sayProblem(main, {show}) {
  const draw = () => fill(main, h("p.problem", {role: "alert"}, t("look.nothing", {value: show})));
  onRedraw(draw);
  draw();
}

const toLab = ({what}) =>
  what.comparison
    ? h("a.quiet", {"data-to-lab": "", href: labAddress({run: what.comparison})}, t("look.to_lab"))
    : null;

// the lab's reading endpoints, by their names
const readingServer = (names) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      async (question) => {
        const answer = await fetch(`look/${name}?asked=${encodeURIComponent(JSON.stringify(question))}`);
        const said = await answer.json();
        return answer.ok ? said : {problem: said.detail || t("page.unreachable")};
      },
    ]),
  );
