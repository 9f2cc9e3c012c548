/*
 * The source's text on its page: all [data-source-text], joined. A stretch of it is two UTF-16 offsets here, and code
 * points where the preview is told of it. Notes, numbers and markers stand between the pieces and belong to none.
 */
(() => {
  "use strict";
  const pieces = [...document.querySelectorAll("[data-source-text]")];
  if (!pieces.length) return;
  const starts = [];
  let text = "";
  for (const piece of pieces) {
    starts.push(text.length);
    text += piece.textContent;
  }

  const points = (end) => {
    let count = 0;
    for (let at = 0; at < end; at += text.codePointAt(at) > 0xffff ? 2 : 1) count += 1;
    return count;
  };

  const utf16 = (wanted) => {
    let at = 0;
    for (let count = 0; count < wanted; count += 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
    return at;
  };

  // How much of the text stands before a place on the page, which may be in a note or between two pieces.
  function offset(node, at) {
    const place = document.createRange();
    place.setStart(node, at);
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = document.createRange();
      piece.selectNodeContents(pieces[middle]);
      if (piece.compareBoundaryPoints(Range.START_TO_START, place) < 0) low = middle + 1;
      else high = middle;
    }
    if (!low) return 0;
    const before = document.createRange();
    before.selectNodeContents(pieces[low - 1]);
    if (before.comparePoint(node, at) === 0) before.setEnd(node, at);
    return starts[low - 1] + before.toString().length;
  }

  // What is selected of the text, or null: nothing, only white space, or words outside of it.
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    return stretch(offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset));
  }

  function stretch(start, end) {
    return text.slice(start, end).trim() ? { start, end } : null;
  }

  function element(found) {
    const range = document.createRange();
    range.selectNodeContents(found);
    return stretch(offset(found, 0), offset(found, found.childNodes.length));
  }

  // The places of a stretch on the page, a range for each piece that it touches.
  function ranges({ start, end }) {
    return pieces.flatMap((piece, i) => {
      const from = Math.max(start, starts[i]) - starts[i];
      const to = Math.min(end, starts[i] + piece.textContent.length) - starts[i];
      if (from >= to || !piece.firstChild) return [];
      const range = document.createRange();
      range.setStart(piece.firstChild, from);
      range.setEnd(piece.firstChild, to);
      return [range];
    });
  }

  // The stretch with its start or its end moved by a word; null where there is none left.
  function moved({ start, end }, edge, step) {
    const words = /\S+/gu;
    const edges = [];
    for (const word of text.matchAll(words)) edges.push(edge === "start" ? word.index : word.index + word[0].length);
    const now = edge === "start" ? start : end;
    const next = step < 0 ? edges.findLast((at) => at < now) : edges.find((at) => at > now);
    if (next === undefined) return null;
    const found = edge === "start" ? { start: next, end } : { start, end: next };
    return found.start < found.end ? stretch(found.start, found.end) : null;
  }

  const told = ({ start, end }) => ({ start: points(start), end: points(end), words: text.slice(start, end) });
  const taken = ({ start, end }) => ({ start: utf16(start), end: utf16(end) });
  const isWhole = !pieces.some((piece) => "start" in piece.dataset); // excerpts say where in the text they stand
  window.briefingAnnotate = { text: { isWhole, selected, element, ranges, moved, told, taken } };
})();
