"""Long lists: what stands in them, and on which page."""
