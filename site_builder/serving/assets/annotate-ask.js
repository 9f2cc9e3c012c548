/*
 * Asks the preview: what a selection offers, how its YAML reads, to append it, to take it back. Every answer is an
 * object; one that could not be given has `error`, `hint`, `problems`, and `isStale` when the page is not of this preview.
 */
(() => {
  "use strict";
  const shared = window.briefingAnnotate;
  if (!shared) return;
  const token = document.querySelector('meta[name="briefing-token"]').content;
  const source = decodeURIComponent(location.pathname).replace(/^.*\/([^/]*)\.html$/, "$1");

  async function ask(what, method, given) {
    try {
      const answer = await fetch(`/_briefing/annotate/${what}`, {
        method,
        headers: { "X-Briefing-Token": token, "Content-Type": "application/json" },
        body: given && JSON.stringify(given),
        cache: "no-store",
      });
      const found = await answer.json();
      return answer.ok ? found : { problems: [], ...found, isRefused: true, isStale: answer.status === 409 };
    } catch {
      return { error: "the preview does not answer", hint: "start briefing serve again", problems: [], isRefused: true };
    }
  }

  shared.source = source;
  shared.ask = {
    offer: (stretch) => ask("offer", "POST", { source, ...stretch }),
    draft: (stretch, wish) => ask("draft", "POST", { source, ...stretch, ...wish }),
    append: (stretch, wish) => ask("append", "POST", { source, ...stretch, ...wish }),
    last: () => ask("last", "GET"),
    undo: (last) => ask("last", "DELETE", { source: last.source, passage: last.passage }),
  };
})();
