// Getting about: opening a tab, and letters that one view leaves for another, which may not be on the page yet.

const FRAMES = 120; // for a tab to come into sight

const post = {letters: new Map(), readers: new Map()};

export function sendLetter(to, letter, tab) {
  if (tab) openTab(tab);
  const reader = post.readers.get(to);
  if (reader) reader(letter);
  else post.letters.set(to, letter);
}

export function receiveLetter(name, reader) {
  post.readers.set(name, reader);
  if (!post.letters.has(name)) return;
  reader(post.letters.get(name));
  post.letters.delete(name);
}

export const openTab = (name) => document.getElementById(`tab-${name}-button`)?.click();

// opens a tab that was pressed, and takes the keyboard into it: arrow keys are the tab's then, not the row's; Tab and
// Shift+Tab go on from there. Arrow keys in the row open tabs without leaving it.
export function enterTab(name) {
  openTab(name);
  enter(name, FRAMES);
}

// a tab that was never open is not on the page yet, and the row is drawn anew while it opens
function enter(name, frames) {
  const on = document.activeElement;
  const panel = document.getElementById(`tab-${name}`);
  if (on !== document.body && !on.closest("[role=tablist]")) return;
  if (panel?.offsetParent) {
    panel.tabIndex = -1;
    panel.focus({preventScroll: true});
  } else if (frames) requestAnimationFrame(() => enter(name, frames - 1));
}

// shows what `find` finds and gives it the keyboard, once the tab it is in has come into sight
export function goTo(find, frames = FRAMES) {
  const found = find();
  if (found?.offsetParent) {
    scrollTo(0, 0);
    found.scrollIntoView({block: "nearest"});
    found.focus({preventScroll: true});
  } else if (frames) requestAnimationFrame(() => goTo(find, frames - 1));
}
