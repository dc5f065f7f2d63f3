// The cards of a form's variants: name, method, its knobs from the method's card, learning rate. Changes `variant` in place.
(() => {
  const {h, t, both} = Lab;
  const SHOWN = 2;

  // variant: fields of a recipe's variant; changed(structure): structure is true when other inputs appear or go
  Lab.variantCard = (variant, place, {methods, fields, changed, remove}) => {
    const staged = Array.isArray(variant.stages) && variant.stages.length;
    const method = methods.find((card) => card.id === (variant.method || fields.method || "lora"));
    return h("fieldset.variant", {style: `--mine:${Lab.colour(place)}`, "data-variant": place},
      h("div.variant-head", {},
        h("input.variant-name", {value: variant.name, maxlength: 200, "aria-label": t("train.variant_name"), oninput: (event) => { variant.name = event.target.value; changed(false); }}),
        remove ? h("button.icon", {title: t("train.remove"), "aria-label": t("train.remove"), onclick: remove}, "×") : null),
      staged ? stages(variant, methods) : [methodPicker(variant, method, methods, changed), method ? knobs(variant, fields, method, changed) : null]);
  };

  const stages = (variant, methods) => h("p.soft", {},
    variant.stages.map((stage) => {
      const card = methods.find((one) => one.id === (stage.method || variant.method));
      return [stage.objective || variant.objective, card ? both(card.name) : stage.method].filter(Boolean).join(" · ");
    }).join("  →  "), " ", t("train.stages_in_yaml"));

  function methodPicker(variant, method, methods, changed) {
    const select = h("select", {"aria-label": t("train.method"), onchange: (event) => {
      const card = methods.find((one) => one.id === event.target.value);
      if (method && [both(method.name), method.name.en, method.name.zh].includes(variant.name)) variant.name = both(card.name);
      variant.method = card.id;
      delete variant.knobs;
      delete variant.learning_rate;
      changed(true);
    }}, Lab.options(methods.map((card) => ({value: card.id, words: both(card.name), group: Lab.named("family", card.family)})), method && method.id));
    return [select, method ? h("p.explain", {title: both(method.explain)}, both(method.explain)) : null];
  }

  function knobs(variant, fields, method, changed) {
    const inherited = !variant.method || variant.method === fields.method ? fields.knobs || {} : {};
    const boxes = method.knobs.map((knob) => knobInput(knob, variant.knobs?.[knob.name] ?? inherited[knob.name] ?? knob.default, (value) => {
      variant.knobs = {...variant.knobs, [knob.name]: value};
      changed(false);
    }));
    const rate = h("label.field", {title: t("train.rate_help")}, h("span", {}, t("train.rate")),
      h("input", {inputmode: "decimal", value: variant.learning_rate ?? "", placeholder: t("train.auto"), list: "lab-rates", "data-knob": "learning_rate", oninput: (event) => {
        const value = event.target.value.trim();
        if (value) variant.learning_rate = asNumber(value); else delete variant.learning_rate;
        changed(false);
      }}), h("datalist", {id: "lab-rates"}, h("option", {value: "search"})));
    return [h("div.knobs", {}, boxes.slice(0, SHOWN), rate),
      boxes.length > SHOWN ? h("details.more", {}, h("summary", {}, t("train.more")), h("div.knobs", {}, boxes.slice(SHOWN))) : null];
  }

  // an input for a knob of a card; `now` is its value, set(value) is told of another
  function knobInput(knob, now, set) {
    const shared = {"data-knob": knob.name, title: both(knob.help)};
    let input;
    if (knob.kind === "choice") input = h("select", {...shared, onchange: (event) => set(event.target.value)}, knob.options.map((name) => h("option", {value: name, selected: name === now}, name)));
    else if (knob.kind === "switch") input = h("input", {...shared, type: "checkbox", checked: now === true, onchange: (event) => set(event.target.checked)});
    else input = h("input", {...shared, inputmode: knob.whole ? "numeric" : "decimal", value: now, oninput: (event) => set(asNumber(event.target.value))});
    return h(knob.kind === "switch" ? "label.field.switch" : "label.field", {title: both(knob.help)}, h("span", {}, both(knob.label)), input);
  }

  // what can't be read as a number goes to the lab as it is, which says what is allowed
  const asNumber = (text) => (text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text);
  Object.assign(Lab, {asNumber, knobInput});
})();
