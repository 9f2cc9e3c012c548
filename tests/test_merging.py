"""All sources together: ids, contracts 2 (derived figures), 3 (events), 4 (evidence) and 5 (origins)."""

import hashlib
import time
from pathlib import Path

import pytest

from site_builder.contracts.merging import merge
from site_builder.contracts.resolving import resolve_source
from site_builder.markup.names import Names
from site_builder.model import Briefing
from site_builder.reading.folder import load

SITE = "title: Noise\n"
ENTITIES = """
- {id: board, kind: organisation, name: Harbour Board}
- {id: radio, kind: outlet, name: Port Radio}
- {id: resident, kind: person, name: a resident, unnamed: true}
- {id: captain, kind: person, name: a captain, unnamed: true}
"""
MEASURES = """
- {id: complaints, label: Complaints, unit: complaints, counts: what was received}
"""
TEXTS = {
    "one": "The board received 120 complaints in 2021, against 80 in 2020. No, says a captain. Printed 4 March 2021.",
    "two": "Port Radio had 120 complaints from the board. A resident had 7. Printed 5 April 2021.",
    "three": "Noise rose, one resident says. Noise fell, another says.",
    "four": "The board counted 120 again.",
}
PASSAGES = {
    "one": """
  - {id: rise, quote: "received 120 complaints in 2021, against 80 in 2020", said_by: board, topics: [noise],
     figures: [{id: early, measure: complaints, value: 120}, {id: late, measure: complaints, value: 80}]}
  - {id: denial, quote: "No, says a captain", said_by: captain}
""",
    "two": """
  - {id: rise, quote: "had 120 complaints from the board", via: [radio], said_by: board}
  - {id: radio, quote: "Port Radio had 120", via: [radio]}
  - {id: resident, quote: "A resident had 7", said_by: resident}
""",
    "three": """
  - {id: rose, quote: "Noise rose, one resident says", said_by: resident}
  - {id: fell, quote: "Noise fell, another says", said_by: captain}
""",
    "four": """
  - {id: again, quote: "The board counted 120 again", said_by: board}
  - {id: own, quote: "counted 120"}
""",
}
ISSUED = {
    "one": '{edtf: "2021-03-04", basis: stated, quote: "4 March 2021"}',
    "two": '{edtf: "2021-04", basis: inferred, why: printed}',
}


