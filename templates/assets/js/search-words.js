/*
 * Words, for the scripts of the search page; enhances nothing by itself. This is the only place where what is searched
 * and what is asked is cut into words and folded: `briefingSearch.cut`, `.numbered`, `.forms`, `.parse`, `.fit`, `.joined`.
 */
(() => {
  "use strict";
  const search = (window.briefingSearch ||= {});

  // A number with its thousands set apart; a sign of a script without spaces; a run of letters, digits and their marks,
  // asked first whether it is of plain letters alone, as most are: that is twice as quick.
  const SIGN = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
  const WORD = new RegExp(
    `\\d{1,3}(?:[,.'’ \\u00a0\\u2009\\u202f]\\d{3})+(?![\\p{L}\\p{N}])|${SIGN}|[0-9A-Za-z]+(?![\\p{L}\\p{M}\\p{N}\\p{Cf}])|(?:(?!${SIGN})[\\p{L}\\p{M}\\p{N}\\p{Cf}])+`,
    "gu",
  );
  // Accents; points of Hebrew, vowels of Arabic; what is not seen.
  const DROPPED = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\p{Cf},.'’\s]/gu;
  const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
  const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");

  // British to American spelling; where it can be told, the beginning of a word is folded as the whole is.
  const SPELLINGS = [
    [/^practis/, "practic"], [/^(def|lic|off|pret)enc/, "$1ens"], [/^(.{2,}[iy])s(?=[aei]|$)/, "$1z"],
    [/^((?:dis|en|mis|over|un)?(?:arb|ard|arm|behavi|cand|clam|col|demean|enam|endeav|fav|ferv|flav|glam|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|sav|savi|splend|succ|tum|val|vap|vig))ou(?=r|$)/, "$1o"],
    [/^((?:centi|kilo|milli|epi|amphi)?(?:calib|cent|fib|lit|lust|meag|met|sab|scept|somb|spect|theat))r(?:e(?=s?$)|(?=ed$|ing$))/, "$1er"],
    [/^jewellery/, "jewelry"],
    [/^(cancel|channel|council|counsel|dial|duel|enrol|enthral|fuel|fulfil|instal|label|level|marshal|medal|model|panel|quarrel|rival|shovel|signal|skil|total|travel|tunnel|unravel|wil)l(?=[efimo]|$)/, "$1"],
    [/^(an|arch|encyclop|gyn|h|medi|orthop|p|pal)ae/, "$1e"], [/^(am|diarrh|f|hom)oe/, "$1e"], [/^oe(?=d|so|st)/, "e"],
    [/^manoeuvre(?=s?$)/, "maneuver"], [/^manoeuvr?/, "maneuver"], [/^aeroplane/, "airplane"], [/^pyjama/, "pajama"],
    [/^(acknowledg|ag|judg|lodg)e(?=ment|ing)/, "$1"], [/^(ana|cata|dia|epi|mono|pro)logue/, "$1log"],
    [/^grey/, "gray"], [/^programme(?=s?$)/, "program"], [/^plough/, "plow"], [/^moust/, "must"], [/^mould/, "mold"],
    [/^scept(?=ic)/, "skept"], [/^sulph/, "sulf"], [/^artef/, "artif"], [/^alumini/, "alumin"], [/^gaol/, "jail"],
    [/^draught/, "draft"], [/^tyre(?=s?$)/, "tire"], [/^enquir/, "inquir"], [/^(after|back|down|for|to|up)wards$/, "$1ward"],
  ];

  const american = (word) => {
    if (!/^[a-z]{4,}$/.test(word)) return word;
    return SPELLINGS.reduce((now, [british, its]) => now.replace(british, its), word);
  };

  const known = new Map();
  // A word's forms: as folded and, where it differs, in the spelling that stands for both.
  search.forms = (raw) => {
    let found = known.get(raw);
    if (!found) {
      const plain = raw.normalize("NFKD").toLowerCase().replace(DROPPED, "").replace(LETTER, (letter) => LETTERS[letter]);
      const shared = american(plain);
      found = !plain ? [] : shared === plain ? [plain] : [plain, shared];
      if (known.size > 200000) known.clear();
      known.set(raw, found);
    }
    return found;
  };

  // The words of a text, each with its forms and its place.
  search.cut = (text) => {
    const words = [];
    for (const match of text.matchAll(WORD)) {
      const forms = search.forms(match[0]);
      if (forms.length) words.push({ forms, start: match.index, end: match.index + match[0].length });
    }
    return words;
  };

  // A text is kept as the numbers of its words: `vocabulary` holds the forms of each, `often` how often it stands.
  const numbers = new Map(), byForm = new Map();
  search.vocabulary = [];
  search.often = [];
  const numberOf = (raw) => {
    const forms = search.forms(raw);
    if (!forms.length) return -1;
    if (!byForm.has(forms[0])) byForm.set(forms[0], search.vocabulary.push(forms) - 1);
    if (search.often.length < search.vocabulary.length) search.often.push(0);
    return byForm.get(forms[0]);
  };
  search.numbered = (text, row) => {
    for (const raw of text.match(WORD) ?? []) {
      let number = numbers.get(raw);
      if (number === undefined) numbers.set(raw, (number = numberOf(raw)));
      if (number < 0) continue;
      row.push(number);
      search.often[number] += 1;
    }
  };

  const QUOTES = "\"“”„‟«»‹›「」『』〝〞＂";
  const DOUBLE = new RegExp(`[${QUOTES}]([^${QUOTES}]*)([${QUOTES}]|$)`, "gu");
  const SINGLE = /(?<![\p{L}\p{N}])['‘’‚‛`](?=[^\s'‘’‚‛`])((?:[^'‘’‚‛`]|['’](?=[\p{L}\p{N}]))*)['‘’‛`](?![\p{L}\p{N}])/gu;

  // A plural finds what its singular finds, with which it begins; where it does not begin so, the singular finds it too.
  const otherNumber = (word) => {
    if (/^[a-z]{2,}[b-df-hj-np-tv-z]y$/.test(word)) return [word.replace(/y$/, "ies")];
    if (!/^[a-z]{3,}s$/.test(word) || /(?:[iu]s|ss)$/.test(word)) return [];
    const bare = word.replace(/ies$/, "y").replace(/(ch|sh|ss|x|z)es$/, "$1");
    return [bare === word ? word.slice(0, -1) : bare];
  };
  // Of a question, the words that nearly any other has too.
  const LITTLE = new Set(
    "a an and any are as at be been by can could did do does for from had has have how in is it its many much of on or so than that the their them there these they this those to was were what when where which who whom whose why will with would".split(" "),
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
    const rest = query.replace(DOUBLE, phrase).replace(SINGLE, (all, inner) => phrase(all, inner, "'"));
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
  search.stem = (word) => /^([a-z]{5,}?)(?:ions?|ings?|ed|ers?|ors?|ments?|als?|ances?)$/.exec(word)?.[1];

  // How well a word of the texts is one that was asked, from 0.
  search.fit = ({ forms: wanted, prefix, near, stem }, forms) => {
    if (near && stem && forms.some((form) => form.startsWith(stem))) return 0.4;
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
