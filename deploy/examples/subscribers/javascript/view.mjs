// The view: a file with one line for each effect, and what is remembered of it.
import fs from 'node:fs';

const FIELDS = ['kind', 'object', 'sequence', 'etag', 'detail', 'source', 'id'];
const ESCAPES = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const UNESCAPED = Object.fromEntries(Object.entries(ESCAPES).map(([plain, escaped]) => [escaped, plain]));

// An effect is what one event comes to: kind (uploaded, thumbnailed, deleted), object (the record key), sequence (a
// BigInt), etag, detail (bytes of an upload, number of thumbnails, reason of a deletion), source and id. Its line has
// these fields with a tab between them, an absent one a hyphen, written as jq's @tsv writes them.
export function toLine(effect) {
  return FIELDS.map((name) => String(effect[name]).replace(/[\\\t\n\r]/g, (c) => ESCAPES[c])).join('\t');
}

function ofLine(line) {
  const fields = line.split('\t').map((field) => field.replace(/\\[\\tnr]/g, (c) => UNESCAPED[c]));
  const effect = Object.fromEntries(FIELDS.map((name, i) => [name, fields[i]]));
  return { ...effect, sequence: BigInt(effect.sequence) };
}

// Uploads and deletions of an object share one fence, its thumbnailings have their own.
function fenceOf({ kind, object }) {
  return (kind === 'thumbnailed' ? 'thumbnails of ' : '') + object;
}

// The effects so far, in a file that is only appended to; the last line of an object is what it is now. Put your
// database here: what admit() remembers and what append() writes belong into one transaction. One process for each file.
export class View {
  #seen = new Set();
  #fences = new Map();
  #file;

  constructor(path) {
    this.#file = fs.openSync(path, 'a+');
    const content = fs.readFileSync(path);
    // A line without its end was being written when the process died: its event comes again.
    const whole = content.lastIndexOf('\n') + 1;
    fs.ftruncateSync(this.#file, whole);
    const lines = content.toString('utf8', 0, whole).split('\n').slice(0, -1);
    lines.forEach((line) => this.#remember(ofLine(line)));
  }

  // Decides on an event, and remembers it when it is to be applied.
  admit(effect) {
    if (this.#seen.has(`${effect.source}\t${effect.id}`)) return 'duplicate';
    if (effect.sequence <= (this.#fences.get(fenceOf(effect)) ?? -1n)) return 'stale';
    this.#remember(effect);
    return 'applied';
  }

  // On return the effects are on the disk.
  append(effects) {
    fs.writeFileSync(this.#file, effects.map((effect) => `${toLine(effect)}\n`).join(''));
    fs.fsyncSync(this.#file);
  }

  close() {
    fs.closeSync(this.#file);
  }

  #remember(effect) {
    // What comes from the state topic does not always name its event.
    if (effect.id !== '-') this.#seen.add(`${effect.source}\t${effect.id}`);
    const fence = this.#fences.get(fenceOf(effect)) ?? -1n;
    this.#fences.set(fenceOf(effect), effect.sequence > fence ? effect.sequence : fence);
  }
}
