// The Train tab's view of a comparison: the one of the address, the one that a recipe from Learn will make, the last one
// of this browser, or an example.

import {mountWatcher} from "../comparison/watcher.js";
import {onPlace, openPlace, placeOf, setPlace} from "../core/address.js";
import {receiveLetter} from "../core/tabs.js";

const KNOWN = /^[a-z0-9]{6,32}$/;

export function mountWatch(place, server) {
  const last = localStorage.getItem("lab.comparison");
  const watcher = mountWatcher(place, server, {
    onState: goToRun,
    onProblem: () => {
      if (!forget(last)) return false;
      watcher.show({});
      return true;
    },
  });
  const show = (comparison) => watcher.show(comparison ? {comparison} : {});
  const expect = (words) => {
    setPlace("train", {});
    sessionStorage.setItem("lab.expected", JSON.stringify(words));
    watcher.show({expected: words});
  };
  const asked = placeOf("train").run;
  const expected = JSON.parse(sessionStorage.getItem("lab.expected") || "null");
  if (asked) show(asked);
  else if (expected) expect(expected);
  else if (last && KNOWN.test(last)) {
    setPlace("train", {run: last}, {replace: true});
    show(last);
  }
  onPlace("train", ({run}) => show(run));
  receiveLetter("watch", ({comparison, expected: words, recorded}) => {
    if (recorded) return watcher.show({comparison: recorded}); // to look at: it is nobody's last comparison
    if (words) return expect(words);
    sessionStorage.removeItem("lab.expected");
    localStorage.setItem("lab.comparison", comparison);
    setPlace("train", {run: comparison});
    show(comparison);
    const top = place.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight * 0.6) place.scrollIntoView({behavior: "smooth", block: "start"});
  });
}

// the last comparison of this browser may have been deleted: then the newest is shown; whether it was that one
function forget(last) {
  if (!last || localStorage.getItem("lab.comparison") !== last || placeOf("train").run !== last) return false;
  localStorage.removeItem("lab.comparison");
  setPlace("train", {}, {replace: true});
  return true;
}

// an address may name a run where it should name a comparison: its page is under Runs
function goToRun({alone}) {
  if (!alone || placeOf("train").run !== alone) return;
  setPlace("train", {}, {replace: true});
  openPlace("runs", {run: alone});
}
