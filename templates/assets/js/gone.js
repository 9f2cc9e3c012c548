/*
 * Enhances: the page of a source, to which citations lead from elsewhere.
 * Says so where the address names a passage, a note or a paragraph that is not there: else a reader stands at the top of
 * the page and takes all of it for what was cited.
 */
(() => {
  "use strict";
  const told = document.createElement("p");
  told.className = "empty";
  told.setAttribute("role", "status");
  told.hidden = true;
  document.querySelector("h1").after(told);

  function tell() {
    const id = location.hash.slice(1);
    told.hidden = !/^(p|n|para)-[a-z0-9-]+$/.test(id) || Boolean(document.getElementById(id));
    told.textContent = told.hidden ? "" : "What this address names is not on this page: it may have been renamed or taken out.";
  }

  addEventListener("hashchange", tell);
  tell();
})();