def build(folder: Path, **files: str) -> tuple[Briefing | None, list[tuple[str, str]]]:
    """The briefing of the four sources with these further files, and the rule and sentence of each problem."""
    written = {"site": SITE, "entities": ENTITIES, "measures": MEASURES} | files
    (folder / "seeds").mkdir(exist_ok=True)
    for sub in ("sources", "topics"):
        (folder / "annotations" / sub).mkdir(parents=True, exist_ok=True)
    for name, text in TEXTS.items():
        (folder / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
        issued = f"issued: {ISSUED[name]}\n" if name in ISSUED else ""
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        passages = written.pop(name, PASSAGES[name])
        record = f"text: {name}.txt\nsha256: {sha256}\ntype: report\ntitle: The {name}\n{issued}passages:{passages}"
        (folder / f"annotations/sources/{name}.yaml").write_text(record, encoding="utf-8")
    noise = written.pop("noise", "Nothing to say yet.")
    (folder / "annotations/topics/noise.md").write_text(f"---\ntitle: Noise\n---\n{noise}\n", encoding="utf-8")
    for name, text in written.items():
        (folder / f"annotations/{name}.yaml").write_text(text, encoding="utf-8")
    loaded = load(folder)
    assert loaded.annotations is not None, loaded.problems
    names = Names(loaded.annotations.entities)
    resolved = [resolve_source(source, names) for source in loaded.annotations.sources]
    merged = merge(loaded.annotations, resolved, names)
    briefing, problems = merged.briefing, merged.problems
    assert (briefing is None) == any(p.severity == "error" for p in problems)
    return briefing, [(p.rule, p.message) for p in sorted({*loaded.problems, *problems})]


def claim(*evidence: str, status: str = "accepted", why: str = "", one_origin: str = "") -> str:
    lines = [f"    - {{passage: {e.split()[0]}, relation: {e.split()[1]}}}" for e in evidence]
    reason = f"  why: {why}\n" if why else ""
    reason += f"  one_origin: {one_origin}\n" if one_origin else ""
    listed = "\n".join(lines)
    head = f"- id: c\n  claim: Noise rose\n  status: {status}\n  confidence: low\n"
    return f"{head}{reason}  evidence:\n{listed or '    []'}\n"


def test_the_parts_of_a_briefing_come_together(tmp_path: Path) -> None:
    event = '- {id: e, date: {edtf: "2021", basis: stated}, title: E, topics: [noise], evidence: [one#rise]}'
    briefing, problems = build(tmp_path, events=event, claims=claim("one#rise supports"))
    assert problems == []
    assert briefing is not None
    assert [s.id for s in briefing.sources] == ["four", "one", "three", "two"]
    assert [p.ref for p in briefing.passages()][:2] == ["four#again", "four#own"]
    assert briefing.index.events["e"].reported == briefing.index.sources["one"].issued.value  # type: ignore[union-attr]
    assert briefing.index.voice("board") == "Harbour Board"
    assert briefing.index.voice("one") == "The one"
    assert briefing.index.of(["two#rise", "one#rise", "two#radio"]) == tuple(
        briefing.index.sources[s] for s in ("two", "one")
    )


# Contract 5


@pytest.mark.parametrize(
    ("evidence", "sources", "origins"),
    [
        (["one#rise", "two#rise", "four#again"], 3, ["board"]),  # three sources, one origin
        (["one#rise"], 1, ["board"]),
        (["two#radio"], 1, ["radio"]),  # whom the source had it from
        (["two#rise", "two#radio"], 1, ["board", "radio"]),
        (["four#own"], 1, ["four"]),  # the source itself
        (["four#own", "four#again"], 1, ["four", "board"]),
        (["two#resident", "three#rose"], 2, ["two#unnamed", "three#unnamed"]),  # unnamed: once per source
        (["three#rose", "three#fell"], 1, ["three#unnamed"]),  # two unnamed voices of one source
        (["one#denial", "three#fell", "one#rise"], 2, ["one#unnamed", "three#unnamed", "board"]),
    ],
)
def test_a_claim_counts_the_different_origins_of_its_support(
    tmp_path: Path, evidence: list[str], sources: int, origins: list[str]
) -> None:
    briefing, problems = build(tmp_path, claims=claim(*(f"{ref} supports" for ref in evidence)))
    assert problems == []
    assert briefing is not None
    assert (len(briefing.claims[0].sources), list(briefing.claims[0].origins)) == (sources, origins)


@pytest.mark.parametrize(
    ("voices", "evidence", "origins"),
    [
        (["board, radio"], ["two#rise", "two#radio"], ["board"]),
        (["radio, board"], ["two#rise", "two#radio"], ["radio"]),
        (["board, radio"], ["two#radio"], ["board"]),
        (["board, captain"], ["one#rise", "one#denial"], ["board"]),  # an unnamed voice that may well be the board
        (["board, captain"], ["one#rise", "one#denial", "three#fell"], ["board"]),
        (["board, captain"], ["one#denial", "three#rose"], ["board", "three#unnamed"]),
        (["resident, captain"], ["one#denial", "two#resident", "three#rose", "three#fell"], ["resident"]),
        (["board, radio", "resident, captain"], ["two#rise", "two#radio", "two#resident"], ["board", "resident"]),
        (["board, radio"], ["four#own", "four#again"], ["four", "board"]),
    ],
)
def test_voices_that_a_claim_counts_as_one_are_one_origin(
    tmp_path: Path, voices: list[str], evidence: list[str], origins: list[str]
) -> None:
    one_origin = "[" + ", ".join(f"{{voices: [{each}], why: both may be the board}}" for each in voices) + "]"
    text = claim(*(f"{ref} supports" for ref in evidence), one_origin=one_origin)
    briefing, problems = build(tmp_path, claims=text)
    assert problems == []
    assert briefing is not None
    assert list(briefing.claims[0].origins) == origins


@pytest.mark.parametrize(
    ("one_origin", "rules"),
    [
        ("[{voices: [board, bord], why: x}]", ["unknown-id"]),
        ("[{voices: [board, one], why: x}]", ["unknown-id"]),  # a source is no voice
        ('[{voices: [board, radio], why: "see [@one#nothing]"}]', ["unknown-id"]),
        ("[{voices: [board, radio]}]", ["missing-key"]),
        ("[{why: x}]", ["missing-key"]),
    ],
)
def test_one_origin_names_declared_voices_and_says_why(tmp_path: Path, one_origin: str, rules: list[str]) -> None:
    assert [rule for rule, _ in build(tmp_path, claims=claim("one#rise supports", one_origin=one_origin))[1]] == rules


def test_passages_that_contradict_or_qualify_are_no_support(tmp_path: Path) -> None:
    text = claim("one#rise supports", "two#radio contradicts", "four#own qualifies")
    briefing, problems = build(tmp_path, claims=text)
    assert problems == []
    assert briefing is not None
    assert briefing.claims[0].origins == ("board",)
    assert briefing.claims[0].passages("contradicts") == ("two#radio",)


# Contract 4


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (claim("one#rise supports"), []),
        (claim(), ["no-evidence"]),
        (claim("one#rize supports"), ["unknown-id"]),
        (claim("five#rise supports"), ["unknown-id"]),
        (claim("one#rise supports", "one#denial contradicts", status="conflict"), []),
        (claim("one#rise supports", status="conflict"), ["conflict-without-grounds"]),
        (claim("one#denial contradicts", status="conflict"), ["conflict-without-grounds"]),
        (claim("one#rise supports", "one#denial qualifies", status="conflict"), ["conflict-without-grounds"]),
        (claim("one#rise supports", status="conflict", why="they say so elsewhere"), []),
        (claim("one#rise supports") + claim("one#rise supports"), ["duplicate-id"]),
        (claim("one#rise supports", why='"see [@one#nothing]"'), ["unknown-id"]),
        (claim("one#rise supports", why='"see [@one]"'), ["bad-citation"]),
        (claim("one#rise supports", why='"see [@claim:c]"'), []),
    ],
)
def test_a_claim_rests_on_declared_evidence(tmp_path: Path, text: str, rules: list[str]) -> None:
    assert [rule for rule, _ in build(tmp_path, claims=text)[1]] == rules


