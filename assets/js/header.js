// The top of the page: name, language, light, and the row of tabs. What does not fit, Gradio hides in a menu of nameless
// buttons; so its own row stands out of sight and wide enough for all (style.css), and ours, which scrolls, presses it.
(() => {
  const {h, fill, t} = Lab;
  const theirs = () => [...document.querySelectorAll("#lab-tabs > .tab-wrapper button[data-tab-id]")];
  const isOpen = (button) => button.getAttribute("aria-selected") === "true";

  Lab.parts.header = (place) => {
    const top = h("header.lab-header"), row = h("nav.lab-tabs", {role: "tablist", onkeydown: step});
    fill(place, top, row);

    function draw() {
      const others = Object.entries(window.LAB_LANGUAGES).filter(([code]) => code !== Lab.language);
      fill(top, h("div.lab-brand", {}, h("strong", {}, "Parrot Lab"), h("span", {}, t("page.tagline"))),
        h("div.lab-tools", {},
          others.map(([code, name]) => h("button.quiet", {lang: code, "data-set-language": code, onclick: () => Lab.setLanguage(code, true)}, name)),
          h("button.quiet", {"data-toggle-dark": "", onclick: () => Lab.setDark(!document.body.classList.contains("dark"), true)}, t("page.light"))));
      drawRow();
    }

    function drawRow() {
      const held = row.contains(document.activeElement);
      fill(row, theirs().map((button) => {
        const name = button.dataset.tabId, open = isOpen(button);
        return h("button", {role: "tab", "data-tab": name, "aria-selected": String(open), "aria-controls": `tab-${name}`, tabindex: open ? 0 : -1, onclick: () => Lab.openTab(name)}, t(`page.${name}`));
      }));
      const now = row.querySelector("[aria-selected=true]");
      if (now) row.scrollTo({left: now.offsetLeft - (row.clientWidth - now.offsetWidth) / 2});
      if (held) now?.focus();
    }

    function step(event) {
      const by = {ArrowLeft: -1, ArrowRight: 1}[event.key], all = theirs();
      if (!by) return;
      event.preventDefault();
      event.stopPropagation();
      Lab.openTab(all[(all.findIndex(isOpen) + by + all.length) % all.length].dataset.tabId);
    }

    function watch() {
      const wrapper = document.querySelector("#lab-tabs > .tab-wrapper");
      if (!wrapper) return setTimeout(watch, 30);
      let last = "";
      const look = () => {
        const now = theirs().map((button) => button.dataset.tabId + isOpen(button)).join();
        if (now !== last) { last = now; drawRow(); }
      };
      new MutationObserver(look).observe(wrapper, {childList: true, subtree: true, attributes: true, attributeFilter: ["aria-selected"]});
      look();
    }

    Lab.drawers.add(draw);
    draw();
    watch();
  };
})();
