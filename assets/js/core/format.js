// Numbers as people read them: plain functions from a number to words, with an en dash for what is not known.

import {currentLanguage, t} from "./words.js";

const DASH = "–";
const LOCALES = {en: "en-GB", zh: "zh-CN"};

export const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

export function formatFigure(value, digits = 3) {
  if (!isNumber(value)) return DASH;
  return Math.abs(value) >= 1000 ? value.toPrecision(4) : value.toFixed(digits);
}

export function formatCount(value) {
  if (!isNumber(value)) return DASH;
  if (value >= 1e9) return `${(value / 1e9).toPrecision(3)} B`;
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)} M`;
  if (value >= 1e4) return `${(value / 1e3).toPrecision(3)} k`;
  return value.toLocaleString("en");
}

export function formatBytes(value) {
  if (!isNumber(value)) return DASH;
  const units = [
    [1e9, "GB"],
    [1e6, "MB"],
    [1e3, "kB"],
  ];
  for (const [size, unit] of units) {
    if (value >= size) return `${(value / size).toFixed(value < 10 * size ? 1 : 0)} ${unit}`;
  }
  return `${value} B`;
}

export const percent = (value) => Math.round(100 * value);

export function formatShare(part, whole) {
  if (!isNumber(part) || !whole) return DASH;
  const share = (100 * part) / whole;
  if (share >= 99.95) return "100 %";
  return `${share >= 10 ? share.toFixed(0) : Number(share.toPrecision(2))} %`;
}

// of seconds
export function formatDuration(seconds) {
  if (!isNumber(seconds)) return DASH;
  const whole = Math.round(seconds);
  if (seconds < 9.95) return t("page.seconds", {n: seconds.toFixed(1)});
  if (whole < 60) return t("page.seconds", {n: whole});
  if (whole < 3600) return t("page.minutes", {m: Math.floor(whole / 60), s: whole % 60});
  return t("page.hours", {h: Math.floor(whole / 3600), m: Math.floor((whole % 3600) / 60)});
}

// a moment in seconds since 1970: the time of today, or the day and the time
export function formatTime(seconds) {
  const date = new Date(seconds * 1000);
  const locale = LOCALES[currentLanguage()] || currentLanguage();
  const time = date.toLocaleTimeString(locale, {hour: "2-digit", minute: "2-digit"});
  if (date.toDateString() === new Date().toDateString()) return time;
  return `${date.toLocaleDateString(locale, {day: "numeric", month: "short"})} ${time}`;
}
