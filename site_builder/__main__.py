"""`python -m site_builder` is the `briefing` command."""

from .cli import entry

entry()
