"""Record anew how much work each kind of edit is: `python -m tests.update_work`.

For a change that is meant to do less; read the difference before committing it.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from .working import RECORDED, SIZE, edited


def main() -> None:
    """Build after every kind of edit, and write down what it took."""
    with TemporaryDirectory() as place:
        found = {name: each.recorded() for name, each in edited(Path(place)).items()}
    RECORDED.write_text(json.dumps({"sources": SIZE, "edits": found}, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
