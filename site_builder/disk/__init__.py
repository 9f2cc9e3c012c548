"""The one writer, and what it notes about a site."""