@pytest.mark.parametrize(
    ("brief", "rules"),
    [
        ("It received 120 complaints [@one#rise].", []),
        ("It received 120 complaints [@claim:c].", []),
        ("It received 120 complaints [@figure:one#early].", []),
        ("It received 121 complaints [@one#rise].", ["brief-unsupported"]),
        ("It received 121 complaints [@claim:c].", ["brief-unsupported"]),
        ("Port Radio and 80 [@claim:c].", ["brief-unsupported"]),
        ("It received 121 complaints [analysis].", []),
        ("It received 121 complaints.", []),
        ("See [@one#nothing].", ["unknown-id"]),
        ("See [@one].", ["bad-citation"]),
    ],
)
def test_a_brief_says_what_it_cites(tmp_path: Path, brief: str, rules: list[str]) -> None:
    briefing, problems = build(tmp_path, noise=brief, claims=claim("one#rise supports"))
    assert [rule for rule, _ in problems] == rules
    if briefing and "analysis" not in brief and "[" not in brief:
        assert briefing.topics[0].brief.count("uncited") == 1


def test_a_topic_s_summary_cites_what_exists(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "annotations/topics/other.md").write_text(
        '---\ntitle: Other\nsummary: "See [@one#nothing]."\n---\nText.\n', encoding="utf-8"
    )
    assert [rule for rule, _ in build(tmp_path)[1]] == ["unknown-id"]


