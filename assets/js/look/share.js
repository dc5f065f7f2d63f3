// Passing a page on: its address, and the lines that put it into another page.

import {fill, h} from "../core/dom.js";
import {currentLanguage, t} from "../core/words.js";

const SECONDS = 2; // for which a button says that it has copied

// the address of what is shown, as anybody may be given it: in the language it is seen in
export function shareAddress(show, {embed = false} = {}, from = location) {
  const said = new URLSearchParams({show});
  if (currentLanguage() !== "en") said.set("lang", currentLanguage());
  if (embed) said.set("embed", "1");
  return `${from.origin}${from.pathname}?${said.toString().replaceAll("%2C", ",")}`;
}

export const embedLines = (address, title) =>
  `<iframe src="${quoted(address)}" title="${quoted(title)}" width="100%" height="760" style="border: 0" ` +
  `loading="lazy"></iframe>`;

const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

// a button that copies the address, and one that opens the lines to embed it; open: whether other sites may frame it
export function shareTools({show, title, open}) {
  const address = shareAddress(show);
  const box = h("div.look-embed", {hidden: true});
  const button = h(
    "button.quiet",
    {
      "data-embed": "",
      "aria-expanded": "false",
      onclick: () => {
        box.hidden = !box.hidden;
        button.setAttribute("aria-expanded", String(!box.hidden));
      },
    },
    t("look.embed"),
  );
  const lines = embedLines(shareAddress(show, {embed: true}), title());
  fill(
    box,
    h("p.soft", {}, t("look.embed_help")),
    copyField(lines, "embed-lines"),
    open ? null : h("p.soft", {"data-closed": ""}, t("look.embed_closed")),
  );
  return [copyButton(address, t("look.share"), "share"), button, box];
}

function copyField(text, data) {
  const field = h("textarea", {readonly: true, rows: 3, [`data-${data}`]: "", "aria-label": t("look.embed")}, text);
  return h("div", {}, field, copyButton(text, t("look.copy"), `${data}-copy`, field));
}

// where the browser lets no page write to the clipboard, the text is shown to be copied by hand
function copyButton(text, words, data, field = null) {
  const button = h("button.quiet", {[`data-${data}`]: text, onclick: () => copy(text, button, words, field)}, words);
  return button;
}

async function copy(text, button, words, field) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (field) field.select();
    else prompt(t("look.by_hand"), text);
    if (!field || !document.execCommand("copy")) return;
  }
  button.textContent = t("look.copied");
  setTimeout(() => {
    button.textContent = words;
  }, 1000 * SECONDS);
}
