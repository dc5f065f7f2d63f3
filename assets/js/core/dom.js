// Making elements. No framework: a view keeps its state in one object, draws itself whole into its place, and draws
// again when that state or the language changes.

// h("div.row", {onclick: f}, "text", child, [more]): text is always text, never HTML
export function h(kind, attributes, ...children) {
  const [tag, ...classes] = kind.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...shown(children));
  return element;
}

// the same for drawings: svg("circle", {cx: 1, cy: 2, r: 3, class: "dot"}, child, [more])
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...shown(children));
  return element;
}

// instead of what an element holds
export function fill(element, ...children) {
  element.replaceChildren(...shown(children));
  return element;
}

// draws anew what an element holds; the keyboard stays at the control it was at, known by its data- attributes
export function keepFocus(element, drawing) {
  const on = element.contains(document.activeElement) ? document.activeElement : null;
  const known = on && [...on.attributes].filter(({name}) => name.startsWith("data-"));
  const place = known?.length && {
    within: on.closest("[data-variant]")?.dataset.variant,
    selector: known
      .map(({name, value}) => `[${name}=${CSS.escape(value)}]`)
      .join("")
      .replaceAll("=]", "]"),
  };
  drawing();
  if (!place) return;
  const inside = place.within === undefined ? element : element.querySelector(`[data-variant="${place.within}"]`);
  inside?.querySelector(place.selector)?.focus({preventScroll: true});
}

// options of a select, gathered under headings where there are any: [{value, words, group}]
export function selectOptions(entries, now) {
  const option = (one) => h("option", {value: one.value, selected: one.value === now}, one.words);
  const groups = [...new Set(entries.map((one) => one.group || ""))];
  return groups.map((group) => {
    const inside = entries.filter((one) => (one.group || "") === group).map(option);
    return group ? h("optgroup", {label: group}, inside) : inside;
  });
}

const shown = (children) =>
  children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
