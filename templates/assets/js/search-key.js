/*
 * `/` on any page goes to the search: to its field where there is one (`#query`), else along the link to it in the
 * navigation (`.nav a[href$="search.html"]`), whose shortcut is named to assistive programs.
 * `[data-search-key]` is the checkbox that turns this off, in this browser.
 */
(() => {
  "use strict";
  const SETTING = "briefing-search-key";
  const link = document.querySelector('.nav a[href$="search.html"]');
  const box = document.querySelector("[data-search-key]");

  // A browser may forbid to keep anything.
  const isOn = () => {
    try { return localStorage.getItem(SETTING) !== "off"; } catch { return true; }
  };
  const show = () => {
    if (isOn()) link?.setAttribute("aria-keyshortcuts", "/");
    else link?.removeAttribute("aria-keyshortcuts");
    if (box) box.checked = isOn();
  };
  const isTyping = (element) =>
    element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.defaultPrevented || isTyping(event.target) || !isOn()) return;
    const field = document.getElementById("query");
    if (!field && !link) return;
    event.preventDefault();
    if (field) {
      field.focus();
      field.select();
    } else {
      link.click();
    }
  });
  box?.addEventListener("change", () => {
    try { localStorage.setItem(SETTING, box.checked ? "on" : "off"); } catch { /* then it stays as it was */ }
    show();
  });
  show();
})();
