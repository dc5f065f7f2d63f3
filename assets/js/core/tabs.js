// Getting about: opening a tab, the page's address, and letters that one view leaves for another, which may not be on
// the page yet.

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

export function setAddress(name, value) {
  const url = new URL(location.href);
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  history.replaceState(history.state, "", url);
}
