/*
 * Finds; enhances nothing by itself. `briefingSearch.find(state, query, {kind, topic})` gives the hits, best first, how
 * many there are of each kind and topic, and how near they are: "exact", "near" (other spellings) or "some" (not all of
 * the words). `briefingSearch.marks(text, hit)` gives the places of what was asked within a text.
 */
(() => {
  "use strict";
  const search = (window.briefingSearch ||= {});
  const WEIGHTS = { topic: 1.6, entity: 1.6, claim: 1.3, event: 1.2, source: 1.2, passage: 1, figure: 0.9, paragraph: 0.6 };
  const BOOST = { lead: 2, rest: 1, names: 0.7 };

  const AS_WRITTEN = { tokenize: (text) => [text], processTerm: (term) => term };

  // Letters that may differ; a number is that number or another one.
  const distance = (word) => (/\p{N}/u.test(word) || word.length < 4 ? false : word.length < 8 ? 1 : 2);

  const asked = ({ forms, prefix }, fuzzy = false) => ({ combineWith: "OR", queries: forms, prefix, fuzzy });
  // Another spelling is only for a word that is nowhere found as it is written.
  const near = (state) => (word) =>
    asked(word, state.index.search(asked(word), AS_WRITTEN).length === 0 && distance(word.forms[0]));

  const TIERS = [
    ["exact", "AND", () => (word) => asked(word), () => true],
    ["near", "AND", near, () => true],
    ["some", "OR", () => (word) => asked(word), ({ words }) => words.length > 1],
  ];

  const says = (doc, phrase) => [doc.lead, doc.rest].some((text) => search.joined(phrase, search.cut(text)).length);

  const within = (state, { phrases, words }, combineWith, ask) => {
    const queries = phrases.flat().map((word) => asked(word));
    if (words.length) queries.push({ combineWith, queries: words.map(ask) });
    const found = state.index.search({ combineWith: "AND", queries }, {
      ...AS_WRITTEN, boost: BOOST, boostDocument: (key) => WEIGHTS[state.docs[key].kind],
    });
    const hits = found.map(({ id, match }) => ({ doc: state.docs[id], match }));
    return phrases.length ? hits.filter(({ doc }) => phrases.every((phrase) => says(doc, phrase))) : hits;
  };

  // A paragraph is a hit where none of its passages is one.
  const told = (hits) => {
    const passages = new Set(hits.map(({ doc }) => doc).filter(({ kind }) => kind === "passage"));
    return hits.filter(({ doc }) => doc.kind !== "paragraph" || !doc.parts.some((part) => passages.has(part)));
  };

  const counted = (hits, keys) => {
    const counts = new Map();
    for (const hit of hits) for (const key of keys(hit.doc)) counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts;
  };

  search.find = (state, query, { kind, topic }) => {
    const parsed = search.parse(query);
    const isEmpty = !parsed.words.length && !parsed.phrases.length;
    let all = [], tier = "exact";
    for (const [name, combineWith, ask, isFit] of isEmpty ? [] : TIERS) {
      if (all.length || !isFit(parsed)) continue;
      all = told(within(state, parsed, combineWith, ask(state)));
      tier = name;
    }
    for (const hit of all) Object.assign(hit, { parsed, tier });
    const isOfKind = ({ doc }) => !kind.size || kind.has(doc.kind);
    const isOfTopic = ({ doc }) => !topic.size || [...doc.topics].some((id) => topic.has(id));
    return {
      isEmpty, tier, all: all.length, hits: all.filter((hit) => isOfKind(hit) && isOfTopic(hit)),
      counts: {
        kind: counted(all.filter(isOfTopic), (doc) => [doc.kind]),
        topic: counted(all.filter(isOfKind), (doc) => doc.topics),
      },
    };
  };

  // The places in a text, in order and apart: words that were asked, those found in their stead, whole phrases.
  search.marks = (text, { parsed, match, tier }) => {
    const words = search.cut(text), marks = [];
    const isFound = ({ forms }) =>
      parsed.words.some((word) => search.isWord(word, forms)) || (tier === "near" && forms.some((form) => Object.hasOwn(match, form)));
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
