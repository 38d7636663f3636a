// What the reader has chosen: language and theme. Kept by the browser where it allows that.
import {Store} from "./store.js";

const THEMES = ["auto", "light", "dark"];

function stored(name, allowed, otherwise) {
  try {
    const value = window.localStorage.getItem(`quayside.${name}`);
    return allowed.includes(value) ? value : otherwise;
  } catch {
    return otherwise;
  }
}

function keep(name, value) {
  try {
    window.localStorage.setItem(`quayside.${name}`, value);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

const preferred = (navigator.languages?.[0] ?? navigator.language ?? "en").toLowerCase();

export const language = new Store(stored("language", ["en", "zh"], preferred.startsWith("zh") ? "zh" : "en"));
export const theme = new Store(stored("theme", THEMES, "auto"));

export function keepLanguage(value) {
  keep("language", value);
  language.set(value);
  showPreferences();
}

/** From one theme to the next: the system's, light, dark. */
export function nextTheme() {
  const value = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length];
  keep("theme", value);
  theme.set(value);
  showPreferences();
}

/** Tells the document, whose style sheet and screen reader go by it. */
export function showPreferences() {
  const root = document.documentElement;
  root.lang = language.value === "zh" ? "zh-CN" : "en";
  if (theme.value === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme.value;
}
