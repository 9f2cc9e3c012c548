/*
 * The panel around the form, the small button beside a selection, and the words at the foot of the page. They stand in
 * a shadow tree, so that the site's styles and these never meet; its colours are those of the page.
 */
(() => {
  "use strict";
  const shared = window.briefingAnnotate;
  if (!shared) return;
  const { make, form, source } = shared;

  const host = document.createElement("briefing-annotate");
  const root = host.attachShadow({ mode: "open" });
  const begin = make("button", { type: "button", className: "begin", hidden: true }, "Annotate ", make("kbd", { ariaHidden: "true" }, "a"));
  const title = make("h2", { id: "title", tabIndex: -1 }, "New passage");
  const close = make("button", { type: "button", className: "close", label: "Close" }, "×");
  const words = make("blockquote", { id: "words", dir: "auto" });
  const widened = make("p", { className: "widened", hidden: true }, "Widened to whole words.");
  const step = (edge, by, sign, name) => make("button", { type: "button", label: name, title: name, value: `${edge} ${by}` }, sign);
  const steps = make(
    "div",
    { className: "steps", role: "group", label: "Begin and end of the passage" },
    make("span", {}, "Begin"),
    step("start", -1, "←", "Begin a word earlier"),
    step("start", 1, "→", "Begin a word later"),
    make("span", {}, "End"),
    step("end", -1, "←", "End a word earlier"),
    step("end", 1, "→", "End a word later"),
  );
  const append = make("button", { type: "button", className: "main" }, "Append to the file");
  const copy = make("button", { type: "button" }, "Copy the YAML");
  const head = make("div", { className: "head" }, title, close);
  const body = make("div", { className: "body" }, words, widened, steps, form.element);
  const takeBack = make("button", { type: "button", hidden: true });
  const doings = make("div", { className: "doings" }, append, copy, takeBack);
  const panel = make("section", { className: "panel", hidden: true, role: "dialog" }, head, body, form.problems, doings);
  panel.setAttribute("aria-labelledby", "title");
  const foot = make("div", { className: "foot", hidden: true });
  const said = make("p");
  const spoken = make("p", { className: "unseen", role: "status" });
  const undo = make("button", { type: "button", hidden: true }, "Undo");
  const done = make("button", { type: "button", className: "close", label: "Dismiss" }, "×");
  foot.append(said, undo, done);
  root.append(make("link", { rel: "stylesheet", href: "/_briefing/assets/annotate.css" }), begin, panel, foot, spoken);
  document.body.append(host);

  let back = null;

  function open() {
    if (panel.hidden) back = document.activeElement;
    begin.hidden = true;
    panel.hidden = false;
    say("", null);
    body.scrollTop = 0;
    title.focus({ preventScroll: true });
  }

  function shut() {
    panel.hidden = true;
    place();
    if (back && back.isConnected && back !== document.body) back.focus({ preventScroll: true });
    else host.blur();
    if (root.activeElement) root.activeElement.blur();
    back = null;
  }

  // On a phone the panel covers the lower part of the page: the words go above it.
  function uncover(box) {
    const top = panel.getBoundingClientRect().top;
    if (top > 100 && (box.top < 48 || box.top > top - 48)) scrollBy({ top: box.top - 64, behavior: "instant" });
  }

  // Under the end of what is selected; on a phone in a corner, away from the handles of the selection.
  function offer(box) {
    begin.hidden = !box;
    if (!box) return;
    const isTouch = matchMedia("(pointer: coarse)").matches;
    const size = begin.getBoundingClientRect();
    const left = isTouch ? innerWidth - size.width - 12 : Math.min(box.right + 4, document.documentElement.clientWidth - size.width - 12);
    const below = box.bottom + 6 + size.height < innerHeight ? box.bottom + 6 : box.top - size.height - 6;
    begin.style.left = `${Math.max(8, left)}px`;
    begin.style.top = `${isTouch ? innerHeight - size.height - 16 : Math.max(8, below)}px`;
  }

  // Words lie over the page, but never over the panel: while it is open they stand in it.
  function place() {
    if (panel.hidden) panel.after(foot);
    else doings.before(foot);
  }

  function say(message, last) {
    place();
    foot.hidden = !message;
    said.textContent = spoken.textContent = message;
    offerUndo(last);
  }

  function offerUndo(last) {
    undo.hidden = takeBack.hidden = !last;
    if (!last) return;
    const where = last.source === source ? "" : ` in ${last.source}`;
    takeBack.textContent = `Undo '${last.passage}'${where}`;
    undo.textContent = where ? takeBack.textContent : "Undo";
    undo.setAttribute("aria-label", `Undo '${last.passage}' in ${last.source}`);
  }

  const speak = (message) => (spoken.textContent = message);

  function quote(text, isWidened) {
    words.textContent = text.length > 420 ? `${text.slice(0, 240).replace(/\S*$/u, "")}… ${text.slice(-120).replace(/^\S*\s/u, "")}` : text;
    widened.hidden = !isWidened;
  }

  const parts = { begin, close, steps, append, copy, undo, takeBack, done };
  shared.panel = { ...parts, open, shut, uncover, offer, offerUndo, say, speak, quote, isOpen: () => !panel.hidden };
})();
