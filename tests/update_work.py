"""Record anew how much work each kind of edit is: `python -m tests.update_work`.

For a change that is meant to do less; read the difference before committing it. Numbers that are held only roughly stay
as they are while they hold.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from .working import RECORDED, as_recorded, edited, table


def main() -> None:
    """Build after every kind of edit, and write down what it took."""
    was = json.loads(RECORDED.read_text("utf-8"))
    with TemporaryDirectory() as place:
        found = edited(Path(place))
    print(table(found, was["edits"]))  # noqa: T201
    RECORDED.write_text(as_recorded(found, was), "utf-8")


if __name__ == "__main__":
    main()
