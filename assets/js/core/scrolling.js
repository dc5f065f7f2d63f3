// Boxes that scroll: the keyboard reaches one that holds nothing it could stop at, as long as there is something to scroll.

const STOPS = "a[href], button, input, select, textarea, summary, [tabindex]";

const sizes = new ResizeObserver((entries) => {
  for (const {target} of entries) {
    const scrolls = target.scrollWidth > target.clientWidth + 1 || target.scrollHeight > target.clientHeight + 1;
    if (scrolls && !target.querySelector(STOPS)) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

export function reachable(box) {
  sizes.observe(box);
  return box;
}
