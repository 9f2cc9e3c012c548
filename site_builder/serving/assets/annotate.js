/*
 * Annotating: words selected on a source's page become a passage. A small button or the key `a` opens the panel; what
 * is typed is held against the briefing at once; appended, the page comes back at the new mark, with an undo.
 */
(() => {
  "use strict";
  const shared = window.briefingAnnotate;
  if (!shared) return;
  const { text, ask, form, panel, after } = shared;
  const marked = "highlights" in CSS && new Highlight();
  const LONGEST = 15_000; // UTF-16 units of a selection; the preview takes requests of 64 KB
  const refusal = (error, hint) => ({ error, hint, problems: [], isRefused: true });
  const TOO_LONG = refusal("This is too long for a passage", "select less");
  const EXCERPTS = refusal("This page shows excerpts", "serve with --profile local to annotate the whole text");
  let chosen = null; // the stretch that the panel is about
  let turn = 0;
  let typing = 0;
  let selecting = 0;

  if (marked) {
    const style = new CSSStyleSheet();
    style.replaceSync("::highlight(briefing-annotate) { background: Highlight; color: HighlightText; }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
    CSS.highlights.set("briefing-annotate", marked);
  }

  function mark(stretch) {
    if (!marked) return;
    marked.clear();
    if (stretch) text.ranges(stretch).forEach((range) => marked.add(range));
  }

  async function begin(stretch, isNew = true) {
    const now = ++turn;
    const told = text.told(stretch);
    const offer = !text.isWhole ? EXCERPTS : told.words.length > LONGEST ? TOO_LONG : await ask.offer(told);
    if (now !== turn) return;
    if (offer.isRefused) return refuse(offer);
    chosen = text.taken(offer);
    getSelection().removeAllRanges();
    mark(chosen);
    panel.quote(offer.words, offer.widened);
    form.fill(offer, isNew);
    if (isNew) panel.open();
    after.look();
    panel.uncover(text.ranges(chosen)[0].getBoundingClientRect());
    await draft();
  }

  function refuse(answer) {
    if (panel.isOpen()) form.show(answer);
    else panel.say([answer.error, ...answer.problems.map((p) => `${p.place}: ${p.message}`), answer.hint].filter(Boolean).join("; "), null);
  }

  async function draft() {
    const now = ++turn;
    const drafted = await ask.draft(text.told(chosen), form.wish());
    if (now !== turn || !chosen) return;
    const said = form.show(drafted);
    panel.speak(said.length ? `${said.length} to mend: ${said[0].message}` : "Nothing to mend.");
    panel.append.disabled = said.length > 0 && (drafted.isRefused || Boolean(drafted.by_hand) || said.some((p) => p.severity === "error"));
  }

  function shut() {
    turn += 1;
    chosen = null;
    mark(null);
    panel.shut();
  }

  async function append() {
    clearTimeout(typing);
    const now = ++turn;
    panel.append.disabled = true;
    const done = await ask.append(text.told(chosen), form.wish());
    if (now !== turn) return;
    panel.append.disabled = false;
    if (done.isRefused) return void form.show(done);
    after.appended(done, `'${done.passage}' was appended to ${done.path}.`);
    shut();
  }

  const isTyping = (event) => event.composedPath()[0].matches?.("input, textarea, select, [contenteditable]");
  const paragraph = () => document.activeElement?.closest?.("p.text");

  function later() {
    clearTimeout(selecting);
    selecting = setTimeout(() => {
      if (!panel.isOpen()) panel.offer(text.selected() ? [...getSelection().getRangeAt(0).getClientRects()].at(-1) : null);
    }, 150);
  }

  document.addEventListener("selectionchange", later);
  const moved = () => {
    panel.offer(null);
    later();
  };
  addEventListener("scroll", moved, { passive: true });
  addEventListener("resize", moved);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.isOpen()) return shut();
    if (event.key !== "a" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event)) return;
    const stretch = text.selected() || (paragraph() && text.element(paragraph()));
    if (!stretch || event.defaultPrevented) return;
    event.preventDefault();
    begin(stretch);
  });
  panel.begin.addEventListener("pointerdown", (event) => event.preventDefault()); // or the selection would go
  panel.begin.addEventListener("click", () => text.selected() && begin(text.selected()));
  panel.close.addEventListener("click", shut);
  panel.append.addEventListener("click", append);
  panel.done.addEventListener("click", () => panel.say("", null));
  panel.copy.addEventListener("click", () => {
    navigator.clipboard.writeText(form.yaml()).then(
      () => panel.say(`The YAML of '${form.wish().id}' was copied.`, null),
      () => {
        getSelection().selectAllChildren(form.yamlElement);
        panel.say("This browser does not copy by itself: the YAML is selected.", null);
      },
    );
  });
  panel.steps.addEventListener("click", (event) => {
    const [edge, by] = (event.target.value || "").split(" ");
    const next = edge && chosen && text.moved(chosen, edge, Number(by));
    if (next) begin(next, false);
  });
  form.element.addEventListener("submit", (event) => event.preventDefault());
  form.element.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(draft, 200);
  });
})();
