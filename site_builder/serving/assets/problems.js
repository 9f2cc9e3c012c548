/*
 * Adds: the problems of the last build, over the page that is shown. Errors open as a dialog, warnings stay a bar;
 * Escape folds the one into the other. What is mended goes away by itself.
 */
(() => {
  "use strict";
  const address = "/_briefing/problems";
  const folded = "briefing-folded";
  if (document.body.classList.contains("problems-page")) {
    window.LiveReloadPluginBriefing.problems = document.querySelector("[data-version]").dataset.version;
    document.addEventListener("briefing-problems", () => location.reload());
    return;
  }

  const host = document.createElement("briefing-problems");
  const root = host.attachShadow({ mode: "open" });
  const style = make("link", { rel: "stylesheet", href: "/_briefing/assets/preview.css" });
  const title = make("h2", { id: "title", tabIndex: -1 });
  const fold = make("button", { type: "button", className: "fold", textContent: "Fold (Esc)" });
  const body = make("div", { className: "body", tabIndex: 0 });
  const dialog = make("dialog");
  const bar = make("button", { type: "button", className: "bar", hidden: true });
  const said = make("p", { className: "gone", hidden: true });
  const head = make("div", { className: "head" });
  head.append(title, fold);
  dialog.append(head, body);
  dialog.setAttribute("aria-labelledby", "title");
  body.setAttribute("role", "region");
  body.setAttribute("aria-labelledby", "title");
  bar.setAttribute("aria-haspopup", "dialog");
  said.setAttribute("role", "status");
  root.append(style, dialog, bar, said);
  document.body.append(host);
  const isStyled = new Promise((done) => ["load", "error"].forEach((type) => style.addEventListener(type, done)));

  fold.addEventListener("click", () => dialog.close());
  bar.addEventListener("click", open);
  dialog.addEventListener("close", () => {
    bar.hidden = !dialog.className;
    remember(folded, dialog.className === "error" ? "yes" : null);
  });
  let turns = 0;
  document.addEventListener("briefing-problems", load);
  document.addEventListener("LiveReloadDisconnect", () => say("The preview has ended; this page is what it last built."));
  document.addEventListener("LiveReloadConnect", () => say(""));
  load();

  function make(tag, given) {
    return Object.assign(document.createElement(tag), given);
  }

  function open() {
    bar.hidden = true;
    dialog.showModal();
    title.focus();
  }

  function say(words) {
    said.textContent = words;
    said.hidden = !words;
  }

  function remember(what, value) {
    try {
      if (value === null) sessionStorage.removeItem(what);
      else sessionStorage.setItem(what, value);
    } catch {
      // No storage: a folded overlay opens again on the next page.
    }
  }

  function isFolded() {
    try {
      return sessionStorage.getItem(folded) === "yes";
    } catch {
      return false;
    }
  }

  // The problems come as a page, and are taken over as nodes: nothing in them can run.
  async function load() {
    const turn = ++turns;
    let page;
    try {
      page = new DOMParser().parseFromString(await (await fetch(address, { cache: "no-store" })).text(), "text/html");
    } catch {
      return; // the preview has ended, or this page is being left
    }
    await isStyled;
    if (turn !== turns) return; // newer ones are on their way
    const found = page.querySelector("[data-version]");
    window.LiveReloadPluginBriefing.problems = found.dataset.version;
    show(found);
  }

  function show(found) {
    const severity = found.dataset.severity;
    const wasWrong = dialog.className === "error";
    dialog.className = severity;
    title.textContent = found.dataset.summary;
    bar.textContent = found.dataset.summary + (severity === "error" ? "; the last good site is shown" : "");
    bar.className = `bar ${severity}`;
    body.replaceChildren(...found.childNodes);
    dialog.setAttribute("role", severity === "error" ? "alertdialog" : "dialog");
    if (severity !== "error") {
      remember(folded, null);
      if (dialog.open && (wasWrong || !severity)) dialog.close();
    } else if (!dialog.open && !isFolded()) {
      open();
    }
    bar.hidden = !severity || dialog.open;
  }
})();
