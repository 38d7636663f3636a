// Copying: the browser's clipboard, or, where the page is not on a secure origin, its older command.
import {html} from "htm/preact";
import {t} from "./i18n.js";
import {notice} from "./notices.js";

function oldCommand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "offscreen";
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    notice(t("copied"));
  } catch {
    if (oldCommand(text)) notice(t("copied"));
    else notice(t("notCopied"), "error");
  }
}

export function CopyButton({text, label, testid}) {
  return html`<button class="small" data-testid=${testid} onClick=${() => copy(text)}>${label}</button>`;
}
