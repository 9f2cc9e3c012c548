"""What a preview under way knows, and every handler is given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass
class Preview:
    """A preview of the briefing in `folder`, built into `output`."""

    folder: Path
    output: Path
