/*
 * What is asked, for the scripts of the search page; enhances nothing by itself. `briefingSearch.parse` reads a question,
 * `.fit`, `.isWord` and `.joined` say how well words of the texts answer it, `.guessed` what may have been meant.
 */
(() => {
  "use strict";
  const search = (window.briefingSearch ||= {});

  const QUOTES = "\"“”„‟«»‹›「」『』〝〞＂";
  const DOUBLE = new RegExp(`[${QUOTES}]([^${QUOTES}]*)([${QUOTES}]|$)`, "gu");
  const SINGLE = /(?<![\p{L}\p{N}])['‘’‚‛`](?=[^\s'‘’‚‛`])((?:[^'‘’‚‛`]|['’](?=[\p{L}\p{N}]))*)['‘’‛`](?![\p{L}\p{N}])/gu;
  const OWNING = /(?<=\p{L})['’]s(?![\p{L}\p{N}])/gu; // "Putin's promise" is the promise of Putin

  // A plural finds what its singular finds, with which it begins; where it does not begin so, the singular finds it too.
  const otherNumber = (word) => {
    if (/^[a-z]{2,}[b-df-hj-np-tv-z]y$/.test(word)) return [word.replace(/y$/, "ies")];
    if (!/^[a-z]{3,}s$/.test(word) || /(?:[iu]s|ss)$/.test(word)) return [];
    const bare = word.replace(/ies$/, "y").replace(/(ch|sh|ss|x|z)es$/, "$1");
    return [bare === word ? word.slice(0, -1) : bare];
  };
  // Of a question, the words that nearly any other has too.
  const LITTLE = new Set(
    "a an and any are as at be been by can could did do does for from had has have how in is it its many much no not of on or so than that the their them there these they this those to was were what when where which who whom whose why will with would".split(" "),
  );

  // What is asked: loose words and phrases. A word that may still be typed, or is long, stands for longer ones too.
  search.parse = (query) => {
    const phrases = [];
    const phrase = (_, inner, end) => {
      const words = search.cut(inner).map(({ forms }) => ({ forms, prefix: false }));
      if (words.length && end === "" && !/\s$/.test(inner)) words.at(-1).prefix = true;
      if (words.length) phrases.push(words);
      return " ";
    };
    const rest = query.replace(DOUBLE, phrase).replace(SINGLE, (all, inner) => phrase(all, inner, "'")).replace(OWNING, "");
    const words = search.cut(rest).map(({ forms, end }) => ({
      forms: [...forms, ...otherNumber(forms.at(-1))],
      prefix: forms[0].length > 2 || end === rest.length,
      isLittle: LITTLE.has(forms[0]),
    }));
    return { phrases, words };
  };

  // Whether so many changed letters make one word of the other; two that changed places are one change.
  const isNear = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return false;
    let before = [], above = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i += 1) {
      const row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        const isSwapped = j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (isSwapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return false;
      [before, above] = [above, row];
    }
    return above[other.length] <= most;
  };

  // What a word begins with, without an ending that verbs and their nouns change for another.
  const stemOf = (word) => /^([a-z]{5,}?)(?:ions?|ings?|ed|ers?|ors?|ments?|als?|ances?)$/.exec(word)?.[1];

  // How many letters may differ; a number is that number or another one.
  const distance = (word) => (/\p{N}/u.test(word) || word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

  // What stands for a word that is nowhere: words of one stem with it, or else those that are spelled nearly so.
  search.guessed = (word) => {
    const stem = stemOf(word);
    const isThere = stem && search.vocabulary.some((forms) => forms.some((form) => form.startsWith(stem)));
    return isThere ? { stem } : { near: distance(word) };
  };

  // How well a word of the texts is one that was asked, from 0.
  search.fit = ({ forms: wanted, prefix, near, stem }, forms) => {
    if (stem) return forms.some((form) => form.startsWith(stem)) ? 0.4 : 0;
    if (near) return forms.some((form) => isNear(wanted[0], form, near)) ? 0.3 : 0;
    if (wanted.some((form) => forms.includes(form))) return 1;
    return prefix && forms.some((form) => wanted.some((begin) => form.startsWith(begin))) ? 0.4 : 0;
  };
  search.isWord = (asked, forms) => search.fit(asked, forms) > 0;

  // Where a phrase stands among the words of a text: the places of its first words.
  search.joined = (phrase, words) => {
    const found = [];
    for (let at = 0; at + phrase.length <= words.length; at += 1) {
      if (phrase.every((asked, next) => search.isWord(asked, words[at + next].forms))) found.push(at);
    }
    return found;
  };
})();
