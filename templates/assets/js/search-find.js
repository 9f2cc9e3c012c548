/*
 * Finds; enhances nothing by itself. `briefingSearch.find(state, query, {kind, topic})` gives the hits, best first, how
 * many there are of each kind and topic, and how near they are: "exact", "telling" (without the little words), "near"
 * (other spellings) or "some" (not all of the words); `partly` says how many at their end have only some. It goes through
 * the rows of words of all that is read.
 */
(() => {
  "use strict";
  const search = (window.briefingSearch ||= {});
  const LEAD = 2, REST = 1, NAMES = 0.7;
  const WEIGHTS = { topic: 1.6, entity: 1.6, judgement: 1.3, question: 1.3, claim: 1.3, event: 1.2, source: 1.2, passage: 1, figure: 0.9, paragraph: 0.6 };
  const LONG = 40, ENOUGH = 1; // words of a text in which a find counts half; finds that are worth half of the most
  const SORTED = 1000, FEW = 4, LESS = 1e6; // what has only some of the words is worth so much less, and so less than nothing

  // Each word of the vocabulary: 0, or the list that says which words asked it is, and how well; and how often these stand.
  const look = (asked) => {
    const known = new Uint16Array(search.vocabulary.length), lists = [[]], numbers = new Map([["", 0]]);
    const often = new Float64Array(asked.length);
    search.vocabulary.forEach((forms, number) => {
      let name = "";
      for (let at = 0; at < asked.length; at += 1) {
        const how = search.fit(asked[at], forms);
        if (!how) continue;
        name += `${at},${how},`;
        often[at] += search.often[number];
      }
      if (!numbers.has(name)) numbers.set(name, lists.push(name.split(",").slice(0, -1).map(Number)) - 1);
      known[number] = numbers.get(name);
    });
    return { known, lists, often };
  };

  // A paragraph is a hit where none of its passages is one.
  const told = (hits) => {
    const passages = new Set(hits.map(({ doc }) => doc).filter(({ kind }) => kind === "passage"));
    return hits.filter(({ doc }) => doc.kind !== "paragraph" || !doc.parts.some((part) => passages.has(part)));
  };

  // The documents that have all words asked, or with `isOne` one that is in no phrase, and how well each answers.
  const scan = (state, asked, phrases, isOne = false) => {
    const { known, lists, often } = look(asked), count = asked.length, hits = [];
    const first = phrases.reduce((sum, [, length]) => sum + length, 0); // behind the words of phrases
    const rarity = often.map((times) => Math.log(1 + state.count / (times || 1)));
    const now = new Float64Array(count);
    const add = (row, from, to, boost) => {
      let isAny = false;
      for (let at = from; at < to; at += 1) {
        if (known[row[at]] === 0) continue;
        const list = lists[known[row[at]]], worth = boost / (1 + (to - from) / LONG);
        for (let i = 0; i < list.length; i += 2) now[list[i]] += list[i + 1] * worth;
        isAny = true;
      }
      return isAny;
    };
    const worth = (kind) => {
      let sum = 0, have = 0;
      for (let word = 0; word < count; word += 1) {
        sum += (rarity[word] * now[word]) / (now[word] + ENOUGH);
        have += now[word] > 0 && (!isOne || word >= first);
      }
      return (isOne ? have > 0 : have === count) ? sum * WEIGHTS[kind] : 0;
    };
    const isThere = (number, word) => lists[known[number]].some((value, i) => i % 2 === 0 && value === word);
    const stands = (row, from, to, [first, length]) => {
      for (let at = from; at + length <= to; at += 1) {
        let next = 0;
        while (next < length && isThere(row[at + next], first + next)) next += 1;
        if (next === length) return true;
      }
      return false;
    };
    const named = new Map();
    for (const entity of state.entities.values()) {
      if (add(entity.names, 0, entity.names.length, NAMES)) named.set(entity, now.slice());
      now.fill(0);
    }
    for (const { row, docs } of state.blocks) {
      for (const doc of docs) {
        let isAny = add(row, doc.from, doc.middle, LEAD);
        if (doc.to > doc.middle) isAny = add(row, doc.middle, doc.to, REST) || isAny;
        for (const entity of named.size ? doc.named : []) {
          const its = named.get(entity);
          if (its) its.forEach((strength, word) => (now[word] = Math.max(now[word], strength)));
          isAny ||= its !== undefined;
        }
        if (!isAny) continue;
        const score = worth(doc.kind);
        now.fill(0);
        const says = (phrase) => stands(row, doc.from, doc.middle, phrase) || stands(row, doc.middle, doc.to, phrase);
        if (score > 0 && phrases.every(says)) hits.push({ doc, score });
      }
    }
    return { hits: told(hits), often };
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

  // The first way of asking that finds any: as written; without the little words of a question; spelled otherwise; with
  // some of the words, which also follow where few have all. The others are tried when all titles are read: before, what
  // is not there may only not have come yet.
  const best = (state, parsed) => {
    const { phrases, words } = parsed;
    let first = 0;
    const places = phrases.map((phrase) => [(first += phrase.length) - phrase.length, phrase.length]);
    const asked = [...phrases.flat(), ...words], exact = scan(state, asked, places);
    const telling = words.filter(({ isLittle }) => !isLittle);
    const some = (loose) => (words.length > 1 ? scan(state, [...phrases.flat(), ...loose], places, true).hits : []);
    if (exact.hits.length || !state.isTitled) {
      const docs = new Set(exact.hits.map(({ doc }) => doc)), isRead = state.read + state.failed === state.total;
      const others = docs.size < FEW && isRead ? some(telling).filter(({ doc }) => !docs.has(doc)) : [];
      return { tier: "exact", near: [], parsed, hits: [...exact.hits, ...others.map(({ doc, score }) => ({ doc, score: score - LESS }))] };
    }
    if (telling.length < words.length && telling.length + phrases.length) {
      const found = best(state, { phrases, words: telling });
      return { ...found, tier: found.tier === "exact" ? "telling" : found.tier };
    }
    const loose = words.map((word, at) => (exact.often[first + at] ? word : { ...word, ...search.guessed(word.forms[0]) }));
    const near = loose.filter((word) => word.near || word.stem), { hits } = near.length ? scan(state, [...phrases.flat(), ...loose], places) : exact;
    return hits.length ? { tier: "near", near, parsed, hits } : { tier: "some", near, parsed, hits: some(loose) };
  };

  search.find = (state, query, { kind, topic }) => {
    const asked = search.parse(query);
    const isEmpty = !asked.words.length && !asked.phrases.length;
    const { tier, near, parsed, hits } = isEmpty ? { tier: "exact", near: [], parsed: asked, hits: [] } : best(state, asked);
    const isOfKind = ({ doc }) => !kind.size || kind.has(doc.kind);
    const isOfTopic = ({ doc }) => !topic.size || doc.topics.some((id) => topic.has(id));
    const chosen = ranked(hits.filter((hit) => isOfKind(hit) && isOfTopic(hit)));
    return {
      isEmpty, parsed, tier, near, all: hits.length, hits: chosen, partly: chosen.filter(({ score }) => score < 0).length,
      counts: {
        kind: counted(hits.filter(isOfTopic), (doc) => [doc.kind]),
        topic: counted(hits.filter(isOfKind), (doc) => doc.topics),
      },
    };
  };
})();
