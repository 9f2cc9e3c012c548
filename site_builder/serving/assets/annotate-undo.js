/*
 * After a passage was appended: what is said, the undo, and how the page comes back once the site was built anew.
 */
(() => {
  "use strict";
  const shared = window.briefingAnnotate;
  if (!shared) return;
  const { ask, panel, source } = shared;
  const KEPT = "briefing-annotated";
  const FRESH = 60_000; // ms in which the site is surely built anew, or it has problems
  let last = null; // what an undo would take back

  async function undo() {
    if (!last) return;
    const undone = await ask.undo(last);
    if (undone.isRefused) {
      await look();
      const said = [undone.error, ...undone.problems.map((p) => `${p.place}: ${p.message}`), undone.hint];
      panel.say(said.filter(Boolean).join("; "), last);
      return;
    }
    last = undone.last;
    keep(null, `'${undone.passage}' was taken back from ${undone.path}.`);
  }

  // Said now, and once more when the page was built anew: then at the new mark.
  function keep(done, message) {
    panel.say(message, last);
    try {
      sessionStorage.setItem(KEPT, JSON.stringify({ source, anchor: done && done.anchor, message, at: Date.now() }));
    } catch {
      // No storage: the page comes back without these words.
    }
  }

  async function comeBack() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch {
      return;
    }
    if (!kept || kept.source !== source || Date.now() - kept.at > FRESH) return;
    const found = kept.anchor && document.getElementById(kept.anchor);
    const show = () => found && found.scrollIntoView({ block: "center", behavior: "instant" });
    if (found) location.replace(`#${kept.anchor}`);
    show();
    addEventListener("load", () => document.fonts.ready.then(show)); // after the reader's old place was found again
    await look();
    panel.say(kept.message, last);
  }

  // What can be taken back may have come from another page, and be gone by now.
  async function look() {
    last = (await ask.last()).last || null;
    panel.offerUndo(last);
  }

  panel.undo.addEventListener("click", undo);
  panel.takeBack.addEventListener("click", undo);
  shared.after = {
    appended(done, message) {
      last = done;
      keep(done, message);
    },
    look,
  };
  comeBack();
})();
