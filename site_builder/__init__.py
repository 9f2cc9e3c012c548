"""Builds a static research briefing in which every statement leads to the exact words of a source."""

__version__ = "0.1.0"
NAME = "evidence-briefing"
GENERATOR = f"{NAME} {__version__}"
