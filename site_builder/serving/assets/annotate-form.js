/*
 * The fields of a new passage: id, topics, voice, stance, note. `fill` sets them from an offer, `wish` reads them, and
 * `show` says what the preview thinks of it. Knows nothing of selections or of who asks.
 */
(() => {
  "use strict";
  const shared = window.briefingAnnotate;
  if (!shared) return;

  function make(tag, given = {}, ...inside) {
    const { role, label, described, ...rest } = given;
    const made = Object.assign(document.createElement(tag), rest);
    if (role) made.setAttribute("role", role);
    if (label) made.setAttribute("aria-label", label);
    if (described) made.setAttribute("aria-describedby", described);
    made.append(...inside);
    return made;
  }

  const id = make("input", { id: "id", autocomplete: "off", spellcheck: false, autocapitalize: "none", maxLength: 100 });
  const topics = make("div", { className: "topics" });
  const voice = make("input", { id: "voice", autocomplete: "off", spellcheck: false, autocapitalize: "none", placeholder: "the text itself" });
  const voices = make("datalist", { id: "voices" });
  const stance = make("select", { id: "stance" });
  const note = make("textarea", { id: "note", rows: 2 });
  const secret = make("input", { id: "secret", type: "checkbox" });
  const secretRow = make("label", { className: "box" }, secret, "Private: the note is in nothing that is published");
  const figures = make("input", { id: "figures", type: "checkbox" });
  const figuresRow = make("label", { className: "box" }, figures, "Begin figures for its numbers, as comments");
  const yaml = make("pre", { id: "yaml", tabIndex: 0, role: "region", label: "The passage as YAML" });
  const problems = make("ul", { id: "problems", className: "problems", role: "list" });
  voice.setAttribute("list", "voices");
  [id, voice].forEach((field) => field.setAttribute("aria-describedby", "problems"));
  let idOf = new Map(); // of a voice by its name, which is as good as its id

  const row = (words, field, ...more) => make("div", { className: "row" }, make("label", { htmlFor: field.id }, words), field, ...more);
  const topicsField = make("fieldset", {}, make("legend", {}, "Topics"), topics);
  const form = make(
    "form",
    { noValidate: true },
    row("Id", id),
    topicsField,
    make("div", { className: "pair" }, row("Said by", voice, voices), row("Stance", stance)),
    row("Note", note),
    secretRow,
    figuresRow,
    yaml,
  );

  function topicBox(topic) {
    const box = make("input", { type: "checkbox", value: topic.id });
    const letter = make("span", { className: "letter", ariaHidden: "true" }, topic.letter);
    return make("label", { className: `topic t-${topic.theme}` }, box, letter, topic.title);
  }

  function fill(offer, isNew) {
    const ticked = isNew ? [] : wish().topics;
    topics.replaceChildren(...offer.topics.map(topicBox));
    topics.querySelectorAll("input").forEach((box) => (box.checked = ticked.includes(box.value)));
    topicsField.hidden = !offer.topics.length;
    idOf = new Map(offer.voices.map((v) => [v.name, v.id]));
    voices.replaceChildren(...offer.voices.map((v) => make("option", { value: v.id }, v.name)));
    const said = isNew ? "" : stance.value;
    stance.replaceChildren(make("option", { value: "" }, "not said"), ...offer.stances.map((s) => make("option", { value: s }, s)));
    stance.value = said;
    figuresRow.hidden = !offer.has_figures;
    if (isNew || id.value === id.dataset.offered) id.value = offer.id;
    id.dataset.offered = offer.id;
    if (isNew) voice.value = note.value = "";
    if (isNew) figures.checked = secret.checked = false;
    secretRow.hidden = !note.value.trim();
  }

  function wish() {
    const ticked = [...topics.querySelectorAll("input:checked")].map((box) => box.value);
    const saidBy = idOf.get(voice.value.trim()) || voice.value;
    return { id: id.value, topics: ticked, said_by: saidBy, stance: stance.value, note: note.value, is_private: secret.checked, with_figures: figures.checked && !figuresRow.hidden };
  }

  // What is wrong, each as the terminal would say it: the rule, the sentence, what to do.
  function show(drafted) {
    if (drafted.yaml !== undefined) yaml.textContent = drafted.yaml;
    const said = [...(drafted.problems || [])];
    const other = drafted.error || drafted.by_hand;
    if (other) said.push({ severity: drafted.error ? "error" : "warning", rule: "", message: other, hint: drafted.hint });
    problems.replaceChildren(
      ...said.map((p) => {
        const hint = p.hint ? [make("span", { className: "hint" }, p.hint)] : [];
        return make("li", { className: p.severity }, make("b", {}, p.rule || (p.severity === "error" ? "not done" : "by hand")), ` ${p.message}`, ...hint);
      }),
    );
    const isVoice = (p) => ["bad-id", "unknown-id"].includes(p.rule) && voice.value && p.message.includes(`'${voice.value}'`);
    const isId = (p) => ["bad-id", "duplicate-id"].includes(p.rule) && !isVoice(p);
    voice.setAttribute("aria-invalid", String(said.some(isVoice)));
    id.setAttribute("aria-invalid", String(said.some(isId)));
    return said;
  }

  note.addEventListener("input", () => (secretRow.hidden = !note.value.trim()));
  shared.make = make;
  shared.form = { element: form, problems, fill, wish, show, yaml: () => yaml.textContent, yamlElement: yaml };
})();
