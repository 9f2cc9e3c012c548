"""Making a passage of words that somebody selected: what is meant, how it is written, and where it goes.

`selecting` turns a stretch of a source into a selector, `suggesting` proposes an id and the figures to start from,
`spelling` writes the YAML, `appending` puts it into a source's file (and takes it out) with every other byte as it was;
all four are pure. `desk` does it for a briefing's folder and remembers what can be undone.
"""
