// What every part of the page shares: making elements, words, numbers, colours, language, letters between tabs.
// No framework: a part keeps its state, draws itself whole into its place, and draws again when the language changes.
window.Lab = (() => {
  const parts = {}, drawers = new Set(), letters = {}, readers = {};
  const COLOURS = 8;
  let language = "en";

  // h("div.row", {onclick: f}, "text", child, [more]): text is always text, never HTML
  function h(kind, attributes, ...children) {
    const [tag, ...classes] = kind.split(".");
    const element = document.createElement(tag || "div");
    if (classes.length) element.className = classes.join(" ");
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (name === "value" || name === "checked" || name === "disabled") element[name] = value;
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  }

  // the same for drawings: s("circle", {cx: 1, cy: 2, r: 3, class: "dot"}, child, [more])
  function svg(tag, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes || {})) if (value !== null && value !== undefined) element.setAttribute(name, value);
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  }

  function fill(element, ...children) {
    element.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  }

  // t("train.start", {n: 3}): the words for a key, with {n} filled in, and of {n|row|rows} the one that goes with n
  function t(key, values) {
    const words = (window.LAB_WORDS[language] || {})[key] || window.LAB_WORDS.en[key] || key;
    const given = (name) => values && name in values;
    return words.replace(/\{(\w+)\|([^|}]*)\|([^}]*)\}/g, (all, name, one, many) => (given(name) && String(values[name]) === "1" ? one : many))
      .replace(/\{(\w+)\}/g, (all, name) => (given(name) ? String(values[name]) : all));
  }

  // the words for one of many names, which may be newer than our words
  function named(group, name) {
    const key = `${group}.${name}`, words = t(key);
    return words === key ? name.replaceAll("_", " ") : words;
  }

  // options of a select, gathered under headings where there are any: [{value, words, group}]
  function options(entries, now) {
    const option = (one) => h("option", {value: one.value, selected: one.value === now}, one.words);
    const groups = [...new Set(entries.map((one) => one.group || ""))];
    return groups.map((group) => {
      const inside = entries.filter((one) => (one.group || "") === group).map(option);
      return group ? h("optgroup", {label: group}, inside) : inside;
    });
  }

  const both = (text) => (text && typeof text === "object" ? text[language] || text.en : text ?? "");

  // ---- numbers for people
  const dash = "–";
  const isNumber = (value) => typeof value === "number" && Number.isFinite(value);
  function figure(value, digits = 3) {
    return !isNumber(value) ? dash : Math.abs(value) >= 1000 ? value.toPrecision(4) : value.toFixed(digits);
  }
  function count(value) {
    if (!isNumber(value)) return dash;
    if (value >= 1e9) return (value / 1e9).toPrecision(3) + " B";
    if (value >= 1e6) return (value / 1e6).toPrecision(3) + " M";
    if (value >= 1e4) return (value / 1e3).toPrecision(3) + " k";
    return value.toLocaleString("en");
  }
  function bytes(value) {
    if (!isNumber(value)) return dash;
    for (const [size, unit] of [[1e9, "GB"], [1e6, "MB"], [1e3, "kB"]]) {
      if (value >= size) return (value / size).toFixed(value < 10 * size ? 1 : 0) + " " + unit;
    }
    return value + " B";
  }
  function share(part, whole) {
    if (!isNumber(part) || !whole) return dash;
    const percent = (100 * part) / whole;
    return (percent >= 99.95 ? "100" : percent >= 10 ? percent.toFixed(0) : Number(percent.toPrecision(2))) + " %";
  }
  function duration(seconds) {
    if (!isNumber(seconds)) return dash;
    const whole = Math.round(seconds);
    if (seconds < 9.95) return t("page.seconds", {n: seconds.toFixed(1)});
    if (whole < 60) return t("page.seconds", {n: whole});
    if (whole < 3600) return t("page.minutes", {m: Math.floor(whole / 60), s: whole % 60});
    return t("page.hours", {h: Math.floor(whole / 3600), m: Math.floor((whole % 3600) / 60)});
  }
  function when(seconds) {
    const date = new Date(seconds * 1000), today = new Date();
    const time = date.toLocaleTimeString(language === "zh" ? "zh-CN" : "en-GB", {hour: "2-digit", minute: "2-digit"});
    if (date.toDateString() === today.toDateString()) return time;
    return date.toLocaleDateString(language === "zh" ? "zh-CN" : "en-GB", {day: "numeric", month: "short"}) + " " + time;
  }

  const colour = (place) => `var(--run-${place % COLOURS})`;
  const resolvedColour = (place) => getComputedStyle(document.body).getPropertyValue(`--run-${place === null ? "base" : place % COLOURS}`).trim();
  const swatch = (place) => h("span.swatch", {style: place === null ? "background:var(--run-base)" : `background:${colour(place)}`});

  // ---- asking Python; a problem comes back as a sentence
  async function ask(door, question) {
    try {
      return await door(question || {});
    } catch (error) {
      return {problem: t("page.unreachable"), unreachable: true};
    }
  }

  // ---- language and light
  function setLanguage(code, keep) {
    code = language = code in window.LAB_LANGUAGES ? code : "en";
    document.documentElement.lang = language;
    if (keep) localStorage.setItem("lab.language", language);
    document.title = t("page.title");
    for (const draw of drawers) draw();
    turnGradio(code);
  }

  // Gradio's own labels: its client has the function, in a file with a hashed name; a browser test watches over this.
  async function turnGradio(code) {
    const scripts = [...document.querySelectorAll("link[href], script[src]")].map((tag) => tag.href || tag.src);
    const url = [...performance.getEntriesByType("resource").map((entry) => entry.name), ...scripts].find((name) => /\/core-[\w-]+\.js/.test(name));
    const client = url && (await import(url));
    if (client && client.changeLocale) client.changeLocale(code);
  }
  function setDark(dark, keep) {
    document.body.classList.toggle("dark", dark);
    if (keep) localStorage.setItem("lab.dark", dark ? "1" : "0");
    document.dispatchEvent(new Event("lab-light"));
  }

  // ---- letters: one part leaves something for another, which may not be on the page yet
  function send(to, letter, tab) {
    if (tab) openTab(tab);
    if (readers[to]) readers[to](letter);
    else letters[to] = letter;
  }
  function receive(name, reader) {
    readers[name] = reader;
    if (name in letters) { reader(letters[name]); delete letters[name]; }
  }
  const openTab = (name) => document.getElementById(`tab-${name}-button`)?.click();

  function address(name, value) {
    const url = new URL(location.href);
    if (value) url.searchParams.set(name, value); else url.searchParams.delete(name);
    history.replaceState(history.state, "", url);
  }

  // repeat work() while the element is on the page; nothing runs while the page is hidden; work returns the next wait in ms
  function repeat(element, work) {
    let timer = null, stopped = false;
    async function tick() {
      if (stopped || !element.isConnected) return;
      const hidden = document.hidden || !element.offsetParent;
      timer = setTimeout(tick, hidden ? 400 : await work());
    }
    tick();
    return {stop() { stopped = true; clearTimeout(timer); }, now() { clearTimeout(timer); tick(); }};
  }

  function mount(place, server, upload) {
    if (!place || place.dataset.mounted) return;
    place.dataset.mounted = "1";
    parts[place.dataset.island](place, server, upload);
  }

  function begin() {
    const asked = new URLSearchParams(location.search).get("lang");
    const known = asked || localStorage.getItem("lab.language") || navigator.language || "en";
    setLanguage(known in window.LAB_LANGUAGES ? known : known.split("-")[0], Boolean(asked));
    const dark = localStorage.getItem("lab.dark");
    if (dark !== null) setDark(dark === "1");
  }

  // who rates: a random name of this browser, nothing about the person
  function rater() {
    let name = localStorage.getItem("lab.rater");
    if (!name) {
      name = "browser-" + [...crypto.getRandomValues(new Uint8Array(8))].map((b) => b.toString(16).padStart(2, "0")).join("");
      localStorage.setItem("lab.rater", name);
    }
    return name;
  }

  return {
    parts, drawers, h, svg, fill, t, named, both, options, figure, count, bytes, share, duration, when, colour, resolvedColour, swatch, ask, send, receive,
    openTab, address, repeat, mount, begin, rater, setLanguage, setDark, isNumber, get language() { return language; },
  };
})();
