/*
 * The timeline (`#filters form`, `#count`, `.pictures`, `#events`): hides, orders and counts events as the form asks,
 * says so in `#count`, and keeps what is asked in the address. It writes nothing that the page does not hold.
 */
(() => {
  "use strict";
  const form = document.querySelector("#filters form"), list = document.getElementById("events");
  if (!form || !list) return;
  const all = (where, selector) => [...where.querySelectorAll(selector)];
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const filters = document.getElementById("filters"), count = document.getElementById("count");
  const years = document.querySelector(".years ul"), reset = document.getElementById("reset");
  const {axis, asof: day} = form.elements, boxes = all(form, "[type=checkbox]"), kinds = ["topic", "source", "precision"];
  const issued = new Map(boxes.filter(box => box.name === "source").map(box => [box.dataset.href, box.dataset.from]));
  const rows = all(list, "ol.events > li");
  const began = new Map(rows.map(row => [row, row.closest("section").querySelector("h2").id]));
  const unknown = document.getElementById("y-open")?.textContent;
  const hasBoth = Boolean(document.querySelector("details.pictures"));

  const asked = kind => boxes.filter(box => box.name === kind && box.checked);
  const isByReport = () => axis.value === "reported";
  const zooms = () => all(document, `.pictures[data-clock=${axis.value}] .zoom`);

  // The address
  const read = () => {
    const params = new URLSearchParams(location.search);
    const values = kind => params.getAll(kind).flatMap(value => value.split(","));
    for (const box of boxes) box.checked = values(box.name).includes(box.value);
    axis.value = params.get("axis") === "reported" ? "reported" : "happened";
    day.value = params.get("asof") ?? "";
    for (const zoom of all(document, ".zoom")) zoom.open = zoom.dataset.zoom === params.get("zoom");
    filters.open ||= ["axis", "asof", ...kinds].some(name => params.get(name));
  };
  const write = () => {
    const params = new URLSearchParams(kinds.flatMap(kind => asked(kind).map(box => [kind, box.value])));
    if (isByReport()) params.set("axis", "reported");
    if (day.value) params.set("asof", day.value);
    const zoom = zooms().find(each => each.open);
    if (zoom) params.set("zoom", zoom.dataset.zoom);
    const query = params.toString();
    try {
      history.replaceState(null, "", location.pathname + (query && "?" + query) + location.hash);
    } catch { /* a browser that keeps the addresses of files as they are */ }
  };

  // The list, by year
  const group = () => {
    const ordered = isByReport() ? [...rows].sort((one, other) => one.dataset.order - other.dataset.order) : rows;
    const byYear = new Map();
    for (const row of ordered) {
      const id = isByReport() ? "y" + (row.dataset.year || "-open") : began.get(row);
      byYear.set(id, [...byYear.get(id) ?? [], row]);
    }
    const sections = new Map(all(list, "section").map(section => [section.querySelector("h2").id, section]));
    for (const [id, own] of byYear) {
      const section = sections.get(id) ?? made("section", {});
      if (!sections.has(id)) section.append(made("h2", {id, textContent: id.slice(1)}), made("ol", {className: "events"}));
      section.setAttribute("aria-labelledby", id);
      if (id === "y-open") section.querySelector("h2").textContent = isByReport() ? "Report not dated" : unknown;
      section.querySelector("ol").append(...own);
      list.append(section);
    }
  };

  // What is hidden: an event that could not yet be known on the day, and in the others each passage and source that could not.
  const show = () => {
    const wanted = new Map(kinds.map(kind => [kind, asked(kind).map(box => box.value)])), asof = day.value, out = new Set();
    const fits = row => kinds.every(kind => {
      const values = wanted.get(kind);
      return !values.length || row.dataset[kind].split(" ").some(value => values.includes(value));
    });
    const isLater = source => Boolean(asof) && issued.get(source.getAttribute("href")) > asof;
    let late = 0, doubtful = 0;
    for (const row of rows) {
      const isLate = Boolean(asof) && row.dataset.from > asof, isWanted = fits(row);
      const isDoubtful = Boolean(asof) && !isLate && (!row.dataset.by || row.dataset.by > asof);
      late += isWanted && isLate;
      doubtful += isWanted && isDoubtful;
      row.hidden = !isWanted || isLate;
      if (row.hidden) out.add("#" + row.id);
      row.querySelector(".doubt")?.remove();
      if (isDoubtful) row.querySelector(".when").append(made("p", {className: "doubt", textContent: "perhaps not yet published"}));
      for (const quote of all(row, ".quote")) {
        quote.hidden = isLater(quote.querySelector("figcaption > a"));
      }
      for (const source of all(row, ".by")) source.hidden = isLater(source.firstChild);
    }
    for (const section of all(list, "section")) section.hidden = !all(section, ".events > li").some(row => !row.hidden);
    years.replaceChildren(...all(list, "section:not([hidden]) > h2").map(head => {
      const item = made("li", {});
      item.append(made("a", {href: "#" + head.id, textContent: head.textContent}));
      return item;
    }));
    for (const mark of all(document, ".marks a")) mark.classList.toggle("out", out.has(mark.getAttribute("href")));
    for (const lane of all(document, ".lane")) {
      const isAsked = !wanted.get("topic").length || wanted.get("topic").includes(lane.dataset.lane);
      lane.hidden = !isAsked || !lane.querySelector("a:not(.out)");
    }
    for (const pictures of all(document, ".pictures")) {
      pictures.hidden = hasBoth && pictures.dataset.clock !== axis.value;
      if (pictures.matches("details")) pictures.open = true;
    }
    list.classList.toggle("as-known", Boolean(asof));
    list.classList.toggle("by-report", isByReport());
    reset.hidden = !asof && !boxes.some(box => box.checked) && !isByReport();
    const on = asof && new Date(asof + "T12:00").toLocaleDateString("en-GB", {dateStyle: "long"});
    count.textContent = [
      reset.hidden ? `${rows.length} event${rows.length === 1 ? "" : "s"}` : `${rows.length - out.size} of ${rows.length} events shown`,
      ...kinds.map(kind => asked(kind).length && `${kind}: ${asked(kind).map(box => box.dataset.words).join(" or ")}`),
      isByReport() && "in the order of their reports",
      asof && `as known on ${on}, ${late} not yet published hidden${doubtful ? `, ${doubtful} perhaps not yet published` : ""}`,
    ].filter(Boolean).join("; ");
  };

  const apply = () => { group(); show(); };
  const clear = () => {
    form.reset();
    apply();
    write();
  };
  const reveal = () => {  // a link that leads to a hidden event counts more than what hides it
    const row = rows.find(each => each.hidden && "#" + each.id === location.hash);
    if (!row) return;
    clear();
    row.scrollIntoView();
  };
  form.addEventListener("change", () => { apply(); write(); });
  reset.addEventListener("click", () => { clear(); filters.querySelector("summary").focus(); });
  for (const zoom of all(document, ".zoom")) zoom.addEventListener("toggle", write);
  addEventListener("hashchange", reveal);
  read();
  apply();
  reveal();
})();
