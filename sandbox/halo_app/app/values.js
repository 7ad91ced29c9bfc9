// Dates and states as people read them.

import { chip, h } from "./elements.js";

/** A date of the API: no zone means UTC, the year 1900 means none. */
export function date(value) {
  if (!value || value.startsWith("1900") || value.startsWith("0001")) return null;
  return new Date(/Z|[+-]\d\d:\d\d$/.test(value) ? value : `${value}Z`);
}

const dayFormat = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", year: "numeric" });
const momentFormat = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

export function time(value, format = momentFormat) {
  const found = date(value);
  return found ? h("time", { datetime: found.toISOString(), title: found.toLocaleString(document.documentElement.lang) }, format.format(found)) : "—";
}
export const day = (value) => time(value, dayFormat);

/** An end date: amber in the last weeks, red once it is over; a record also says so in words. */
export function ends(value, words = true) {
  const found = date(value);
  if (!found) return "—";
  const left = Math.ceil((found - Date.now()) / 86_400_000);
  const tone = left < 0 ? "red" : left < 45 ? "amber" : "";
  if (!tone) return day(value);
  const state = left < 0 ? "ended" : `${left} days left`;
  return words ? [day(value), " ", chip(state, tone)] : h("span", { class: `tone ${tone}` }, day(value), h("span", { class: "hidden" }, `, ${state}`));
}

const STATUS_TONE = { "New": "blue", "In Progress": "green", "On Hold": "amber", "In use": "green", "In stock": "blue", "Active": "green", "Expired": "red" };
export const PRIORITY_TONE = { 1: "red", 2: "amber" };
export const status = (name) => chip(name, STATUS_TONE[name]);
