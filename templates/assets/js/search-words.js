/*
 * Words, for the scripts of the search page; enhances nothing by itself. This is the only place where what is searched
 * and what is asked is cut into words and folded: `briefingSearch.cut`, `.numbered`, `.forms`.
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
})();
