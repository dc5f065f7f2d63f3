// The steps of the guided tour: in which tab, what is spoken of there, and by what one sees that somebody has done it.
//
//   id        its words are tour.<id>_title and tour.<id>
//   find      the elements it speaks of, as far as they are there
//   now       what is on the page now, null while that can't be told; `done(before, now)` says whether it was done
//   count     how often it was done so far, of `of` times
//   begin     what the tour shows for it; it starts no training and presses no button that does; `end` undoes it
//   recorded  whether what is shown was recorded
//   linger    milliseconds to look at what one has done, before the tour goes on

import {placeOf} from "../core/address.js";
import {sendLetter} from "../core/tabs.js";

export const RATINGS = 10;
const EXAMPLE = "example0";
const BRIEF = 16; // tokens of an answer: ten pairs of them are read in a minute
const HEART = "exampleheart0";

const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.offsetParent);
const one = (selector) => all(selector)[0] || null;
const slider = () => one("#component-watch .sample-section input[type=range]");
const isRecorded = (place) => () => Boolean(one(`${place} [data-example=recorded]`));
const switches = () => all("#component-switches [data-switch]");
const isOpen = () => one("[data-recorded-loop]")?.open ?? null;

// the recording, unless what somebody trains during the tour is to be seen
const showExample = (tour) => tour.own || sendLetter("watch", {recorded: EXAMPLE});
const showHeart = () => sendLetter("curves", {recorded: HEART});
const showLoop = () => sendLetter("loop", {recorded: true});

export const STEPS = [
  {id: "welcome", tab: "train"},
  {
    id: "ways",
    tab: "train",
    find: () => all("#component-form details.variant"),
    now: () => all("#component-form details.variant[open]").length,
    linger: 5000,
  },
  {
    id: "start",
    tab: "train",
    find: () => all("#component-form [data-start]"),
    now: () => placeOf("train").run || "",
    done: (before, now) => Boolean(now) && now !== before,
    linger: 1500,
  },
  {
    id: "watch",
    tab: "train",
    begin: showExample,
    recorded: isRecorded("#component-watch"),
    find: () => all("#component-watch .sample-section"),
    now: () => (slider() ? slider().value !== slider().max : null),
    done: (before, now) => now,
    plays: slider,
    linger: 6000,
  },
  {
    id: "table",
    tab: "train",
    begin: showExample,
    recorded: isRecorded("#component-watch"),
    find: () => all("#component-watch table.results"),
  },
  {
    id: "overfit",
    tab: "overfitting",
    begin: showHeart,
    recorded: isRecorded("#component-curves"),
    find: () => all("#component-curves .error-pair").slice(0, 1),
  },
  {
    id: "cure",
    tab: "overfitting",
    begin: showHeart,
    recorded: isRecorded("#component-curves"),
    find: () => all("#component-curves .error-pair").slice(0, 2),
    presses: () => switches().slice(0, 1),
    now: () =>
      switches().length
        ? switches()
            .map((box) => box.checked)
            .join()
        : null,
    linger: 3500,
  },
  {
    id: "rate",
    tab: "arena",
    begin: () => sendLetter("arena", {length: BRIEF}),
    end: () => sendLetter("arena", {length: null}),
    find: () => all("#tab-arena .arena-asked, #tab-arena .arena-answers, #tab-arena .arena-buttons"),
    presses: () => all("#tab-arena [data-vote]"),
    count: () => Number(one("#tab-arena [data-line]")?.dataset.mine ?? NaN),
    of: RATINGS,
    linger: 1500,
  },
  {id: "votes", tab: "rlhf", find: () => all("[data-station=ratings]")},
  {
    id: "ppo",
    tab: "rlhf",
    begin: showLoop,
    recorded: () => Boolean(one("[data-recorded-loop]")),
    find: () => all("[data-recorded-loop] > summary"),
    now: isOpen,
    done: (before, now) => now, // also when it was opened before anybody looked
    linger: 1500,
  },
  {
    id: "follow",
    tab: "rlhf",
    begin: showLoop,
    recorded: () => Boolean(one("[data-recorded-loop]")),
    find: () => all("[data-recorded-loop] .trends"),
  },
  {id: "end", tab: "rlhf"},
];

export const stepAt = (id) =>
  Math.max(
    0,
    STEPS.findIndex((step) => step.id === id),
  );
