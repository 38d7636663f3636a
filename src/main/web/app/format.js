// Numbers, sizes and times for people. Tabular figures in the style sheet keep columns in line.
import {locale} from "./i18n.js";

const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

export function size(bytes) {
  if (bytes == null) return "–";
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

export function count(number) {
  return number == null ? "–" : new Intl.NumberFormat(locale()).format(number);
}

export function rate(perSecond) {
  if (perSecond == null) return "–";
  if (perSecond === 0 || perSecond >= 100) return count(Math.round(perSecond));
  return perSecond.toFixed(perSecond >= 10 ? 0 : perSecond >= 1 ? 1 : 2);
}

/** 0.8 ms, 12 ms, 1.2 s, 3 min, 2 h, 5 d. */
export function millis(value) {
  if (value == null) return "–";
  const size = Math.abs(value);
  if (size < 1000) return `${size < 10 && !Number.isInteger(value) ? value.toFixed(1) : Math.round(value)} ms`;
  if (size < 60_000) return `${(value / 1000).toFixed(size < 10_000 ? 1 : 0)} s`;
  if (size < 3_600_000) return `${Math.round(value / 60_000)} min`;
  if (size < 172_800_000) return `${(value / 3_600_000).toFixed(1)} h`;
  return `${Math.round(value / 86_400_000)} d`;
}

/** The time alone today, else with its date. */
export function when(rfc3339) {
  const time = new Date(rfc3339);
  if (Number.isNaN(time.getTime())) return "–";
  const today = time.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale(), {
    ...(today ? {} : {year: "numeric", month: "2-digit", day: "2-digit"}),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(time);
}

/** With milliseconds, for a timeline. */
export function exactly(rfc3339) {
  const time = new Date(rfc3339);
  if (Number.isNaN(time.getTime())) return "–";
  return `${when(rfc3339)}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}

/** JSON set for reading; text that is none stays as it is. */
export function pretty(text) {
  try {
    return JSON.stringify(typeof text === "string" ? JSON.parse(text) : text, null, 2);
  } catch {
    return String(text);
  }
}
