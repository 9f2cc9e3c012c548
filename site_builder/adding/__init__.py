"""Texts taken into a briefing: read, decoded or extracted, and written with a source file to start from."""
