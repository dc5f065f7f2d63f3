// The form's question "what signal moves the weights": the objective, its options, and what answers are rewarded for.
(() => {
  const {h, t, both} = Lab;
  const SHOWN = 3, MOST_REWARDS = 4;

  // fields: a recipe's fields, changed in place; changed(structure) as in the form
  Lab.signalFields = (fields, choices, changed) => {
    const card = choices.objectives.find((one) => one.id === (fields.objective || "sft"));
    const options = choices.objectives.map((one) => ({value: one.id, words: both(one.name), group: Lab.named("family", one.family)}));
    return [
      h("label.field.wide", {}, h("span", {}, t("train.objective")), h("select", {"data-field": "objective", onchange: (event) => { choose(event.target.value); changed(true); }}, Lab.options(options, card && card.id))),
      card && card.id !== "sft" ? h("p.explain.wide", {}, both(card.explain)) : null,
      card && card.rewarded ? rewards() : null,
      card && card.knobs.length ? knobs() : null];

    function choose(id) {
      const next = choices.objectives.find((one) => one.id === id);
      fields.objective = id;
      delete fields.options;
      if (next.rewarded) fields.reward = rewardList().length ? rewardList() : [choices.rewards[0].id];
      else delete fields.reward;
      if (!fits(next)) fields.data = (choices.data.find((one) => next.formats.includes(one.format)) || choices.data.find((one) => one.format === "ratings")).id;
    }
    // whether the data chosen now may do; files are judged by the lab
    function fits(next) {
      const name = typeof fields.data === "string" ? fields.data : fields.data?.name;
      const known = choices.data.find((one) => one.id === name);
      return !known || known.upload || known.format === "ratings" || next.formats.includes(known.format);
    }

    function knobs() {
      const boxes = card.knobs.map((knob) => Lab.knobInput(knob, fields.options?.[knob.name] ?? knob.default, (value) => {
        fields.options = {...fields.options, [knob.name]: value};
        changed(false);
      }));
      return [h("div.knobs.three", {}, boxes.slice(0, SHOWN)),
        boxes.length > SHOWN ? h("details.more", {}, h("summary", {}, t("train.more")), h("div.knobs.three", {}, boxes.slice(SHOWN))) : null];
    }

    function rewardList() {
      const list = Array.isArray(fields.reward) ? fields.reward : fields.reward ? [fields.reward] : [];
      return list.map((one) => (typeof one === "string" ? {name: one} : {...one}));
    }
    function rewards() {
      const list = rewardList();
      const words = (one) => (one.run ? t("train.reward_model", {name: one.run, recipe: one.recipe}) : t("train.scripted", {name: both(one.name)}));
      const keep = (structure) => { fields.reward = list.map((one) => (one.weight === undefined || one.weight === 1 ? one.name : one)); changed(structure); };
      const row = (one, i) => h("div.reward", {},
        h("select", {"data-reward": i, "aria-label": t("train.rewarded"), onchange: (event) => { one.name = event.target.value; keep(true); }},
          Lab.options([...choices.rewards.map((other) => ({value: other.id, words: words(other)})), ...(choices.rewards.some((other) => other.id === one.name) ? [] : [{value: one.name, words: one.name}])], one.name)),
        h("input", {inputmode: "decimal", value: one.weight ?? 1, title: t("train.reward_weight_help"), "aria-label": t("train.reward_weight"), oninput: (event) => { one.weight = Lab.asNumber(event.target.value); keep(false); }}),
        list.length > 1 ? h("button.icon", {type: "button", title: t("train.reward_remove"), "aria-label": t("train.reward_remove"), onclick: () => { list.splice(i, 1); keep(true); }}, "×") : null);
      const unused = choices.rewards.find((other) => !list.some((one) => one.name === other.id));
      return h("div.field.wide", {}, h("span", {}, t("train.rewarded")), list.map(row),
        list.length < MOST_REWARDS && unused ? h("button.quiet", {type: "button", onclick: () => { list.push({name: unused.id}); keep(true); }}, "+ " + t("train.reward_add")) : null);
    }
  };
})();
