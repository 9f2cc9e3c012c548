"""`briefing schema`."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from . import arguments as shared

HELP = "write the JSON Schemas by which an editor completes and checks the annotations"
EXAMPLE = "briefing schema"
EXITS = {0: "the schemas are written"}


def arguments(parser: ArgumentParser) -> None:
    """What `briefing schema` takes."""
    shared.folder(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="DIR",
                        help="where they go (default: FOLDER/.schema, where a file's first line looks)")  # fmt: skip
    parser.add_argument("--print", type=_kind, metavar="KIND",
                        help="print the schema of one kind of file, such as source; write nothing")  # fmt: skip


def _kind(text: str) -> str:
    from ..problems import did_you_mean
    from ..schema.schemas import kinds

    names = kinds()
    if text not in names:
        hint = did_you_mean(text, names, f"one of: {', '.join(names)}")
        raise ArgumentTypeError(f"'{text}' is no kind of file; {hint}")
    return text


def run(options: Namespace) -> int:
    """Write the schemas, or print one."""
    import json

    from ..disk.inputs import check_folder
    from ..reading.folder import load
    from ..schema.schema_folder import write_schemas
    from ..schema.schemas import kinds, known, schemas

    check_folder(options.folder)
    if options.print is not None:
        annotations = load(options.folder).annotations
        made = schemas(known(annotations) if annotations else None)
        print(json.dumps(json.loads(made[f"{options.print}.json"]), indent=1, ensure_ascii=False))
        return 0
    written = write_schemas(options.folder, options.output)
    print(f"{written.folder}: {written.count} schemas written, {len(kinds()) - written.count} kept")
    if written.declared is None:
        print(f"{options.folder} has no annotations: the schemas list no ids")
    elif not written.declared.ids:
        print("some entries are in error, so that the schemas list no ids: briefing check tells of them")
    else:
        ids = written.declared.ids
        print("they list " + ", ".join(f"{len(found)} {name}" for name, found in ids.items()))
    return 0
