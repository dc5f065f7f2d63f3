// The page's scripts begin here: `begin` when the page has loaded, `mount` for each place that Gradio makes in it
// (lab/ui/component.py). A new view is a line in VIEWS.

import {beginAddress} from "./core/address.js";
import {mountArena} from "./arena/arena.js";
import {mountDisk, mountNotice} from "./runs/disk.js";
import {mountCurves} from "./overfitting/curves.js";
import {mountForm} from "./train/form.js";
import {mountHeader} from "./core/header.js";
import {mountLearn} from "./learn/learn.js";
import {mountRlhf} from "./rlhf/rlhf.js";
import {mountRuns} from "./runs/runs.js";
import {mountSwitches} from "./overfitting/switches.js";
import {mountTalk} from "./compare/talk.js";
import {mountWatch} from "./train/watch.js";
import {readWords, setLanguage} from "./core/words.js";
import {useKeptLight} from "./core/light.js";

const VIEWS = {
  header: mountHeader,
  form: mountForm,
  watch: mountWatch,
  learn: mountLearn,
  talk: mountTalk,
  arena: mountArena,
  rlhf: mountRlhf,
  runs: mountRuns,
  switches: mountSwitches,
  curves: mountCurves,
  disk: mountDisk,
  notice: mountNotice,
};

readWords();
beginAddress();

// place: the element; server: the functions of lab.ui it may call; upload: Gradio's way to send a file
export function mount(place, server, upload) {
  if (!place || place.dataset.mounted) return;
  place.dataset.mounted = "1";
  VIEWS[place.dataset.component](place, server, upload);
}

export function begin() {
  const asked = new URLSearchParams(location.search).get("lang");
  setLanguage(asked || localStorage.getItem("lab.language") || navigator.language || "en", Boolean(asked));
  useKeptLight();
}
