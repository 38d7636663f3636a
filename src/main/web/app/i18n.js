// Texts in the reader's language. A text may name values: t("live.resume", {n: 3}).
import {language} from "./preferences.js";
import english from "./text-en.js";
import chinese from "./text-zh.js";

const TEXTS = {en: english, zh: chinese};

/** The text of this name; the name itself where there is none. */
export function t(name, values) {
  const text = TEXTS[language.value][name] ?? name;
  return values ? text.replace(/\{(\w+)\}/g, (all, key) => (key in values ? String(values[key]) : all)) : text;
}

/** The text of a stable code, or null where the dictionary knows none. */
export function textOf(group, code) {
  return TEXTS[language.value][`${group}.${code}`] ?? null;
}

export function locale() {
  return language.value === "zh" ? "zh-CN" : "en-GB";
}
