// Words, languages and what falls back to English.

import {equal, test} from "./check.js";
import {languageOf, localized, nameOf, setLanguage, setWords, t} from "/scripts/core/words.js";

setWords({
  languages: {en: "English", zh: "中文", de: "Deutsch"},
  words: {
    en: {
      "a.rows": "{n} {n|row|rows} of {all}",
      "a.only": "only here",
      "family.low-rank": "low-rank",
      "page.title": "x",
    },
    zh: {"a.rows": "{all} 中的 {n} 行", "page.gap": ""},
    de: {},
  },
  names: {zh: {everything: "全部参数", "First steps": "第一步", seed: "种子"}},
});

test("places are filled in, with the word that goes with the number", () => {
  equal(t("a.rows", {n: 1, all: 3}), "1 row of 3");
  equal(t("a.rows", {n: 2}), "2 rows of {all}");
});

test("a name that we have no words for is said as it is", () => {
  equal(
    [nameOf("family", "low-rank"), nameOf("family", "brand_new"), t("no.such")],
    ["low-rank", "brand new", "no.such"],
  );
});

test("a language that lacks a word says it in English, and an empty word is a word", () => {
  setLanguage("zh-CN", false);
  equal([t("a.only"), t("page.gap"), t("a.rows", {n: 2, all: 3})], ["only here", "", "3 中的 2 行"]);
  setLanguage("de", false);
  equal([t("a.only"), document.documentElement.lang], ["only here", "de"]);
  equal([localized({en: "a", zh: "b"}), localized("c"), localized(null)], ["a", "c", ""]);
  setLanguage("en", false);
});

test("a code asks for its language, its family, or English", () => {
  equal(["de", "zh-TW", "fr", "constructor"].map(languageOf), ["de", "zh", "en", "en"]);
});

test("names of variants and recipes that come with the lab are said in the language of the page, one's own stay", () => {
  setLanguage("zh");
  equal(["everything", "everything · seed 2", "LoRA · r 8", "mine", "First steps"].map(localized), [
    "全部参数",
    "全部参数 · 种子 2",
    "LoRA · r 8",
    "mine",
    "第一步",
  ]);
  setLanguage("en");
  equal(["全部参数", "everything", "constructor"].map(localized), ["everything", "everything", "constructor"]);
});
