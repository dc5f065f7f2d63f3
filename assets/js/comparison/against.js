// A comparison's table held against one of its variants: which one, and how far the others differ from it.

import {variantsOf} from "./variants.js";
import {choice} from "../core/controls.js";
import {callServer} from "../core/server.js";
import {localized, t} from "../core/words.js";

// the choice of that variant; chosen() is called after it
export const againstChoice = (view, chosen) =>
  choice({
    words: t("result.against"),
    title: t("result.against_help"),
    data: "against",
    inline: true,
    options: [
      {value: "", words: t("result.against_none")},
      ...variantsOf(view.runs).map((one) => ({value: one.name, words: localized(one.name)})),
    ],
    now: view.against,
    choose: (value) => {
      view.against = value;
      chosen();
    },
  });

// how far the others differ from the variant that is chosen
export async function fetchVersus(view, drawTable) {
  const {against} = view;
  view.versus = null;
  if (against) {
    const got = await callServer(view.server.versus, {...view.what, reference: against});
    if (view.against !== against) return;
    view.problem = got.problem || null;
    view.versus = view.problem ? null : got.variants;
  }
  drawTable(view);
}
