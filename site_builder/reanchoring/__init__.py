"""`briefing reanchor`: a patch to the YAML of sources whose texts were changed; nothing in it is a guess."""
