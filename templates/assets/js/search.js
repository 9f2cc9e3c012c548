/*
 * The search page. Enhances `[data-search]`: finds as one types, narrows by kind and topic, keeps what is asked in
 * the URL, says how many hits there are, and lets the keyboard go through them. What it searches is loaded on first use.
 */
(() => {
  "use strict";
  const search = window.briefingSearch;
  const form = document.querySelector("[data-search]");
  const at = (selector) => form.querySelector(selector);
  const field = at("#query"), told = at(".told"), loading = at(".loading"), status = at("[role=status]"), bar = at("progress");
  const list = at(".hits"), more = at(".more"), filters = at(".filters"), unasked = at(".unasked");
  const boxes = [...form.querySelectorAll("fieldset input")];
  const PAGE = 40, LONGEST = 300, PAUSE = 700; // hits at a time; characters of a query; before it is said, in ms
  let state = null, opening = null, found = null, shown = 0, timer = 0;

  const chosen = (name) => new Set(boxes.filter((box) => box.name === name && box.checked).map(({ value }) => value));
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

  // What is told is said once typing pauses, and once more when all is read; not at every part.
  const isRead = () => !state || state.read + state.failed === state.total;
  const say = (text, isNew = true) => {
    told.textContent = text;
    if (!isNew && !isRead()) return;
    clearTimeout(timer);
    timer = setTimeout(() => { if (status.textContent !== told.textContent) status.textContent = told.textContent; }, PAUSE);
  };
  const sayLoading = () => {
    const { read, failed, total } = state, done = read + failed;
    loading.hidden = read === total || (found.isEmpty && !done);
    Object.assign(bar, { max: total, value: done, hidden: loading.hidden || isRead() });
    loading.textContent = done < total
      ? `Reading the texts: part ${done + 1} of ${total}. More may be found.`
      : `${search.counted(failed, "part")} of the texts could not be read. Load the page anew to try again.`;
  };
  const showMore = (most = PAGE) => {
    const items = found.hits.slice(shown, shown + most).map((hit) => search.show(state, hit, found));
    list.append(...items);
    items[found.hits.length - found.partly - shown]?.before(search.divider());
    shown += items.length;
    const left = found.hits.length - shown;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(PAGE, left)} more of ${found.hits.length.toLocaleString("en")}`;
    return items[0];
  };
  const places = () => [...list.querySelectorAll(".words a")];

  // While parts are read the hits are found anew, and shown anew where those that are shown are others now.
  const find = (isNew) => {
    if (isNew) keep();
    unasked.hidden = query().trim() !== "";
    if (!state) return;
    const before = places().find((link) => link === document.activeElement)?.href;
    const most = isNew ? PAGE : Math.max(PAGE, shown), old = found?.hits.slice(0, most) ?? [];
    found = search.find(state, query(), { kind: chosen("kind"), topic: chosen("topic") });
    for (const box of boxes) {
      const count = found.isEmpty ? "" : found.counts[box.name].get(box.value) ?? 0;
      box.closest("label").querySelector(".count").textContent = count === "" ? "" : count.toLocaleString("en");
      box.closest("label").classList.toggle("none", count === 0);
    }
    const now = found.hits.slice(0, most);
    const isSame = !isNew && !isRead() && now.length === old.length && now.every(({ doc }, at) => doc === old[at].doc);
    if (!isSame) (list.replaceChildren(), (shown = 0));
    showMore(isSame ? 0 : most);
    list.hidden = found.hits.length === 0;
    if (before) places().find((link) => link.href === before)?.focus();
    sayLoading();
    say(found.isEmpty ? "" : search.summary(found, query().trim(), isRead(), boxes.some((box) => box.checked)), isNew);
  };
  // The hit that was followed is where its reader comes back to, however many were shown before it.
  const comeBack = () => {
    const { hit, count = 0 } = history.state ?? {};
    if (count > shown && !more.hidden) showMore(count - shown);
    if (hit && !document.activeElement.closest(".search")) places().find((link) => link.href === hit)?.focus();
  };
  const open = () => {
    opening ??= search.open(form, (opened) => {
      const isFirst = !state;
      state = opened;
      if (isFirst && query().trim()) state.ask(query());
      find(isFirst);
      comeBack();
    }).catch(() => {
      opening = null;
      say("What is to be searched could not be loaded. Load the page anew to try again.");
    });
    if (!state) told.textContent = "Loading …";
  };
  const ask = () => {
    if (query().trim()) (open(), state?.ask(query()));
    find(true);
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
    if (event.isComposing) return; // they choose among what an input method offers
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
    if (link) remember({ hit: link.href, count: shown }, location.href);
  });

  form.hidden = false;
  filters.open = matchMedia("(min-width: 62rem)").matches;
  restore();
  if (boxes.some((box) => box.checked)) filters.open = true;
  ask();
  if (!query().trim()) field.focus({ preventScroll: true });
})();
