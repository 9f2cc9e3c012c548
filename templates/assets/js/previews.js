/*
 * Enhances: a.cite and a.term, whose title holds the words that they lead to.
 * Shows those words in a popover on focus, hover and tap, with where they stand (data-from). The link itself stays the
 * way to the place; Escape closes, and the pointer may move into the popover.
 */
(() => {
  "use strict";
  const links = "a.cite[title], a.term[title], a[data-words]";
  const card = document.createElement("div");
  if (!document.querySelector(links) || !("popover" in card)) return;
  card.className = "preview";
  card.id = "preview";
  card.popover = "manual"; // it closes by our rules: moving towards it must not
  card.setAttribute("role", "tooltip");
  const words = document.createElement("p");
  words.className = "words";
  const from = document.createElement("p");
  from.className = "from";
  const go = document.createElement("a");
  card.append(words, from);
  document.body.append(card);
  document.querySelectorAll(links).forEach((link) => {
    link.dataset.words = link.dataset.words || link.title;
    link.removeAttribute("title"); // or the browser would show them once more
  });

  let shown = null;
  let timer = 0;
  let wasTouch = false;

  function show(link) {
    clearTimeout(timer);
    if (shown === link) return;
    hide();
    words.textContent = link.dataset.words;
    words.classList.toggle("quoted", link.matches(".quoted"));
    go.href = link.href;
    go.textContent = link.matches(".term") ? "in the glossary" : "go to the words";
    from.replaceChildren(link.dataset.from ? `${link.dataset.from} · ` : "", go);
    card.showPopover();
    place(link);
    link.setAttribute("aria-describedby", card.id);
    shown = link;
  }

  function hide() {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    card.hidePopover();
  }

  // Under the link, or above it where there is no room; never over an edge of the window.
  function place(link) {
    const at = link.getClientRects()[0];
    const size = card.getBoundingClientRect();
    const room = document.documentElement.clientWidth - size.width - 8;
    card.style.left = `${Math.max(8, Math.min(at.left - 16, room))}px`;
    const below = at.bottom + 6;
    const fits = below + size.height < innerHeight || at.top < size.height + 6;
    card.style.top = `${fits ? below : at.top - size.height - 6}px`;
  }

  const linkOf = (event) => (event.target instanceof Element ? event.target.closest("a[data-words]") : null);
  const isOurs = (node) => node instanceof Node && (card.contains(node) || (shown && shown.contains(node)));

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const link = linkOf(event);
    clearTimeout(timer);
    if (link) timer = setTimeout(show, shown ? 100 : 300, link);
    else if (shown && !isOurs(event.target)) timer = setTimeout(hide, 300);
  });
  document.addEventListener("pointerdown", (event) => {
    wasTouch = event.pointerType === "touch";
    if (shown && !isOurs(event.target)) hide();
  });
  document.addEventListener("focusin", (event) => {
    const link = linkOf(event);
    if (link && !wasTouch) show(link);
    else if (shown && !isOurs(event.target)) hide();
  });
  // A first tap shows, a second one follows the link; a mouse has seen the words before it clicks.
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (wasTouch && shown !== link) {
      event.preventDefault();
      show(link);
    } else hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && shown) hide();
  });
  addEventListener("scroll", () => shown && place(shown), { passive: true });
  addEventListener("resize", hide);
})();
