/*
 * The search page. Enhances `[data-search]`: finds as one types, narrows by kind and topic, keeps what is asked in
 * the URL, says how many hits there are, and lets the keyboard go through them. What it searches is loaded on first use.
 */
(() => {
  "use strict";
  const search = window.briefingSearch;
  const form = document.querySelector("[data-search]");
  const at = (selector) => form.querySelector(selector);
  const field = at("#query"), told = at(".told"), loading = at(".loading"), status = at("[role=status]");
  const list = at(".hits"), more = at(".more"), filters = at(".filters"), unasked = at(".unasked");
  const boxes = [...form.querySelectorAll("fieldset input")];
  const PAGE = 40, LONGEST = 300, PAUSE = 700; // hits at a time; characters of a query; before it is said, in ms
  let state = null, opening = null, found = null, shown = 0, timer = 0;

  const chosen = (name) => new Set(boxes.filter((box) => box.name === name && box.checked).map(({ value }) => value));
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const query = () => field.value.slice(0, LONGEST);

  // A browser may forbid this to a page on disk; then the address stays as it was.
  const remember = (what, url) => {
    try { history.replaceState(what, "", url); } catch { /* as it was */ }
  };
  const restore = () => {
    const asked = new URLSearchParams(location.search);
    field.value = asked.get("q") ?? "";
    for (const box of boxes) box.checked = asked.getAll(box.name).includes(box.value);
  };
  const keep = () => {
    const url = new URL(location.href);
    for (const name of ["q", "kind", "topic"]) url.searchParams.delete(name);
    if (query().trim()) url.searchParams.set("q", query().trim());
    for (const { name, value } of boxes.filter((box) => box.checked)) url.searchParams.append(name, value);
    if (url.href !== location.href) remember(null, url);
  };

  const say = (text) => {
    told.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => { if (status.textContent !== text) status.textContent = text; }, PAUSE);
  };
  const sayLoading = () => {
    const { read, failed, total } = state;
    loading.hidden = read === total;
    loading.textContent = read + failed < total
      ? `Reading the texts: part ${read + failed + 1} of ${total}. More may be found.`
      : `${counted(failed, "part")} of the texts could not be read. Load the page anew to try again.`;
  };
  const summary = () => {
    const { all, hits, tier } = found;
    const isNarrow = boxes.some((box) => box.checked);
    const asked = /["“”„«»]/.test(query()) ? query().trim() : `“${query().trim()}”`;
    if (!all && state.read + state.failed < state.total) return "Nothing found yet.";
    if (!all) return `Nothing found for ${asked}. Try fewer words, the beginning of a word, or a name as a text prints it.`;
    if (!hits.length) return `Nothing of this kind and topic; without narrowing, ${counted(all, "hit")}.`;
    const count = counted(hits.length, "hit") + (isNarrow ? `, ${all.toLocaleString("en")} without narrowing` : "");
    if (tier === "near") return `No exact hit for ${asked}. Nearest spelling: ${search.nearest(found).join(", ")}. ${count}.`;
    return tier === "some" ? `Nothing has all of these words. With some of them: ${count}.` : `${count}.`;
  };

  const showMore = () => {
    const items = found.hits.slice(shown, shown + PAGE).map((hit) => search.show(state, hit));
    list.append(...items);
    shown += items.length;
    const left = found.hits.length - shown;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(PAGE, left)} more of ${found.hits.length.toLocaleString("en")}`;
    return items[0];
  };
  const places = () => [...list.querySelectorAll(".words a")];

  const find = () => {
    keep();
    unasked.hidden = query().trim() !== "";
    if (!state) return;
    const before = places().find((link) => link === document.activeElement)?.href;
    found = search.find(state, query(), { kind: chosen("kind"), topic: chosen("topic") });
    for (const box of boxes) {
      const count = found.isEmpty ? "" : found.counts[box.name].get(box.value) ?? 0;
      box.closest("label").querySelector(".count").textContent = count === "" ? "" : count.toLocaleString("en");
      box.closest("label").classList.toggle("none", count === 0);
    }
    list.replaceChildren();
    shown = 0;
    showMore();
    list.hidden = found.hits.length === 0;
    if (before) places().find((link) => link.href === before)?.focus();
    sayLoading();
    say(found.isEmpty ? "" : summary());
  };
  // The hit that was followed is where its reader comes back to.
  const comeBack = () => {
    const { hit } = history.state ?? {};
    if (hit && !document.activeElement.closest(".search")) places().find((link) => link.href === hit)?.focus();
  };
  const open = () => {
    opening ??= search.open(form, (opened) => { state = opened; find(); comeBack(); }).catch(() => {
      opening = null;
      say("What is to be searched could not be loaded. Load the page anew to try again.");
    });
    if (!state) told.textContent = "Loading …";
  };
  const ask = () => {
    if (query().trim()) open();
    find();
  };

  const step = (by) => {
    const links = places(), next = links.indexOf(document.activeElement) + by;
    if (next < 0) field.focus();
    else links[next]?.focus();
  };
  field.addEventListener("input", ask);
  field.addEventListener("focus", () => { if (!opening) open(); });
  for (const box of boxes) box.addEventListener("change", ask);
  more.addEventListener("click", () => showMore()?.querySelector("a").focus());
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "Enter") (event.preventDefault(), places()[0]?.focus());
    if (event.key === "Escape") (event.preventDefault(), (field.value = ""), ask());
  });
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "j") (event.preventDefault(), step(1));
    if (event.key === "ArrowUp" || event.key === "k") (event.preventDefault(), step(-1));
    if (event.key === "Escape") (field.focus(), field.select());
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) remember({ hit: link.href }, location.href);
  });

  form.hidden = false;
  filters.open = matchMedia("(min-width: 62rem)").matches;
  restore();
  if (boxes.some((box) => box.checked)) filters.open = true;
  ask();
  if (!query().trim()) field.focus({ preventScroll: true });
})();
