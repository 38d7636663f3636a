// Texts in the reader's language. English comes with the page, which is drawn the sooner; others are loaded when wanted. A
// text may name values: t("live.resume", {n: 3}).
import {keepLanguage, language} from "./preferences.js";
import english from "./text-en.js";

const DICTIONARIES = {en: () => english, zh: async () => (await import("./text-zh.js")).default};
let texts = english;

/** To be awaited before anything is drawn. */
export async function loadTexts(wanted = language.value) {
  texts = await DICTIONARIES[wanted]();
}

export async function chooseLanguage(wanted) {
  await loadTexts(wanted);
  keepLanguage(wanted);
}

/** The text of this name; the name itself where there is none. */
export function t(name, values) {
  const text = texts[name] ?? name;
  return values ? text.replace(/\{(\w+)\}/g, (all, key) => (key in values ? String(values[key]) : all)) : text;
}

/** The text of a stable code, or null where the dictionary knows none. */
export function textOf(group, code) {
  return texts[`${group}.${code}`] ?? null;
}

export function locale() {
  return language.value === "zh" ? "zh-CN" : "en-GB";
}
