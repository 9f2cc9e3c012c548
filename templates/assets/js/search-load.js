/*
 * Loads what the search page searches; enhances nothing by itself. `briefingSearch.open(form, changed)` takes the paths
 * from the form's `data-library` and `data-first`, makes a document of everything that can be found, and gives them with
 * their index. The first segment comes first; the texts follow segment by segment, and `changed` is told of it now and then.
 */
(() => {
  "use strict";
  const search = (window.briefingSearch ||= {});
  const AT_ONCE = 4, PAUSE = 500; // segments asked for at the same time; between what is told of them, in ms
  const FIELDS = ["lead", "rest", "names"];

  // A page opened from disk may load scripts and nothing else.
  const script = (path) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = path;
      element.onload = () => (element.remove(), resolve());
      element.onerror = () => (element.remove(), reject(new Error(path)));
      document.head.append(element);
    });
  const segment = async (path) => {
    await script(path);
    const name = path.replace(/^.*\/|\.js$/g, "");
    const found = window.briefingSegments[name];
    delete window.briefingSegments[name];
    return found;
  };

  // A document: what is shown in the first place and what else, of whom it speaks, where it leads, what stands beside it.
  const document_ = (kind, href, lead, more = {}) => ({
    kind, href, lead, rest: "", named: [], beside: [], language: "", parts: [], ...more, topics: new Set(more.topics),
  });
  const joined = (...parts) => parts.flat().filter(Boolean);
  const spellings = (entity) => joined(entity.lead, entity.aliases);
  const field = (doc, name) => (name === "names" ? doc.named.flatMap(spellings).join(" · ") : doc[name]);

  const take = (state, docs) => {
    for (const doc of docs) doc.key = state.docs.push(doc) - 1;
    return docs;
  };

  const takeFirst = (state, first) => {
    const { entities = [], sources = [], measures = [] } = first;
    for (const topic of first.topics ?? []) state.topics.set(topic.id, topic);
    for (const measure of measures) state.measures.set(measure.id, measure);
    for (const { id, href, title, by = [], issued, language } of sources) {
      state.sources.set(id, document_("source", href, title, { rest: by.join(" · "), beside: [issued], language }));
    }
    for (const { id, href, kind, name, aliases = [], description, unnamed } of entities) {
      const rest = joined(aliases.length && `also printed as ${aliases.join(", ")}`, description).join(" · ");
      const beside = [unnamed ? `${kind}, unnamed in the text` : kind];
      state.entities.set(id, document_("entity", href, name, { rest, beside, aliases }));
    }
    state.index.addAll(take(state, [
      ...[...state.topics.values()].map(({ id, href, title, summary = "" }) =>
        document_("topic", href, title, { rest: summary, topics: [id] })),
      ...state.entities.values(),
      ...(first.claims ?? []).map(({ href, claim, why = "", status, confidence, topics }) =>
        document_("claim", href, claim, { rest: why, topics, beside: [status, `${confidence} confidence`] })),
      ...(first.events ?? []).map(({ href, title, date, note = "", planned, topics }) =>
        document_("event", href, title, { rest: note, topics, beside: joined(date, planned && "planned") })),
      ...state.sources.values(),
    ]));
  };

  const figure = (state, passage, { href, text, measure, unit, scope, when, approx }) => {
    const { label = "", unit: usual } = state.measures.get(measure) ?? {};
    const lead = `${joined(`${text} ${unit || usual || ""}`.trim(), scope).join(", ")}: ${label}`;
    const rest = joined(when, approx && `in the text: “${approx}”`).join(" · ");
    return document_("figure", href, lead, { rest, topics: passage.topics, beside: passage.beside, parts: [passage] });
  };

  // The words of a passage are those of the runs it covers; a paragraph knows the passages in it.
  const takeText = (state, { id, passages, paragraphs }) => {
    const source = state.sources.get(id);
    if (!source) return [];
    const common = { beside: joined(source.lead, source.beside), language: source.language };
    const named = (names = []) => names.map((name) => state.entities.get(name)).filter(Boolean);
    const own = passages.map(({ anchor, topics, names }) =>
      document_("passage", `${source.href}#${anchor}`, "", { topics, named: named(names), ...common }));
    const whole = paragraphs.map(({ anchor, runs, names }) => {
      const doc = document_("paragraph", `${source.href}#${anchor}`, "", { named: named(names), ...common });
      for (const [text, ...covering] of runs.map((run) => (Array.isArray(run) ? run : [run]))) {
        doc.lead += text;
        doc.parts.push(...covering.map((number) => own[number]));
        for (const number of covering) own[number].lead += text;
      }
      for (const passage of new Set(doc.parts)) passage.lead += " ";
      return doc;
    });
    for (const passage of own) {
      passage.lead = passage.lead.trim();
      for (const about of [source, ...passage.named]) for (const topic of passage.topics) about.topics.add(topic);
    }
    const figures = passages.flatMap(({ figures: all = [] }, number) => all.map((one) => figure(state, own[number], one)));
    return [...own, ...figures, ...whole];
  };

  search.open = async (form, changed) => {
    const [first] = await Promise.all([segment(form.dataset.first), script(form.dataset.library)]);
    const index = new window.MiniSearch({
      fields: FIELDS, idField: "key", extractField: (doc, name) => (name === "key" ? doc.key : field(doc, name)),
      tokenize: (text) => search.cut(text).flatMap(({ forms }) => forms), processTerm: (term) => term,
    });
    const state = {
      index, docs: [], topics: new Map(), measures: new Map(), sources: new Map(), entities: new Map(),
      read: 0, failed: 0, total: first.texts.length,
    };
    takeFirst(state, first);
    changed(state);
    const waiting = [...first.texts];
    let last = performance.now();
    const next = async () => {
      for (let path = waiting.shift(); path; path = waiting.shift()) {
        try {
          const { sources } = await segment(path);
          await index.addAllAsync(take(state, sources.flatMap((source) => takeText(state, source))), { chunkSize: 100 });
          state.read += 1;
        } catch {
          state.failed += 1;
        }
        if (state.read + state.failed === state.total || performance.now() > last + PAUSE) {
          changed(state);
          last = performance.now();
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  };
})();
