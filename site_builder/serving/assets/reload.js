/*
 * Enhances: livereload's script, which loads after this one.
 * Tells the preview what this page shows, takes what concerns the problems alone, and keeps the reader's place
 * (scroll, focus, what is unfolded) when the page is loaded again.
 */
(() => {
  "use strict";
  const key = `briefing-place ${location.pathname}`;
  const shown = document.querySelector('meta[name="briefing-preview"]').content;

  window.LiveReloadPluginBriefing = class {
    static identifier = "briefing";
    static version = "1";
    static problems = "";

    analyze() {
      return { site: shown, problems: window.LiveReloadPluginBriefing.problems };
    }

    // True: taken. Otherwise livereload loads the page again.
    reload(path) {
      if (path === "/_briefing/problems") {
        document.dispatchEvent(new Event("briefing-problems"));
        return true;
      }
      try {
        sessionStorage.setItem(key, JSON.stringify(place()));
      } catch {
        // No storage: the browser's own memory of the place has to do.
      }
      return false;
    }
  };

  // An element on the page before and after: its id, or its words and which of those with the same words it is.
  function name(element) {
    return element.id ? `#${element.id}` : `${element.localName} ${element.textContent.trim().slice(0, 80)}`;
  }

  function named(tag) {
    const counts = new Map();
    return [...document.querySelectorAll(tag)].map((element) => {
      const words = name(element);
      counts.set(words, (counts.get(words) || 0) + 1);
      return [`${words} ${counts.get(words)}`, element];
    });
  }

  function place() {
    const top = [...document.querySelectorAll("main [id]")].find((element) => {
      const box = element.getBoundingClientRect();
      return box.height && box.top >= 0 && box.top < innerHeight;
    });
    const focused = document.activeElement;
    const tag = focused && focused !== document.body ? focused.localName : "";
    return {
      y: scrollY,
      top: top && scrollY && { id: top.id, y: top.getBoundingClientRect().top },
      open: named("summary").map(([words, summary]) => [words, summary.parentElement.open]),
      focus: tag && { tag, words: (named(tag).find((found) => found[1] === focused) || [""])[0] },
    };
  }

  function kept() {
    try {
      const text = sessionStorage.getItem(key);
      sessionStorage.removeItem(key);
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  const before = kept();
  if (!before) return;
  const folds = new Map(before.open);
  named("summary").forEach(([words, summary]) => {
    if (folds.has(words)) summary.parentElement.open = folds.get(words);
  });
  if (before.focus) {
    const found = named(before.focus.tag).find(([words]) => words === before.focus.words);
    if (found) found[1].focus({ preventScroll: true });
  }

  // Fonts and pictures move things until the page is loaded; a reader who moves meanwhile is left alone.
  let isLeft = false;
  const leave = () => (isLeft = true);
  ["wheel", "touchstart", "keydown", "mousedown"].forEach((type) => addEventListener(type, leave, { once: true, passive: true }));
  history.scrollRestoration = "manual";

  function settle() {
    if (isLeft) return;
    const top = before.top && document.getElementById(before.top.id);
    const y = top ? scrollY + top.getBoundingClientRect().top - before.top.y : before.y;
    scrollTo({ top: y, behavior: "instant" });
  }

  settle();
  addEventListener("load", () => {
    settle();
    document.fonts.ready.then(settle);
    history.scrollRestoration = "auto";
  });
})();
