/*
 * Takes in what the search page has loaded; enhances nothing by itself. `briefingSearch.takeFirst`, `.takeTitles` and
 * `.takeTexts` make a document of everything that can be found, and a row of the numbers of its words.
 */
(() => {
  "use strict";
  const search = (window.briefingSearch ||= {});
  const NONE = [];

  // What is shown in the first place and what else, of whom it speaks, where it leads, what stands beside it.
  const document_ = (kind, href, lead, { rest = "", named = NONE, beside = NONE, language = "", parts = NONE, topics = NONE } = {}) =>
    ({ kind, href, lead, rest, named, beside, language, parts, topics, key: 0, from: 0, middle: 0, to: 0 });
  const joined = (...parts) => parts.flat().filter(Boolean);

  // In the row of a document the lead goes up to `middle`, the rest up to `to`.
  const take = (state, all) => {
    const row = [], docs = all.filter(({ href }) => href); // the theme may leave out the page of a kind
    for (const doc of docs) {
      doc.key = state.count++;
      doc.from = row.length;
      search.numbered(doc.lead, row);
      doc.middle = row.length;
      search.numbered(doc.rest, row);
      doc.to = row.length;
    }
    state.blocks.push({ row: Uint32Array.from(row), docs });
  };

  search.takeFirst = (state, { topics = [], entities = [], measures = [], judgements = [], questions = [] }) => {
    for (const topic of topics) state.topics.set(topic.id, topic);
    for (const measure of measures) state.measures.set(measure.id, measure);
    for (const { id, href, kind, name, aliases = [], description, unnamed } of entities) {
      const rest = joined(aliases.length && `also printed as ${aliases.join(", ")}`, description).join(" · ");
      const doc = document_("entity", href, name, { rest, beside: [unnamed ? `${kind}, unnamed in the text` : kind], topics: [] });
      doc.spellings = [name, ...aliases];
      doc.names = [];
      search.numbered(doc.spellings.join(" · "), doc.names);
      state.entities.set(id, doc);
    }
    take(state, [
      ...topics.map(({ id, href, title, summary = "" }) => document_("topic", href, title, { rest: summary, topics: [id] })),
      ...state.entities.values(),
      ...judgements.map(({ href, judgement, rest = "", likelihood, confidence, status, topics }) =>
        document_("judgement", href, judgement, { rest, topics, beside: joined(likelihood, `${confidence} confidence`, status) })),
      ...questions.map(({ href, question, why = "", nearest = [] }) => {
        const doc = document_("question", href, question, { rest: why, topics: [] });
        for (const passage of nearest) state.near.set(passage, [...(state.near.get(passage) ?? NONE), doc]);
        return doc;
      }),
    ]);
  };

  search.takeTitles = (state, { sources, claims, events }) => {
    const titled = sources.map(({ id, href, title, by = [], issued, language }) => {
      const doc = document_("source", href, title, { rest: by.join(" · "), beside: [issued], language, topics: [] });
      state.sources.set(id, doc);
      return doc;
    });
    take(state, [
      ...claims.map(({ href, claim, why = "", status, confidence, topics }) =>
        document_("claim", href, claim, { rest: why, topics, beside: [status, `${confidence} confidence`] })),
      ...events.map(({ href, title, date, note = "", planned, topics }) =>
        document_("event", href, title, { rest: note, topics, beside: joined(date, planned && "planned") })),
      ...titled,
    ]);
  };

  const figure = (state, passage, { href, text, measure, unit, scope, when, approx }) => {
    const { label = "", unit: usual } = state.measures.get(measure) ?? {};
    const lead = `${joined(`${text} ${unit || usual || ""}`.trim(), scope).join(", ")}: ${label}`;
    const rest = joined(when, approx && `in the text: “${approx}”`).join(" · ");
    return document_("figure", href, lead, { rest, topics: passage.topics, beside: passage.beside, parts: [passage] });
  };

  // The words of a passage are those of the runs it covers; a paragraph knows the passages in it.
  const textDocuments = (state, { id, passages, paragraphs }) => {
    const source = state.sources.get(id);
    if (!source) return [];
    const common = { beside: joined(source.lead, source.beside), language: source.language };
    const named = (names) => (names ? names.map((name) => state.entities.get(name)).filter(Boolean) : NONE);
    const own = passages.map(({ anchor, topics, names }) =>
      document_("passage", `${source.href}#${anchor}`, "", { topics, named: named(names), ...common }));
    const whole = paragraphs.map(({ anchor, runs, names }) => {
      const doc = document_("paragraph", `${source.href}#${anchor}`, "", { named: named(names), ...common });
      const within = new Set();
      for (const [text, ...covering] of runs.map((run) => (Array.isArray(run) ? run : [run]))) {
        doc.lead += text;
        for (const number of covering) {
          own[number].lead += text;
          within.add(own[number]);
        }
      }
      for (const passage of within) passage.lead += " ";
      if (within.size) doc.parts = [...within];
      return doc;
    });
    for (const passage of own) {
      passage.lead = passage.lead.trim();
      for (const about of [source, ...passage.named, ...(state.near.get(passage.href) ?? NONE)])
        for (const topic of passage.topics) if (!about.topics.includes(topic)) about.topics.push(topic);
    }
    const figures = passages.flatMap(({ figures: all = [] }, number) => all.map((one) => figure(state, own[number], one)));
    return [...own, ...figures, ...whole];
  };

  search.takeTexts = (state, { sources }) => take(state, sources.flatMap((source) => textDocuments(state, source)));
})();
