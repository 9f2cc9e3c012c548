"""What authors write: Markdown, its sentences and the names in it, to HTML."""
