// Light and dark: the last choice of this browser, else the system's. Who draws in colours of its own draws again.

export const isDark = () => document.body.classList.contains("dark");

export function setDark(dark, keep) {
  document.body.classList.toggle("dark", dark);
  if (keep) localStorage.setItem("lab.dark", dark ? "1" : "0");
  document.dispatchEvent(new Event("lab-light"));
}

export function useKeptLight() {
  const kept = localStorage.getItem("lab.dark");
  if (kept !== null) setDark(kept === "1");
}

// the system's change reaches the style sheets a little later
export function onLight(draw) {
  document.addEventListener("lab-light", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(draw, 60));
}
