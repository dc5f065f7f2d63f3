// Asking Python, once or again and again while a part of the page is seen.

import {localized, t} from "./words.js";

// what a function of the server answers; a problem comes back as a sentence, in the page's language where it is known
export async function callServer(endpoint, question = {}) {
  try {
    const got = await endpoint(question);
    return got?.said && got.problem ? {...got, problem: localized(got.said)} : got;
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
