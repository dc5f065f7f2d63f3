// The page's address: which tab is open and what is open in it, so that a link, a reload, Back and Forward find it again.
// Every tab has parameters of its own; those of the tab that is open stand in the address, others (`lang`) stay in it.
//
//   ?run=ID                    a comparison in the Train tab        ?tab=runs&run=ID         a run's page
//   ?tab=overfitting&run=ID    a comparison in that tab             ?tab=runs&compare=ID,ID  any runs side by side
//   ?tab=rlhf&start=BASE       from where a round goes out          ?tab=runs&list=comparisons
//   ?tab=compare&with=ID,ID    whom one talks to

import {openTab} from "./tabs.js";

const FIRST = "train";
const ONE = /^[a-z0-9]{6,32}$/;
const SOME = /^[a-z0-9]{6,32}(,[a-z0-9]{6,32}){0,99}$/;
const OWN = {
  learn: {},
  train: {run: ONE},
  compare: {with: SOME},
  arena: {},
  rlhf: {start: /^.{1,300}$/},
  overfitting: {run: ONE},
  runs: {run: ONE, compare: SOME, list: /^comparisons$/},
};
const NAMES = [...new Set(Object.values(OWN).flatMap(Object.keys))];
const LATE = 2000; // milliseconds after which a tab that was asked for is no longer waited for

// what an address asks for: {tab, params, problem}; of what is wrong in it the first, as {name, value}
export function readAddress(search) {
  const given = new URLSearchParams(search);
  const asked = given.get("tab") ?? tabOf(given);
  const tab = Object.hasOwn(OWN, asked) ? asked : FIRST;
  const problems = tab === asked ? [] : [{name: "tab", value: asked}];
  const params = {};
  for (const [name, form] of Object.entries(OWN[tab])) {
    const value = given.get(name);
    if (!value) continue;
    if (form.test(value)) params[name] = value;
    else problems.push({name, value});
  }
  return {tab, params, problem: problems[0] || null};
}

// the tab of an address that names none, by what it names
const tabOf = (given) => (given.get("compare") || given.get("list") ? "runs" : given.get("start") ? "rlhf" : FIRST);

// the address that leads there, from another one
export function addressTo(tab, params, search = "") {
  const url = new URLSearchParams(search);
  for (const name of ["tab", ...NAMES]) url.delete(name);
  const said = Object.entries(params).filter(([, value]) => value);
  if (tab !== FIRST) url.set("tab", tab);
  for (const [name, value] of said) url.set(name, value);
  const words = url.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
  return words ? `?${words}` : "";
}

const state = {tab: FIRST, places: new Map(), readers: new Map(), problem: null, told: new Set(), wanted: null};

// called once, before any view is mounted
export function beginAddress() {
  take(readAddress(location.search));
  addEventListener("popstate", () => {
    const before = state.places.get(state.tab);
    take(readAddress(location.search));
    if (state.wanted) openTab(state.wanted);
    if (before !== state.places.get(state.tab)) state.readers.get(state.tab)?.(placeOf(state.tab));
  });
}

function take({tab, params, problem}) {
  state.tab = tab;
  state.places.set(tab, params);
  expectTab(tab);
  setProblem(problem);
}

// until that tab is open, others that open on the way to it are no new address
function expectTab(tab) {
  state.wanted = tab;
  setTimeout(() => {
    if (state.wanted === tab) state.wanted = null;
  }, LATE);
}

// what is open in a tab, by its parameters
export const placeOf = (tab) => state.places.get(tab) || {};
export const addressTab = () => state.tab;

// reader(params) hears what the address asks for in a tab, when Back or Forward changes it
export const onPlace = (tab, reader) => state.readers.set(tab, reader);

// what is open in a tab now; a step that Back takes back, unless it only says better where one is
export function setPlace(tab, params, {replace = false} = {}) {
  const before = JSON.stringify(placeOf(tab));
  state.places.set(tab, params);
  if (tab === state.tab && before !== JSON.stringify(params)) write(replace);
}

// a tab is open now, however that came
export function tabOpened(tab) {
  if (state.wanted && state.wanted !== tab) return;
  state.wanted = null;
  if (tab === state.tab) return;
  state.tab = tab;
  write(false);
}

// both at once: what is open in a tab, and that tab
export function openPlace(tab, params) {
  if (tab === state.tab) return setPlace(tab, params);
  state.places.set(tab, params);
  state.tab = tab;
  expectTab(tab);
  write(false);
  openTab(tab);
}

function write(replace) {
  const next = new URL(location.href);
  next.search = addressTo(state.tab, placeOf(state.tab), location.search);
  setProblem(null);
  if (next.href === location.href) return;
  history[replace ? "replaceState" : "pushState"](history.state, "", next);
}

// what is wrong in the address that one came with
export const addressProblem = () => state.problem;
export const onAddressProblem = (draw) => state.told.add(draw);

function setProblem(problem) {
  if (problem === state.problem) return;
  state.problem = problem;
  for (const draw of state.told) draw();
}
