// A value that views watch. All state that outlives a view is kept in one of these.
import {useEffect, useState} from "htm/preact";

export class Store {
  constructor(value) {
    /** Changed by `set` alone. */
    this.value = value;
    this.watchers = new Set();
  }

  set(value) {
    this.value = value;
    this.watchers.forEach(watcher => watcher(value));
  }

  /** Calls back with each new value; returns how to stop that. */
  watch(watcher) {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}

/** The store's value; the component is drawn again when it changes. */
export function useStore(store) {
  const [, draw] = useState(0);
  const drawn = store.value;
  useEffect(() => {
    if (store.value !== drawn) draw(n => n + 1);
    return store.watch(() => draw(n => n + 1));
  }, [store]);
  return drawn;
}
