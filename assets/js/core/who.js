// Who looks at the page, in its header: in a lab that others use one can enter, and leave again. The server knows who
// it is by a cookie; under an earlier version a browser made a name up for itself, which is told once and forgotten.

import {callServer} from "./server.js";
import {fill, h} from "./dom.js";
import {onRedraw, t} from "./words.js";

const OLD = "lab.rater";

// who it is, as the server knows them: {role, name, shared}; nothing where it does not answer
export async function mountWho(place, server) {
  const kept = localStorage.getItem(OLD);
  const old = /^browser-[0-9a-f]{16}$/.test(kept || "") ? {old: kept} : {};
  const me = await callServer(server.whoami, old);
  if (me.problem) return null;
  localStorage.removeItem(OLD);
  onRedraw(() => draw(place, me));
  draw(place, me);
  return me;
}

function draw(place, me) {
  const known = me.role !== "visitor";
  fill(place, me.space ? duplicate(me.space) : null, ...(me.shared ? entered(me, known) : []));
}

// a Space of one's own, with hardware and secrets of one's own
const duplicate = (space) =>
  h(
    "a.lab-duplicate",
    {
      href: `https://huggingface.co/spaces/${space}?duplicate=true`,
      target: "_blank",
      rel: "noopener",
      "data-duplicate": "",
    },
    t("page.duplicate"),
  );

const entered = (me, known) => [
  h("span.lab-who", {"data-who": me.role}, me.name || t(`enter.${me.role}`)),
  known
    ? h("button.quiet", {"data-leave": "", onclick: leave}, t("enter.leave"))
    : h("button.quiet", {"data-sign-in": "", onclick: () => location.assign("enter")}, t("enter.sign_in")),
];

async function leave() {
  await fetch("leave", {method: "POST"});
  location.reload();
}
