// A choice with its words, as it stands above a picture or table and in a form.

import {h, selectOptions} from "./dom.js";

// data: the name of its data-attribute; options: [{value, words, group}]; choose(value) is told of another
export const choice = ({words, data, options, now, choose, inline = false, title = null}) =>
  h(
    inline ? "label.field.inline" : "label.field",
    {title},
    h("span", {}, words),
    h("select", {[`data-${data}`]: "", onchange: (event) => choose(event.target.value)}, selectOptions(options, now)),
  );