def test_a_key_judgement_is_prose_that_cites(tmp_path: Path) -> None:
    site = (
        SITE
        + 'key_judgements:\n  - {id: j, judgement: "It had 121 [@one#rise]. Ours [analysis].", confidence: low}\n'
        + "open_questions:\n  - {id: q, question: Why?, nearest: [one#nothing]}\n"
    )
    assert sorted(rule for rule, _ in build(tmp_path, site=site)[1]) == ["brief-unsupported", "unknown-id"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("said_by: board, topics: [noise]", "said_by: bord, topics: [noise]"),
        ("said_by: board, topics: [noise]", "said_by: board, topics: [nois]"),
        ("said_by: board, topics: [noise]", "said_by: board, entities: [nobody]"),
        ("said_by: board, topics: [noise]", "said_by: board, via: [nobody]"),
        ("said_by: board, topics: [noise]", 'said_by: board, attribution: "see [@one#nothing]"'),
        ("measure: complaints, value: 120", "measure: complaint, value: 120"),
    ],
)
def test_an_id_that_is_not_declared_is_an_error(tmp_path: Path, old: str, new: str) -> None:
    text = PASSAGES["one"].replace(old, new)
    assert text != PASSAGES["one"]
    assert [rule for rule, _ in build(tmp_path, one=text)[1]] == ["unknown-id"]


def test_a_refused_passage_is_one_problem_and_not_one_for_each_thing_that_cites_it(tmp_path: Path) -> None:
    broken = PASSAGES["one"].replace("received 120", "received 121")
    result = build(
        tmp_path, one=broken, claims=claim("one#rise supports"), noise="It had 7 [@one#rise] [@figure:one#early]."
    )
    assert [rule for rule, _ in result[1]] == ["quote-drifted"]


def test_a_refused_passage_hides_no_missing_one_of_another_source(tmp_path: Path) -> None:
    broken = PASSAGES["one"].replace("received 120", "received 121")
    result = build(tmp_path, one=broken, claims=claim("four#rise supports"))
    assert sorted(rule for rule, _ in result[1]) == ["quote-drifted", "unknown-id"]


# Contract 2: derived figures


def derived(*figures: str) -> str:
    return PASSAGES["one"].replace("{id: early", ", ".join([*figures, "{id: early"]))


@pytest.mark.parametrize(
    ("figure", "problem"),
    [
        ("{id: d, measure: complaints, value: 50, derived: 100 * (early - late) / late}", None),
        ("{id: d, measure: complaints, value: 67, derived: round(100 * late / early)}", None),
        ("{id: d, measure: complaints, value: 200, derived: one#early + late}", None),
        ("{id: d, measure: complaints, value: 51, derived: 100 * (early - late) / late}", "gives 50, not 51"),
        ("{id: d, measure: complaints, value: 66.7, derived: 100 * late / early}", "gives 66.6667…, not 66.7"),
        ("{id: d, measure: complaints, derived: early + late}", "gives 200, and no value is written"),
        ("{id: d, measure: complaints, derived: late - early - 0.5}", "gives -40.5, and no value is written"),
        (
            "{id: d, measure: complaints, derived: (early - 119) * 12345678901234567890.5}",
            "gives 12345678901234567890.5, and no value is written",
        ),
        ("{id: d, measure: complaints, value: 1, derived: early - nothing}", "there is no figure 'nothing'"),
        ("{id: d, measure: complaints, value: 1, derived: early-late}", "there is no figure 'early-late'"),
        ("{id: d, measure: complaints, value: 1, derived: d + 1}", "'d' is derived from this figure"),
        ("{id: d, measure: complaints, value: 1, derived: early / (late - 80)}", "it divides by zero"),
        ("{id: d, measure: complaints, value: 1, derived: early +}", "it ends too early"),
        (
            (
                "{id: d, measure: complaints, low: 80, approx: 80 in 2020}, "
                "{id: x, measure: complaints, value: 1, derived: d}"
            ),
            "no value",
        ),
    ],
)
def test_a_derived_figure_is_computed_and_checked(tmp_path: Path, figure: str, problem: str | None) -> None:
    _, problems = build(tmp_path, one=derived(figure))
    assert [rule for rule, _ in problems] == (["derivation"] if problem else [])
    assert problem is None or problem in problems[0][1]


