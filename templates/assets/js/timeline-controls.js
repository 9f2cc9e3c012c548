/*
 * The timeline's legends (`#filters`): makes checkboxes of their keys, and adds the choice of clock, a day of knowledge
 * and a way back. What they do is in timeline.js, which reads the form.
 */
(() => {
  "use strict";
  const filters = document.getElementById("filters"), count = document.getElementById("count");
  if (!filters || !count) return;
  const made = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const choice = (type, name, value, ...words) => made("label", {}, made("input", {type, name, value}), " ", ...words);
  const fieldset = (name, ...children) => made("fieldset", {}, made("legend", {textContent: name}), ...children);

  // A key's link leads away: its words become the label, and what it says of itself goes to the box.
  const box = (key, name) => {
    const shown = key.firstElementChild, title = shown.querySelector(".title") ?? shown;
    const words = [...shown.cloneNode(true).childNodes, "\u00a0", key.querySelector(".meta").cloneNode(true)];
    const label = choice("checkbox", name, key.dataset.value, ...words);
    label.className = shown.className.replace("chip", "");
    Object.assign(label.firstElementChild.dataset, {
      words: title.textContent, href: shown.getAttribute("href") ?? "", from: key.dataset.from ?? "",
    });
    return label;
  };
  const form = made("form", {className: "legends"});
  for (const legend of filters.querySelectorAll(".legend")) {
    const keys = [...legend.querySelectorAll("li")];
    form.append(fieldset(legend.querySelector(".label").textContent, ...keys.map(key => box(key, legend.dataset.legend))));
  }
  const issued = [...form.querySelectorAll("[name=source]")].map(source => source.dataset.from).filter(Boolean);
  const days = made("datalist", {id: "issue-days"}, ...[...new Set(issued)].sort().map(value => made("option", {value})));
  const day = made("input", {type: "date", name: "asof"});
  day.setAttribute("list", days.id);
  const hint = made("p", {
    id: "asof-hint", className: "meta", textContent: "Hides what no source had reported by then, as far as issue dates tell.",
  });
  day.setAttribute("aria-describedby", hint.id);
  const happened = choice("radio", "axis", "happened", "happened");
  happened.firstElementChild.defaultChecked = true;
  form.append(
    fieldset("Order by when it", happened, choice("radio", "axis", "reported", "was reported, as far as these sources tell")),
    fieldset("As known on a day", made("label", {}, "Day ", day, days), hint));
  form.addEventListener("submit", event => event.preventDefault());
  filters.querySelector("summary").textContent = "Filter and order";
  filters.querySelector(".legends").replaceWith(form);
  count.after(made("button", {type: "button", id: "reset", textContent: "Show all again", hidden: true}));
})();
