/*
 * Goes through the rows of words; enhances nothing by itself. `briefingSearch.scan(state, asked, phrases, isOne)` gives
 * the documents that have all of the words asked, or with `isOne` one of the last, with how well each answers, and which
 * of the words stand nowhere. `briefingSearch.fit(word, forms)` says how well a word of the texts is one that was asked.
 */
(() => {
  "use strict";
  const search = (window.briefingSearch ||= {});
  const LEAD = 2, REST = 1, NAMES = 0.7, WHOLE = 1, BEGINNING = 0.4, NEAR = 0.3;
  const WEIGHTS = { topic: 1.6, entity: 1.6, claim: 1.3, event: 1.2, source: 1.2, passage: 1, figure: 0.9, paragraph: 0.6 };
  const LONG = 40, ENOUGH = 1; // words of a text in which a find counts half; finds that are worth half of the most

  // Whether so many changed letters make one word of the other.
  const isNear = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return false;
    let above = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      }
      if (Math.min(...row) > most) return false;
      above = row;
    }
    return above[other.length] <= most;
  };

  search.fit = (word, forms) => {
    if (!word.near) return !search.isWord(word, forms) ? 0 : word.forms.some((wanted) => forms.includes(wanted)) ? WHOLE : BEGINNING;
    return forms.some((form) => isNear(word.forms[0], form, word.near)) ? NEAR : 0;
  };

  // Each word of the vocabulary: 0, or the number of the list that says which words asked it is, and how well. And how
  // often each of these stands in all that is read.
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

  search.scan = (state, asked, phrases, isOne = false) => {
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
    return { hits, often };
  };
})();
