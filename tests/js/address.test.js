// The page's address: what it asks for, and how it is written.

import {equal, test} from "/tests/check.js";
import {addressTo, readAddress} from "/scripts/core/address.js";

test("an address names a tab and what is open in it", () => {
  equal(readAddress(""), {tab: "train", params: {}, problem: null});
  equal(readAddress("?run=ab12cd34"), {tab: "train", params: {run: "ab12cd34"}, problem: null});
  equal(readAddress("?tab=runs&run=ab12cd34&lang=zh").params, {run: "ab12cd34"});
  equal(readAddress("?tab=runs&compare=ab12cd34,ef56ab78").params, {compare: "ab12cd34,ef56ab78"});
});

test("an address without a tab opens the one its parameter is of", () => {
  equal(readAddress("?compare=ab12cd34").tab, "runs");
  equal(readAddress("?start=run:ab12cd34"), {tab: "rlhf", params: {start: "run:ab12cd34"}, problem: null});
});

test("what is wrong in an address is told, and the rest of it holds", () => {
  equal(readAddress("?tab=nowhere").problem, {name: "tab", value: "nowhere"});
  equal(readAddress("?tab=constructor").tab, "train");
  equal(readAddress("?run=<b>").problem, {name: "run", value: "<b>"});
  equal(readAddress("?tab=runs&compare=ab12cd34,x&list=comparisons"), {
    tab: "runs",
    params: {list: "comparisons"},
    problem: {name: "compare", value: "ab12cd34,x"},
  });
});

test("an address is written from a tab and its parameters, and keeps what is nobody's", () => {
  equal(addressTo("train", {}), "");
  equal(addressTo("train", {run: "ab12cd34"}, "?lang=zh&tab=rlhf&start=nano"), "?lang=zh&run=ab12cd34");
  equal(addressTo("runs", {compare: "ab12cd34,ef56ab78"}), "?tab=runs&compare=ab12cd34,ef56ab78");
  equal(readAddress(addressTo("rlhf", {start: "run:ab12cd34"})).params, {start: "run:ab12cd34"});
});
