/*
 * Shows hits; enhances nothing by itself. `briefingSearch.show(state, hit, found)` gives the list item of a hit: its words
 * with those asked for marked, of whom it speaks where only a name was found, its source, date and topics; `.summary`
 * says how many there are. All is text that is set, never HTML that is read.
 */
(() => {
  "use strict";
  const search = (window.briefingSearch ||= {});
  const LONGEST = 320, BEFORE = 90; // characters shown of a text, and of those before the first word found
  const CALLED = { judgement: "key judgement", question: "open question" };

  const element = (tag, className, ...children) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  // The places in a text, in order and apart: words that were asked, those found in their stead, whole phrases.
  const marksIn = (text, { parsed, near }) => {
    const words = search.cut(text), marks = [];
    const isFound = ({ forms }) => [...parsed.words, ...near].some((word) => search.isWord(word, forms));
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

  // A text, or the part of it around the first mark, cut between words.
  const shortened = (text, marks) => {
    if (text.length <= LONGEST) return [0, text.length];
    let start = Math.max(0, Math.min((marks[0]?.[0] ?? 0) - BEFORE, text.length - LONGEST));
    if (start > 0) start = text.indexOf(" ", start) + 1 || start;
    let end = Math.min(text.length, start + LONGEST);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), marks[0]?.[1] ?? 0);
    return [start, end];
  };

  const marked = (text, found) => {
    const marks = marksIn(text, found);
    const [start, end] = shortened(text, marks);
    const pieces = [start > 0 ? "… " : ""];
    let at = start;
    for (const [from, to] of marks) {
      if (from < at || to > end) continue;
      pieces.push(text.slice(at, from), element("mark", "", text.slice(from, to)));
      at = to;
    }
    pieces.push(text.slice(at, end), end < text.length ? " …" : "");
    return { pieces: pieces.filter(Boolean), isFound: marks.length > 0 };
  };

  // The entities for whose name a hit is one, where it prints another spelling of it or none.
  const named = ({ lead, rest, named: all }, found, isFound) => {
    const has = (text) => (word) => search.cut(text).some(({ forms }) => search.isWord(word, forms));
    const lacking = found.tier === "exact" ? found.parsed.words.filter((word) => !has(`${lead} ${rest}`)(word)) : [];
    const isMeant = (name) => (lacking.length ? lacking.some(has(name)) : !isFound && marksIn(name, found).length > 0);
    return all.flatMap((entity) => {
      const spelling = entity.spellings.find(isMeant);
      if (!spelling) return [];
      const who = entity.lead === spelling ? "speaks of " : `speaks of ${entity.lead}, also `;
      return [element("p", "named", who, ...marked(spelling, found).pieces)];
    });
  };

  const chip = ({ title, letter, theme }) => {
    const sign = element("span", "letter", letter);
    sign.setAttribute("aria-hidden", "true");
    return element("span", `chip t-${theme}`, sign, " ", element("span", "title", title));
  };

  search.show = (state, { doc }, found) => {
    const { kind, href, lead, rest, beside, topics, language } = doc;
    const words = marked(lead, found), more = marked(rest, found);
    const link = element("a", "", ...(words.pieces.length ? words.pieces : [href]));
    link.href = href;
    const title = element("p", "words", link);
    title.dir = "auto";
    if (language && ["passage", "paragraph", "source"].includes(kind)) title.lang = language;
    const item = element("li", `hit of-${kind}`, element("p", "kind", CALLED[kind] ?? kind), title);
    const isWhole = ["entity", "topic", "figure", "question"].includes(kind); // of a question it says what is missing
    if (rest && (isWhole || more.isFound)) item.append(element("p", "rest", ...more.pieces));
    item.append(...named(doc, found, words.isFound || more.isFound));
    const aside = element("p", "meta", ...(beside.length ? [element("span", "", beside.join(" · "))] : []));
    for (const [id, topic] of state.topics) if (topics.includes(id) && kind !== "topic") aside.append(" ", chip(topic));
    if (aside.hasChildNodes()) item.append(aside);
    return item;
  };

  // What stands between hits that have all words and those that have some.
  search.divider = () => element("li", "divider", "With some of the words");

  // The spellings that were found in place of those that were asked for.
  search.nearest = (found) => {
    const spelled = new Map();
    for (const { doc } of found.hits.slice(0, 10)) {
      const { lead, rest, named: of } = doc;
      for (const text of [lead, rest, ...of.flatMap((entity) => entity.spellings)]) {
        for (const [start, end] of marksIn(text, found)) {
          const word = text.slice(start, end);
          const isAsked = found.parsed.words.some((asked) => search.isWord(asked, search.forms(word)));
          if (!isAsked && !spelled.has(word.toLowerCase())) spelled.set(word.toLowerCase(), word);
        }
      }
    }
    return [...spelled.values()].slice(0, 3);
  };

  search.counted = (number, noun) => `${number.toLocaleString("en")}\u00a0${noun}${number === 1 ? "" : "s"}`;

  // How many hits there are, in a sentence.
  search.summary = (found, query, isRead, isNarrow) => {
    const { all, hits, tier, partly } = found, { counted } = search;
    const asked = /["“”„«»]/.test(query) ? query : `“${query}”`;
    if (!all && !isRead) return "Nothing found yet.";
    if (!all) return `Nothing found for ${asked}. Try fewer words, the beginning of a word, or a name as a text prints it.`;
    if (!hits.length) return `Nothing of this kind and topic; without narrowing, ${counted(all, "hit")}.`;
    const whole = hits.length - partly, some = whole && partly ? ` and ${partly.toLocaleString("en")} with some of the words` : "";
    const count = counted(whole || partly, "hit") + some + (isNarrow ? `, ${all.toLocaleString("en")} without narrowing` : "");
    if (tier === "near") return `No exact hit for ${asked}. Nearest spelling: ${search.nearest(found).join(", ")}. ${count}.`;
    if (!whole) return `Nothing of this kind and topic has all of these words. With some of them: ${count}.`;
    if (tier === "telling") return `Without the little words of the question: ${count}.`;
    return tier === "some" ? `Nothing has all of these words. With some of them: ${count}.` : `${count}.`;
  };
})();
