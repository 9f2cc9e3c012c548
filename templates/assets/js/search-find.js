/*
 * Finds; enhances nothing by itself. `briefingSearch.find(state, query, {kind, topic})` gives the hits, best first, how
 * many there are of each kind and topic, and how near they are: "exact", "near" (other spellings) or "some" (not all of
 * the words). `briefingSearch.marks(text, found)` gives the places of what was asked within a text.
 */
(() => {
  "use strict";
  const search = (window.briefingSearch ||= {});
  const SORTED = 1000;

  // Letters that may differ; a number is that number or another one.
  const distance = (word) => (/\p{N}/u.test(word) || word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

  // A paragraph is a hit where none of its passages is one.
  const told = (hits) => {
    const passages = new Set(hits.map(({ doc }) => doc).filter(({ kind }) => kind === "passage"));
    return hits.filter(({ doc }) => doc.kind !== "paragraph" || !doc.parts.some((part) => passages.has(part)));
  };
  // Best first. Of very many only the best are put in order: nobody goes through the rest.
  const ranked = (hits) => {
    const isBefore = (one, other) => other.score - one.score || one.doc.key - other.doc.key;
    if (hits.length < 4 * SORTED) return hits.sort(isBefore);
    const least = Float64Array.from(hits, ({ score }) => score).sort().at(-SORTED);
    return [...hits.filter(({ score }) => score >= least).sort(isBefore), ...hits.filter(({ score }) => score < least)];
  };

  const counted = (hits, keys) => {
    const counts = new Map();
    for (const hit of hits) for (const key of keys(hit.doc)) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  };

  // All hits of the first way of asking that finds any: as written; spelled otherwise; with some of the words. The others
  // are tried when all titles are read: before, what is not there may only not have come yet.
  const best = (state, { phrases, words }) => {
    let first = 0;
    const places = phrases.map((phrase) => [(first += phrase.length) - phrase.length, phrase.length]);
    const asked = [...phrases.flat(), ...words], exact = search.scan(state, asked, places);
    if (exact.hits.length || !state.isTitled) return { tier: "exact", near: [], hits: exact.hits };
    const near = asked.map((word, at) => (at >= first && !exact.often[at] ? { ...word, near: distance(word.forms[0]) } : word));
    const { hits } = near.some((word) => word.near) ? search.scan(state, near, places) : exact;
    if (hits.length) return { tier: "near", near: near.filter((word) => word.near), hits };
    return { tier: "some", near: [], hits: words.length > 1 ? search.scan(state, asked, places, true).hits : [] };
  };

  search.find = (state, query, { kind, topic }) => {
    const parsed = search.parse(query);
    const isEmpty = !parsed.words.length && !parsed.phrases.length;
    const { tier, near, hits } = isEmpty ? { tier: "exact", near: [], hits: [] } : best(state, parsed);
    const all = told(hits);
    const isOfKind = ({ doc }) => !kind.size || kind.has(doc.kind);
    const isOfTopic = ({ doc }) => !topic.size || doc.topics.some((id) => topic.has(id));
    return {
      isEmpty, parsed, tier, near, all: all.length, hits: ranked(all.filter((hit) => isOfKind(hit) && isOfTopic(hit))),
      counts: {
        kind: counted(all.filter(isOfTopic), (doc) => [doc.kind]),
        topic: counted(all.filter(isOfKind), (doc) => doc.topics),
      },
    };
  };

  // The places in a text, in order and apart: words that were asked, those found in their stead, whole phrases.
  search.marks = (text, { parsed, near }) => {
    const words = search.cut(text), marks = [];
    const isFound = ({ forms }) => parsed.words.some((word) => search.isWord(word, forms)) || near.some((word) => search.fit(word, forms));
    for (const phrase of parsed.phrases) {
      for (const at of search.joined(phrase, words)) marks.push([words[at].start, words[at + phrase.length - 1].end]);
    }
    for (const word of words) if (isFound(word)) marks.push([word.start, word.end]);
    marks.sort(([a], [b]) => a - b);
    const apart = [];
    for (const [start, end] of marks) {
      const last = apart.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else apart.push([start, end]);
    }
    return apart;
  };
})();
