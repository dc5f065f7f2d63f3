// A comparison's table held against one of its variants: which one, and how far the others differ from it.

import {variantsOf} from "./variants.js";
import {h, selectOptions} from "../core/dom.js";
import {callServer} from "../core/server.js";
import {t} from "../core/words.js";

// the choice of that variant; chosen() is called after it
export const againstChoice = (view, chosen) =>
  h(
    "label.field.inline",
    {title: t("result.against_help")},
    h("span", {}, t("result.against")),
    h(
      "select",
      {
        "data-against": "",
        onchange: (event) => {
          view.against = event.target.value;
          chosen();
        },
      },
      selectOptions(
        [
          {value: "", words: t("result.against_none")},
          ...variantsOf(view.runs).map((one) => ({value: one.name, words: one.name})),
        ],
        view.against,
      ),
    ),
  );

// how far the others differ from the variant that is chosen
export async function fetchVersus(view, drawTable) {
  const {against} = view;
  view.versus = null;
  if (against) {
    const got = await callServer(view.server.versus, {comparison: view.runs[0].comparison, reference: against});
    if (view.against !== against) return;
    view.problem = got.problem || null;
    view.versus = view.problem ? null : got.variants;
  }
  drawTable(view);
}
