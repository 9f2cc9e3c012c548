/*
 * Enhances: .copy, a citation that a reader takes along.
 * Adds a button that copies it, with the address of this page on the web in place of the one from the site's root.
 */
(() => {
  "use strict";
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.body.append(status);
  let last = null;

  // Made when a citation is opened: a long source has hundreds of them.
  addEventListener(
    "toggle",
    (event) => {
      const opened = event.target;
      if (!opened.open || !opened.matches(".citing") || opened.querySelector("button")) return;
      opened.querySelectorAll(".copy").forEach((cited) => cited.previousElementSibling.append(" ", button(cited)));
    },
    true,
  );

  function button(cited) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = "Copy";
    made.setAttribute("aria-label", `Copy as ${cited.previousElementSibling.textContent}`);
    made.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(absolute(cited.textContent)); // there is none on http but from this machine
        say(made, "Copied", `Copied as ${cited.previousElementSibling.firstChild.data.trim()}`);
      } catch {
        getSelection().selectAllChildren(cited);
        say(made, "Selected: copy by hand");
      }
    });
    return made;
  }

  // A page on a reader's own disk has no address that leads anybody else there: the one from the site's root stays.
  function absolute(text) {
    if (location.protocol === "file:") return text;
    const root = location.origin + location.pathname.replace(/sources\/[^/]*$/, "");
    return text.replace(/(^|[\s({])(sources\/[^\s)}]+\.html)/g, (_, before, path) => `${before}${root}${path}`);
  }

  // What was copied before is no longer what a reader would paste.
  function say(made, words, told = words) {
    if (last) last.textContent = "Copy";
    last = made;
    made.textContent = words;
    status.textContent = told;
  }
})();