def test_figures_derived_in_a_ring_are_an_error_and_do_not_hang(tmp_path: Path) -> None:
    ring = [f"{{id: r{i}, measure: complaints, value: 1, derived: r{(i + 1) % 3}}}" for i in range(3)]
    assert "derivation" in [rule for rule, _ in build(tmp_path, one=derived(*ring))[1]]


def test_a_long_chain_of_derived_figures_is_computed(tmp_path: Path) -> None:
    chain = [f"{{id: r{i}, measure: complaints, value: {120 + i}, derived: r{i - 1} + 1}}" for i in range(1, 400)]
    first = "{id: r0, measure: complaints, value: 120, derived: early}"
    briefing, problems = build(tmp_path, one=derived(*reversed(chain), first))
    assert problems == []
    assert briefing is not None
    assert briefing.index.figures["one#r399"].inputs == ("one#r398",)


def test_a_figure_that_many_paths_lead_to_lends_its_passages_at_once(tmp_path: Path) -> None:
    values, figures = [120, 80], []
    for i in range(2, 30):
        values.append(values[-1] + values[-2])
        before = [f"r{k}" if k > 1 else ("early", "late")[k] for k in (i - 1, i - 2)]
        figures.append(f"{{id: r{i}, measure: complaints, value: {values[-1]}, derived: {before[0]} + {before[1]}}}")
    started = time.process_time()
    _, problems = build(tmp_path, one=derived(*figures), noise=f"In all {values[-1]} [@figure:one#r29].")
    assert problems == []
    assert time.process_time() - started < 3


def test_a_derived_figure_lends_the_passages_it_is_computed_from(tmp_path: Path) -> None:
    four = PASSAGES["four"].replace(
        "said_by: board}", "figures: [{id: sum, measure: complaints, value: 200, derived: one#early + one#late}]}"
    )
    brief = "The 120 and the 80 are 200 [@figure:four#sum]."
    briefing, problems = build(tmp_path, four=four, noise=brief)
    assert problems == []
    assert briefing is not None
    assert briefing.topics[0].brief.sentences[0].citations[0].passages == ("four#again", "one#rise")


# Contract 3: events


def event(edtf: str, basis: str, evidence: str, rest: str = "") -> str:
    return f'- {{id: e, date: {{edtf: "{edtf}", basis: {basis}}}, title: E, evidence: [{evidence}]{rest}}}\n'


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (event("2021", "stated", "one#rise"), []),
        (event("2020/2021", "stated", "one#rise"), []),
        (event("2021-02", "stated", "one#rise"), ["date-not-stated"]),
        (event("2020", "stated", "one#denial"), ["date-not-stated"]),
        (event("2020", "stated", "one#denial, one#rise"), []),
        (event("2021", "inferred", "one#rise"), ["date-without-why"]),
        (event("2021-13", "stated", "one#rise"), ["bad-date"]),
        (event("2021", "stated", ""), ["no-evidence"]),
        (event("2021", "stated", "one#nothing"), ["unknown-id"]),
        (event("2021", "stated", "one#rise", ", topics: [nothing]"), ["unknown-id"]),
        (event("2021", "stated", "one#rise", ', reported: "soon"'), ["bad-date"]),
        (event("2021", "stated", "one#rise") * 2, ["duplicate-id"]),
        # after its evidence: source one is of 4 March 2021, two of April 2021, three and four have no date
        (event("2021-03-05", "inferred, why: x", "one#rise"), ["event-after-evidence"]),
        (event("2021-03-05", "inferred, why: x", "one#rise", ", planned: true"), []),
        (event("2021-03", "inferred, why: x", "one#rise"), []),  # its first possible day is not after
        (event("2021-03-04/2025", "inferred, why: x", "one#rise"), []),
        (event("2021-03-05", "inferred, why: x", "one#rise, two#rise"), []),
        (event("2021-04-30", "inferred, why: x", "two#rise"), []),  # some day in April
        (event("2021-05-01", "inferred, why: x", "one#rise, two#rise"), ["event-after-evidence"]),
        (event("2025", "inferred, why: x", "one#rise, four#again"), []),  # one source may be later
        (event("2025", "inferred, why: x", "four#again"), ["event-undatable"]),
        (event("../2025", "inferred, why: x", "one#rise"), []),
    ],
)
def test_an_event_s_date_rests_on_its_evidence(tmp_path: Path, text: str, rules: list[str]) -> None:
    assert [rule for rule, _ in build(tmp_path, events=text)[1]] == rules


