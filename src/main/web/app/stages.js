// Rate, latency and lag of each stage, with a line of the last two minutes' rate.
import {html} from "htm/preact";
import {count, millis, rate} from "./format.js";
import {t, textOf} from "./i18n.js";

const WIDTH = 120;
const HEIGHT = 24;
/** A lag that is drawn to the reader's attention. */
const MUCH_LAG = 1000;

function points(rates, samples) {
  const known = rates.map(value => value ?? 0);
  const top = Math.max(1, ...known);
  const step = WIDTH / (samples - 1);
  const start = samples - known.length;
  const y = value => HEIGHT - 2 - (value / top) * (HEIGHT - 4);
  return known.map((value, index) => `${((start + index) * step).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
}

function Sparkline({rates, samples = 60}) {
  return html`<svg class="spark" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <line x1="0" y1=${HEIGHT - 2} x2=${WIDTH} y2=${HEIGHT - 2} />
    ${rates.length > 1 && html`<polyline points=${points(rates, samples)} />`}
  </svg>`;
}

function Lag({value}) {
  return html`<td class=${`number ${value >= MUCH_LAG ? "bad-text" : ""}`}>${count(value)}</td>`;
}

export function Stages({stages, history}) {
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="stages-title"><table class="grid" data-testid="operations-stages">
    <thead><tr><th scope="col">${t("ops.stage")}</th><th scope="col" class="number">${t("ops.rate")}</th>
      <th scope="col" class="wide-only">${t("ops.lastMinutes")}</th>
      <th scope="col" class="number">p50</th><th scope="col" class="number">p99</th><th scope="col" class="number">${t("ops.lag")}</th>
      <th scope="col" class="number">${t("ops.retryLag")}</th></tr></thead>
    <tbody>${stages.map(one => html`<tr key=${one.stage} data-stage=${one.stage}>
      <th scope="row">${textOf("stage", one.stage) ?? one.stage}</th>
      <td class="number">${rate(one.ratePerSecond)}</td>
      <td class="wide-only spark-cell"><${Sparkline} rates=${history[one.stage] ?? []} /></td>
      <td class="number">${millis(one.p50Millis)}</td><td class="number">${millis(one.p99Millis)}</td>
      <${Lag} value=${one.lag} /><${Lag} value=${one.retryLag} /></tr>`)}</tbody>
  </table></div>`;
}
