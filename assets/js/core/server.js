// Asking Python, once or again and again while a part of the page is seen.

import {t} from "./words.js";

// what a function of the server answers; a problem comes back as a sentence
export async function callServer(endpoint, question = {}) {
  try {
    return await endpoint(question);
  } catch {
    return {problem: t("page.unreachable"), unreachable: true};
  }
}

// repeat work() while the element is on the page; nothing runs while it is hidden; work returns the next wait in ms
export function repeatWhileShown(element, work) {
  const loop = {timer: null, stopped: false};
  async function tick() {
    if (loop.stopped || !element.isConnected) return;
    const hidden = document.hidden || !element.offsetParent;
    loop.timer = setTimeout(tick, hidden ? 400 : await work());
  }
  tick();
  return {
    stop() {
      loop.stopped = true;
      clearTimeout(loop.timer);
    },
    now() {
      clearTimeout(loop.timer);
      tick();
    },
  };
}

// who rates: a random name of this browser, nothing about the person
export function raterId() {
  let name = localStorage.getItem("lab.rater");
  if (!name) {
    const random = [...crypto.getRandomValues(new Uint8Array(8))];
    name = `browser-${random.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
    localStorage.setItem("lab.rater", name);
  }
  return name;
}
