// Refused callbacks by reason, and the way to find out why.
import {html} from "htm/preact";
import {count} from "./format.js";
import {t, textOf} from "./i18n.js";
import {Empty} from "./parts.js";

function Reasons({refused, explain}) {
  const some = refused.filter(one => one.count > 0).sort((a, b) => b.count - a.count);
  if (!some.length) return html`<${Empty} title=${t("refused.none")} />`;
  return html`<table class="grid"><thead><tr><th scope="col">${t("refused.reason")}</th>
      <th scope="col" class="number">${t("refused.count")}</th><th scope="col" class="wide-only">${t("refused.means")}</th>
      <th scope="col"><span class="offscreen">${t("explain")}</span></th></tr></thead>
    <tbody>${some.map(one => html`<tr key=${one.reason} data-reason=${one.reason}><th scope="row"><code>${one.reason}</code></th>
      <td class="number">${count(one.count)}</td><td class="wide-only">${textOf("refusal", one.reason) ?? ""}</td>
      <td class="end"><button class="small" onClick=${() => explain(one.reason)}>${t("explain")}
        <span class="offscreen"> ${one.reason}</span></button></td></tr>`)}</tbody></table>`;
}

export function Refused({refused, explain}) {
  return html`<section class="card" data-testid="refused" aria-labelledby="refused-title">
    <div class="section-head"><h2 id="refused-title">${t("refused.title")}</h2>
      <button class="small" data-testid="explain-button" onClick=${() => explain("")}>${t("refused.explain")}</button></div>
    ${refused ? html`<${Reasons} refused=${refused} explain=${explain} />` : html`<p class="faint">${t("ops.noCallback")}</p>`}
  </section>`;
}
