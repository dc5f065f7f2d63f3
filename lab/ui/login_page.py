"""The page that asks who somebody is: small, without Gradio, in the languages of the lab."""

import html
import json

from lab.words import languages, text

STYLE = """
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{display:grid;place-items:center;min-height:90vh;margin:0}
form{display:grid;gap:.8rem;width:min(20rem,88vw)}
label{display:grid;gap:.2rem}
input,button{font:inherit;padding:.5rem .7rem;border:1px solid #8888;border-radius:.5rem}
button{cursor:pointer;background:#166534;color:#fff}
[role=alert]{color:#b42318;min-height:1.5em;margin:0}
@media (prefers-color-scheme:dark){[role=alert]{color:#ff9c8f}}
"""
SCRIPT = """
const words = JSON.parse(document.getElementById("words").textContent);
const wish = localStorage.getItem("lab.language") || navigator.language || "en";
const language = Object.keys(words).find((one) => wish.toLowerCase().startsWith(one)) || "en";
document.documentElement.lang = language;
for (const place of document.querySelectorAll("[data-word]")) place.textContent = words[language][place.dataset.word];
document.title = `${words[language].title} · Parrot Lab`;
const form = document.querySelector("form");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = Object.fromEntries(new FormData(form));
  const told = document.querySelector("[role=alert]");
  told.textContent = "";
  const base = location.pathname.replace(/\\/enter\\/?$/, "/");
  try {
    const answer = await fetch(`${base}enter`.replace("//", "/"), {
      method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(said),
    });
    if (answer.ok) location.replace(base + location.search);
    else if (answer.status === 403) told.textContent = words[language].wrong;
    else told.textContent = (await answer.json()).detail;
  } catch { told.textContent = words[language].unreachable; }
});
"""
KEYS = ("enter.title", "enter.name", "enter.password", "enter.key_too", "enter.enter", "enter.wrong",
        "enter.unreachable", "enter.with_hub")  # fmt: skip


def login_page(named: bool, hub: bool) -> str:
    """The page as HTML: a name beside the password where accounts have names, the Hub where it can be asked."""
    words = {code: {key.partition(".")[2]: text(key)[code] for key in KEYS} for code in languages()}
    packed = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    name = (
        '<label><span data-word="name"></span><input name="name" autocomplete="username" required autofocus></label>'
        if named else ""
    )  # fmt: skip
    to_hub = '<a href="login/huggingface" target="_blank" rel="noopener" data-word="with_hub"></a>' if hub else ""
    english = html.escape(words["en"]["title"])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{english}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style></head><body><main>'
        f'<form><h1 data-word="title"></h1>{name}<label><span data-word="password"></span>'
        '<input name="password" type="password" autocomplete="current-password" required></label>'
        '<button data-word="enter"></button><p role="alert"></p><small data-word="key_too"></small>'
        f'{to_hub}</form></main><script type="application/json" id="words">{packed}</script><script>{SCRIPT}</script>'
        "</body></html>"
    )
