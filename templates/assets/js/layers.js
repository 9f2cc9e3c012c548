/*
 * Enhances: .layers, the list of topics marked in a source's text.
 * Adds a box to each topic that shows or hides its marks, in the strip too. What is hidden stands in the address
 * (?hide=desertion).
 */
(() => {
  "use strict";
  const list = document.querySelector(".layers");
  const marks = [...document.querySelectorAll("mark[data-topics]")];
  const strip = [...document.querySelectorAll(".strip a[data-topics]")];
  if (!list || !marks.length) return;

  const themes = new Map([...list.querySelectorAll("[data-topic]")].map((item) => [item.dataset.topic, item.dataset.theme]));
  const hidden = new Set((new URLSearchParams(location.search).get("hide") || "").split(" ").filter((t) => themes.has(t)));
  const ranks = ["first", "second", "third"];
  const status = document.createElement("p");
  status.className = "meta";
  status.setAttribute("role", "status");

  const boxes = [...list.querySelectorAll("[data-topic]")].map((item) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = !hidden.has(item.dataset.topic);
    box.setAttribute("aria-label", `Mark passages on ${item.querySelector(".title").textContent}`);
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(item.dataset.topic);
      else hidden.add(item.dataset.topic);
      update(true);
    });
    item.prepend(box);
    return box;
  });

  const all = button("Mark all", () => hidden.clear());
  const none = button("Mark none", () => themes.forEach((_, topic) => hidden.add(topic)));
  list.after(all, none, status);

  function button(words, change) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", () => {
      change();
      boxes.forEach((box) => (box.checked = !hidden.has(box.parentElement.dataset.topic)));
      update(true);
    });
    return made;
  }

  // A mark, and in the strip a passage, is drawn by its visible topics; one without topics is never hidden.
  function draw(mark, looks, without) {
    const topics = mark.dataset.topics.split(" ").filter(Boolean);
    const drawn = topics.filter((topic) => !hidden.has(topic)).slice(0, looks.length)
      .map((topic, rank) => `${looks[rank]}-${themes.get(topic)}`);
    mark.setAttribute("class", drawn.join(" ") || (topics.length ? "off" : without));
  }

  function update(isChange) {
    marks.forEach((mark) => draw(mark, ranks, "first-none"));
    strip.forEach((link) => draw(link, ["t"], "t-none"));
    if (!isChange) return;
    const shown = new Set(marks.filter((mark) => mark.className !== "off").flatMap((mark) => mark.dataset.notes.split(" ")));
    const every = new Set(marks.flatMap((mark) => mark.dataset.notes.split(" ")));
    status.textContent = `${shown.size} of ${every.size} passages are marked.`;
    const address = new URL(location.href);
    if (hidden.size) address.searchParams.set("hide", [...hidden].join(" "));
    else address.searchParams.delete("hide");
    try {
      history.replaceState(null, "", address);
    } catch {
      // some browsers refuse it for pages from disk; the choice then lasts as long as the page
    }
  }

  if (hidden.size) update(false);
})();
