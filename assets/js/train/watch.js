// The Train tab's view of a comparison: the one of the address, the last one of this browser, or an example.

import {mountWatcher} from "../comparison/watcher.js";
import {receiveLetter, setAddress} from "../core/tabs.js";

export function mountWatch(place, server) {
  const asked = new URLSearchParams(location.search).get("run");
  const last = localStorage.getItem("lab.comparison");
  const watcher = mountWatcher(place, server, {});
  const known = /^[a-z0-9]{6,32}$/;
  if (asked && known.test(asked)) watcher.show({comparison: asked});
  else if (last && known.test(last)) watcher.show({comparison: last});
  receiveLetter("watch", ({comparison}) => {
    localStorage.setItem("lab.comparison", comparison);
    setAddress("run", comparison);
    watcher.show({comparison});
    const top = place.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight * 0.6) place.scrollIntoView({behavior: "smooth", block: "start"});
  });
}
