/*
 * Loads what the search page searches; enhances nothing by itself. `briefingSearch.open(form, changed)` loads the first
 * file, `data-first`; `state.ask(query)` the rest: titles, first those with the words, then texts, part by part.
 * `changed` is told of it now and then.
 */
(() => {
  "use strict";
  const search = (window.briefingSearch ||= {});
  const PLACES = 4096; // in a part of titles, as `search_words.py` counts
  const AT_ONCE = 6, FEW = 8; // parts asked for at the same time; so many are loaded before anything is asked
  const PAUSE = 200, SHARE = 8; // between what is told: ms at least, and times what it took

  // A page opened from disk may load scripts and nothing else.
  const script = (path) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = path;
      element.onload = () => (element.remove(), resolve());
      element.onerror = () => (element.remove(), reject(new Error(path)));
      document.head.append(element);
    });

  // Texts wait for the page: a browser shows that it loads as long as scripts come.
  const loaded = () =>
    new Promise((resolve) => {
      if (document.readyState === "complete") resolve();
      else window.addEventListener("load", () => resolve(), { once: true });
    });

  // Where titles with a word may stand, by the shelves of `search_words.py`; null where nothing is known of it.
  const placesOf = async ({ forms, prefix }, shelf) => {
    const found = new Set();
    for (const form of forms) {
      const [first, second, third] = [...form, "\0", "\0"].map((letter) => letter.codePointAt(0));
      if (prefix && !third) return null;
      const rows = await shelf((first * 31 + second) * 31 + third);
      for (const [word, places] of Object.entries(rows ?? {})) {
        if (!(prefix ? word.startsWith(form) : word === form)) continue;
        if (typeof places === "number") return null;
        let place = 0;
        for (const distance of places.split(" ")) found.add((place += Number(distance)));
      }
    }
    return found.size ? found : null;
  };
  // Two common words of a phrase are on a shelf as if they were one.
  const pairsOf = (phrase) =>
    phrase.slice(1).map(({ forms, prefix }, at) =>
      ({ forms: phrase[at].forms.flatMap((one) => forms.map((other) => `${one} ${other}`)), prefix }));
  // The parts of titles that may have all words, the fullest first.
  const partsOf = (places) => {
    const [some, ...others] = places.filter(Boolean).sort((one, other) => one.size - other.size), parts = new Map();
    for (const place of some ?? []) {
      if (!others.every((other) => other.has(place))) continue;
      const part = Math.floor(place / PLACES);
      parts.set(part, (parts.get(part) ?? 0) + 1);
    }
    return [...parts.keys()].sort((one, other) => parts.get(other) - parts.get(one));
  };

  search.open = async (form, changed) => {
    const { first: place } = form.dataset;
    const segment = async (name) => {
      await script(place.replace(/first(?=\.js$)/, name));
      const found = window.briefingSegments[name];
      delete window.briefingSegments[name];
      return found;
    };
    const first = await segment("first");
    const names = (kind, count) => Array.from({ length: count }, (_, number) => `${kind}-${number}`);
    const titles = names("titles", first.titles), texts = names("text", first.texts);
    const state = {
      blocks: [], count: 0, topics: new Map(), measures: new Map(), sources: new Map(), entities: new Map(),
      near: new Map(), // open questions by the passages that come near
      isTitled: false, read: 0, failed: 0, total: titles.length + texts.length,
    };
    search.takeFirst(state, first);

    let hinted = new Set(), due = 0, timer = 0;
    const tell = (isWanted) => {
      const now = performance.now();
      if (!isWanted && now < due) {
        timer ||= setTimeout(tell, due - now, true);
        return;
      }
      clearTimeout(timer);
      timer = 0;
      changed(state);
      due = performance.now() + Math.max(PAUSE, SHARE * (performance.now() - now));
    };
    const readAll = async (waiting, take) => {
      const one = async () => {
        while (waiting.length) {
          const name = [...hinted].find((each) => waiting.includes(each)) ?? waiting[0];
          waiting.splice(waiting.indexOf(name), 1);
          try {
            take(state, await segment(name));
            state.read += 1;
          } catch {
            state.failed += 1;
          }
          tell((hinted.delete(name) && !hinted.size) || state.read + state.failed === state.total);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, one));
    };
    let reading = null, asked = "";
    const start = () => {
      reading ??= readAll(titles, search.takeTitles)
        .then(() => {
          state.isTitled = true;
          tell(true);
          return loaded();
        })
        .then(() => readAll(texts, search.takeTexts));
    };

    const shelves = new Map();
    const shelf = (number) => {
      const name = `words-${number % first.words}`;
      if (!shelves.has(name)) shelves.set(name, segment(name).catch(() => null));
      return shelves.get(name);
    };
    state.ask = async (query) => {
      asked = query;
      if (first.words && titles.length) {
        const { phrases, words } = search.parse(query);
        const sought = [...phrases.flat(), ...phrases.flatMap(pairsOf), ...words];
        const places = await Promise.all(sought.map((word) => placesOf(word, shelf)));
        if (asked !== query) return;
        hinted = new Set(partsOf(places).map((part) => `titles-${part}`).filter((name) => titles.includes(name)));
        due = 0;
      }
      start();
    };
    if (state.total <= FEW) start();
    changed(state);
    return state;
  };
})();
