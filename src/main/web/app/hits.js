// What a search found. Arrows move from hit to hit, Enter opens, Esc goes back to the search.
import {html} from "htm/preact";
import {size, when} from "./format.js";
import {Hostile} from "./hostile.js";
import {t} from "./i18n.js";
import {Level, Thumbnail} from "./parts.js";
import {objectAddress} from "./router.js";

const NAME_CHARACTERS = 140;
const VARIABLES_SHOWN = 4;
const VALUE_CHARACTERS = 40;

function Variables({variables}) {
  const pairs = Object.entries(variables ?? {});
  return html`${pairs.slice(0, VARIABLES_SHOWN).map(([name, value]) => html`<span class="tag" key=${name}>
    <${Hostile} text=${`${name}=${value}`} most=${VALUE_CHARACTERS} /></span>`)}
    ${pairs.length > VARIABLES_SHOWN && html`<span class="faint">+${pairs.length - VARIABLES_SHOWN}</span>`}`;
}

function Hit({hit}) {
  return html`<li>
    <a class="hit" data-testid="search-hit" data-key=${hit.key} href=${objectAddress(hit.bucket, hit.key)}>
      <${Thumbnail} object=${hit} />
      <span class="row-name"><span class="hit-key"><${Hostile} text=${hit.key} most=${NAME_CHARACTERS} /></span>
        <span class="row-facts"><span class="bucket"><${Hostile} text=${hit.bucket} /></span>
          ${hit.mimeType && html`<${Hostile} text=${hit.mimeType} most=${VALUE_CHARACTERS} />`}
          <span class="number">${size(hit.size)}</span><${Level} level=${hit.verificationLevel} />
          <${Variables} variables=${hit.variables} /></span></span>
      <time class="faint number" datetime=${hit.uploadedAt}>${when(hit.uploadedAt)}</time>
    </a>
  </li>`;
}

export function Hits({hits, list, leave}) {
  const move = event => {
    const links = [...event.currentTarget.querySelectorAll("a.hit")];
    const at = links.indexOf(document.activeElement);
    const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1}[event.key];
    if (event.key === "Escape" || (event.key === "ArrowUp" && at === 0)) leave();
    else if (to === undefined) return;
    else links[to]?.focus();
    event.preventDefault();
  };
  return html`<ol class="hits" ref=${list} aria-label=${t("search.hits")} onKeyDown=${move}>
    ${hits.map(hit => html`<${Hit} key=${`${hit.bucket}/${hit.key}`} hit=${hit} />`)}
  </ol>`;
}
