// Dead letters: what was given up and why. Filtered, looked into, and moved back by operators.
import {html, useEffect, useState} from "htm/preact";
import {getJson, withParameters} from "./api.js";
import {LetterDialog} from "./letter.js";
import {count, when} from "./format.js";
import {Hostile} from "./hostile.js";
import {t, textOf} from "./i18n.js";
import {ProblemBox} from "./notices.js";
import {Busy, Empty, Field} from "./parts.js";
import {Redrive} from "./redrive.js";

const PAGE = 50;
const PAUSE_MILLIS = 250;
const FILTERS = ["group", "cause", "bucket", "prefix"];

function useLetters(filter, redriven) {
  const [found, setFound] = useState({letters: null, nextCursor: null, problem: null});
  const conditions = JSON.stringify([filter, redriven]);
  const load = async (cursor, signal) => {
    const parameters = [...Object.entries(filter), ["redriven", redriven ? "true" : ""], ["limit", PAGE], ["cursor", cursor]];
    try {
      const page = await getJson(withParameters("/api/dead-letters", parameters), signal);
      setFound(now => ({letters: [...(cursor ? now.letters : []), ...page.deadLetters], nextCursor: page.nextCursor, problem: null}));
    } catch (problem) {
      if (problem.name !== "AbortError") setFound(now => ({...now, problem}));
    }
  };
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(() => load(null, controller.signal), PAUSE_MILLIS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [conditions]);
  return {...found, more: () => load(found.nextCursor), again: () => load(null)};
}

function Filter({filter, set, letters, redriven, setRedriven}) {
  const known = name => [...new Set((letters ?? []).map(letter => letter[name]).filter(Boolean))];
  return html`<div class="filters" role="group" aria-label=${t("filter.title")}>
    ${FILTERS.map(name => html`<${Field} key=${name} label=${t(`letters.${name}`)}>
      <input data-testid=${`letters-${name}`} value=${filter[name] ?? ""} list=${`letters-${name}-list`}
        spellcheck=${false} autocomplete="off" onInput=${e => set({...filter, [name]: e.target.value.trim() || undefined})} /><//>`)}
    <label class="check"><input type="checkbox" checked=${redriven}
      onChange=${e => setRedriven(e.target.checked)} /> ${t("letters.redriven")}</label>
    ${["group", "cause"].map(name => html`<datalist key=${name} id=${`letters-${name}-list`}>
      ${known(name).map(value => html`<option key=${value} value=${value} />`)}</datalist>`)}
  </div>`;
}

function Letter({letter, chosen, choose, inspect}) {
  return html`<tr data-testid="dead-letter" data-position=${letter.position} class=${letter.redriven ? "moved" : ""}>
    <td><input type="checkbox" aria-label=${t("letters.choose", {position: letter.position})} checked=${chosen} disabled=${letter.redriven}
      onChange=${e => choose(e.target.checked)} /></td>
    <td class="letter-object"><${Hostile} text=${letter.recordKey ?? "–"} most=${72} />
      <span class="faint"><code>${letter.position}</code></span></td>
    <td><code>${letter.cause ?? "–"}</code> ${letter.redriven && html`<span class="tag">${t("letters.moved")}</span>`}
      <span class="block faint"><${Hostile} text=${letter.reason ?? ""} most=${120} /></span></td>
    <td class="wide-only nowrap">${textOf("stage", letter.sink?.split("-")[0]) ?? letter.sink ?? letter.group}</td>
    <td class="number wide-only"><time datetime=${letter.time}>${when(letter.time)}</time></td>
    <td class="number wide-only">${count(letter.attempts)}</td>
    <td class="end"><button class="small" data-testid="dead-letter-inspect" onClick=${inspect}>${t("letters.inspect")}</button></td>
  </tr>`;
}

function Letters({letters, chosen, setChosen, inspect}) {
  if (!letters.length) return html`<${Empty} title=${t("letters.none")}>${t("letters.noneHow")}<//>`;
  const choose = (position, on) => setChosen(on ? [...chosen, position] : chosen.filter(one => one !== position));
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="letters-title"><table class="grid letters"><thead><tr>
      <th scope="col"><span class="offscreen">${t("letters.chosen")}</span></th>
      <th scope="col">${t("letters.object")}</th><th scope="col">${t("letters.cause")}</th>
      <th scope="col" class="wide-only">${t("letters.sink")}</th><th scope="col" class="number wide-only">${t("letters.time")}</th>
      <th scope="col" class="number wide-only">${t("letters.attempts")}</th>
      <th scope="col"><span class="offscreen">${t("letters.inspect")}</span></th></tr></thead>
    <tbody>${letters.map(letter => html`<${Letter} key=${letter.position} letter=${letter} chosen=${chosen.includes(letter.position)}
      choose=${on => choose(letter.position, on)} inspect=${() => inspect(letter.position)} />`)}</tbody></table></div>`;
}

export function DeadLetters({letter, inspect, close}) {
  const [filter, setFilter] = useState({});
  const [redriven, setRedriven] = useState(false);
  const [chosen, setChosen] = useState([]);
  const found = useLetters(filter, redriven);
  const moved = () => {
    setChosen([]);
    found.again();
  };
  return html`<section class="card" data-testid="dead-letters" aria-labelledby="letters-title">
    <div class="section-head"><h2 id="letters-title">${t("letters.title")}</h2>
      <button class="small quiet" onClick=${found.again}>${t("refresh")}</button></div>
    <${Filter} filter=${filter} set=${setFilter} letters=${found.letters} redriven=${redriven} setRedriven=${setRedriven} />
    <${Redrive} filter=${chosen.length ? {ids: chosen} : filter} chosen=${chosen.length} any=${found.letters?.length > 0} moved=${moved} />
    ${found.problem && html`<${ProblemBox} problem=${found.problem} retry=${found.again} />`}
    ${found.letters ? html`<${Letters} letters=${found.letters} chosen=${chosen} setChosen=${setChosen} inspect=${inspect} />`
      : !found.problem && html`<${Busy} />`}
    ${found.nextCursor && html`<p class="after-list"><button onClick=${found.more}>${t("more")}</button></p>`}
    ${letter && html`<${LetterDialog} position=${letter} close=${close} />`}
  </section>`;
}
