/*
 * A list on several pages. Where an address names a thing that is no longer on this page (`.forward`), leads on to the
 * page that it stands on, which it looks up in one of the files of site_builder/listing/where.py. What the timeline is asked
 * goes along to the next stretch.
 */
(() => {
  "use strict";
  const says = document.querySelector(".forward");

  // The file of an id, as `where.py` reckons it: Adler's checksum.
  const partOf = (id, parts) => {
    let low = 1, high = 0;
    for (const byte of new TextEncoder().encode(id)) {
      low = (low + byte) % 65521;
      high = (high + low) % 65521;
    }
    return (high * 65536 + low) % parts;
  };
  const loaded = part => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = `${says.dataset.folder}${part}.js`;
    script.addEventListener("load", () => done(self.briefingWhere?.[part] ?? {}));
    script.addEventListener("error", failed);
    document.head.append(script);
  });
  const leadOn = async () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || document.getElementById(id)) return;
    try {
      const pages = await loaded(partOf(id, Number(says.dataset.parts)));
      const page = Object.keys(pages).find(each => pages[each].includes(id));
      if (page) location.replace(`${says.dataset.root}${page}.html${location.search}#${id}`);
      else says.textContent = "What this address names is not in this list: it may have been removed.";
    } catch {
      says.textContent = "What this address names stands in one of the stretches below.";
    }
  };
  if (says) {
    addEventListener("hashchange", leadOn);
    leadOn();
  }

  const carry = event => {
    const link = event.target.closest?.(".stretches a, .pager a, .stretch-list a, .crumbs a");
    if (!link || !document.querySelector(".stretches, .stretch-list")) return;
    const params = new URLSearchParams(location.search);
    params.delete("zoom");
    link.search = params.toString();
  };
  for (const kind of ["click", "auxclick", "contextmenu"]) addEventListener(kind, carry);
})();
