/*
 * Enhances: .source .notes, the notes beside a paragraph of a source.
 * Moves each note down to the line on which its passage begins, as far as the notes above leave room; and keeps notes out
 * of what is selected from the text, so that words copied from several paragraphs are the source's alone.
 */
(() => {
  "use strict";
  const wide = matchMedia("(min-width: 62rem) and (not print)");
  const columns = [...document.querySelectorAll(".source .notes")];
  if (!columns.length) return;

  function align() {
    const notes = columns.flatMap((column) => [...column.children]);
    notes.forEach((note) => (note.style.marginTop = ""));
    if (!wide.matches) return;
    // Read every place before one is changed: the page is laid out twice, not once for each note.
    const wanted = columns.map((column) => {
      const top = column.getBoundingClientRect().top;
      const gap = parseFloat(getComputedStyle(column).rowGap) || 0;
      let pushed = 0;
      return [...column.children].map((note) => {
        const mark = document.getElementById(note.id.replace(/^n-/, "p-"));
        const own = note.getBoundingClientRect();
        const free = own.top - top + pushed;
        const lines = mark && mark.getClientRects()[0];
        const shift = lines ? Math.max(0, lines.top - top - free - 2) : 0;
        pushed += shift;
        return shift > gap ? shift : ((pushed -= shift), 0);
      });
    });
    columns.forEach((column, i) => {
      [...column.children].forEach((note, j) => {
        if (wanted[i][j]) note.style.marginTop = `${Math.round(wanted[i][j])}px`;
      });
    });
  }

  // Notes that cannot be selected start no selection: it takes the pointer to tell that one is to begin there.
  const begin = ({ target }) => {
    const began = target instanceof Element ? target : target.parentElement;
    document.querySelector(".source").classList.toggle("quoting", Boolean(began?.closest(".source .text")));
  };
  document.addEventListener("pointerdown", begin);
  document.addEventListener("selectstart", begin);

  let waiting = 0;
  const later = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(align);
  };
  addEventListener("resize", later);
  addEventListener("toggle", later, true); // an opened note pushes those below it
  addEventListener("beforeprint", () => columns.forEach((c) => [...c.children].forEach((n) => (n.style.marginTop = ""))));
  addEventListener("afterprint", later);
  if (document.fonts) document.fonts.ready.then(later);
  align();
})();
