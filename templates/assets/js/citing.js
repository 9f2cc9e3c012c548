/*
 * Enhances: .note, the note on a passage, beside .record .citing, how to cite the text that it stands in.
 * Adds how to cite the passage: the forms of the text's own citation, with the words that are marked and their address.
 */
(() => {
  "use strict";
  const whole = document.querySelector(".record .citing");
  if (!whole) return;
  const [plain, markdown, bibtex] = [...whole.querySelectorAll(".copy")].map((form) => form.textContent);
  const publisher = whole.querySelector("a[rel=noreferrer]");

  document.querySelectorAll(".source .note .inside").forEach((inside) => {
    const fold = element("details", "", "citing");
    fold.append(element("summary", "Cite this passage"));
    inside.append(fold);
  });

  // Made when it is opened, before copy.js looks for what can be copied.
  addEventListener(
    "toggle",
    (event) => {
      const fold = event.target;
      if (!fold.open || !fold.matches(".note .citing") || fold.querySelector("dl")) return;
      const note = fold.closest(".note");
      const text = marked(note.id);
      const words = split(text).join(" ");
      const at = note.querySelector("a.number").getAttribute("href");
      const list = element("dl");
      list.append(
        form("Plain", element("dd", `“${words}” ${plain}${at}`, "copy")),
        form("Markdown", element("dd", `> ${escaped(words)}\n>\n> — ${markdown.slice(0, -1)}${at})`, "copy")),
        form("BibTeX", element("dd", entry(words, at), "copy")),
      );
      if (publisher) list.append(form("Original", original(text)));
      fold.append(list);
    },
    true,
  );

  // The characters of a passage; a new paragraph is a new line.
  function marked(id) {
    const pieces = [...document.querySelectorAll(`mark[data-notes~="${id}"]`)];
    return pieces.map((mark, i) => (i && mark.parentElement !== pieces[i - 1].parentElement ? "\n" : "") + mark.textContent).join("");
  }

  // White space as Python has it: a byte order mark is none.
  function split(text) {
    return text.split(/[^\S\ufeff]+/).filter(Boolean);
  }

  function escaped(words) {
    return words.replace(/[\\`*_[\]<>&]/g, "\\$&");
  }

  // The text's own entry, whose address leads to the passage and whose note begins with its words.
  function entry(words, at) {
    const [head, ...lines] = bibtex.slice(0, -2).split(/,\n/);
    const of = (name) => lines.findIndex((line) => line.startsWith(`  ${name} = {`));
    lines[of("url")] = `${lines[of("url")].slice(0, -1)}${at}}`;
    const said = `  note = {${latex(`“${words}”`)}`;
    if (of("note") < 0) lines.splice(Math.max(of("url"), of("urldate")) + 1, 0, `${said}}`);
    else lines[of("note")] = lines[of("note")].replace("  note = {", () => `${said}; `);
    return `${[head, ...lines].join(",\n")}\n}`;
  }

  function latex(text) {
    const names = { "\\": "backslash", "{": "braceleft", "}": "braceright", "~": "asciitilde", "^": "asciicircum" };
    return text
      .replace(/[\\{}~^&%$#_]/g, (sign) => (names[sign] ? `\\text${names[sign]}{}` : `\\${sign}`))
      .replace(/(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)/g, "{}");
  }

  // The publisher's page at the words (a text fragment, WICG): whole where they are short, else by both ends.
  function original(text) {
    const words = split(text);
    const isShort = [...words.join(" ")].length <= 120 && !text.replace(/^[^\S\ufeff]+|[^\S\ufeff]+$/g, "").includes("\n");
    const parts = isShort ? [words] : [words.slice(0, 5), words.slice(-5)];
    const link = element("a", "at the publisher");
    link.href = `${publisher.getAttribute("href").split("#")[0]}#:~:text=${parts.map(directive).join(",")}`;
    link.rel = "noreferrer";
    const cell = element("dd");
    cell.append(link);
    return cell;
  }

  function directive(words) {
    return encodeURIComponent(words.join(" ")).replace(/[-!*'()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  }

  function form(name, cell) {
    const row = element("div");
    row.append(element("dt", name), cell);
    return row;
  }

  function element(name, text = "", look = "") {
    const made = document.createElement(name);
    made.textContent = text;
    if (look) made.className = look;
    return made;
  }
})();
