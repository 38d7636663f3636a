// Text that others chose, such as object names: shown as text, whatever it holds. What has no shape of its own, or
// changes the shape of its neighbours, is shown as a chip; each text is isolated from the direction of what surrounds it.
import {html} from "htm/preact";

// Controls, format characters (bidirectional marks, invisible ones, tags), line separators, halves of pairs, fillers. Two
// joiners are left: scripts and emoji need them, and they cannot change the direction.
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]/u;
const EDGE = 28;

// Not by the pictures of controls, which few fonts have.
function chipText(character) {
  return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** As text alone, for attributes and commands: chips in brackets. */
export function visible(text) {
  return Array.from(String(text), c => (UNSEEN.test(c) ? `[${chipText(c)}]` : c)).join("");
}

/** A text of several lines, whose line ends stay: for what is set as it is, such as JSON. */
export function visibleLines(text) {
  return String(text).split("\n").map(visible).join("\n");
}

function pieces(characters) {
  const found = [];
  let plain = "";
  for (const [index, c] of characters.entries()) {
    const edge = c === " " && (index === 0 || index === characters.length - 1);
    if (!edge && !UNSEEN.test(c)) {
      plain += c;
      continue;
    }
    if (plain) found.push(plain);
    plain = "";
    found.push(html`<span class="unseen">${chipText(c)}</span>`);
  }
  if (plain) found.push(plain);
  return found;
}

/** A text of others. At most `most` characters are shown, the middle is left out; the title has the whole. */
export function Hostile({text, most = 0, class: classes = ""}) {
  const characters = Array.from(String(text ?? ""));
  if (!most || characters.length <= most) {
    return html`<bdi class=${`hostile ${classes}`}>${pieces(characters)}</bdi>`;
  }
  const end = Math.min(EDGE, Math.floor(most / 3));
  return html`<bdi class=${`hostile ${classes}`} title=${visible(text)}
    >${pieces(characters.slice(0, most - end))}<span class="cut">\u2026</span>${pieces(characters.slice(-end))}</bdi>`;
}