def test_an_event_is_reported_with_the_earliest_issue_of_its_evidence_or_as_it_says(tmp_path: Path) -> None:
    events = event("2021", "stated", "two#rise, one#rise") + event(
        "2021", "stated", "one#rise", ", reported: 2021-06"
    ).replace("id: e", "id: f")
    briefing, problems = build(tmp_path, events=events)
    assert problems == []
    assert briefing is not None
    assert [e.reported.edtf for e in briefing.events if e.reported] == ["2021-03-04", "2021-06"]


def test_events_stand_by_date_and_those_of_one_date_as_written(tmp_path: Path) -> None:
    dates = [("b", "2021-01-02"), ("z", "2021-01-01"), ("a", "2021-01-02")]
    events = "".join(event(day, "inferred, why: x", "two#rise").replace("id: e", f"id: {name}") for name, day in dates)
    briefing, problems = build(tmp_path, events=events)
    assert problems == []
    assert briefing is not None
    assert [e.id for e in briefing.events] == ["z", "b", "a"]


def test_a_themed_topic_comes_first_and_each_has_its_own_letter(tmp_path: Path) -> None:
    build(tmp_path)
    for name, title in (("alpha", "Nights"), ("beta", "Noon"), ("gamma", "The harbour"), ("zeta", "A harbour")):
        (tmp_path / f"annotations/topics/{name}.md").write_text(f"---\ntitle: {title}\n---\nText.\n", encoding="utf-8")
    briefing, problems = build(tmp_path, site=SITE + "themes: {noise: green}\n")
    assert problems == []
    assert briefing is not None
    assert [(t.id, t.theme, t.letter) for t in briefing.topics] == [
        ("noise", "green", "N"),
        ("alpha", "blue", "I"),
        ("beta", "vermilion", "O"),
        ("gamma", "purple", "H"),
        ("zeta", "ochre", "A"),
    ]
    assert [rule for rule, _ in build(tmp_path, site=SITE + "themes: {nothing: green}\n")[1]] == ["unknown-id"]


def test_every_other_topic_of_one_colour_is_drawn_otherwise(tmp_path: Path) -> None:
    build(tmp_path)
    for n in range(12):
        (tmp_path / f"annotations/topics/t{n:02}.md").write_text(
            f"---\ntitle: Topic {n}\n---\nText.\n", encoding="utf-8"
        )
    briefing, _ = build(tmp_path, site=SITE + "themes: {noise: blue, t00: blue}\n")
    assert briefing is not None
    looks = [(t.theme, t.look) for t in briefing.topics]
    assert looks[:2] == [("blue", "blue"), ("blue", "blue-again")]
    assert looks[2:12] == [
        (theme, f"{theme}{again}")
        for again in ("", "-again")
        for theme in ("vermilion", "green", "purple", "ochre", "slate")
    ]


def test_the_same_input_gives_the_same_briefing_in_any_order_of_sources(tmp_path: Path) -> None:
    build(tmp_path, claims=claim("one#rise supports"))
    loaded = load(tmp_path)
    assert loaded.annotations is not None
    names = Names(loaded.annotations.entities)
    sources = loaded.annotations.sources
    forward = [resolve_source(s, names) for s in sources]
    backward = [resolve_source(s, names) for s in reversed(sources)]
    assert merge(loaded.annotations, forward, names) == merge(loaded.annotations, list(reversed(backward)), names)
