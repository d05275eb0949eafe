"""How long a national file takes to import and to be found, against merely reading it.

The peer is openpyxl reading every cell of the same workbook, in the same run. Without SAMHSA's own
file (``SHARED_DATA``, or ``../shared``) a workbook of the same shape is made.
"""

import os
import secrets
import tempfile
from pathlib import Path

from openpyxl import Workbook, load_workbook

from bench.harness import Timed, in_turn, options, report
from resourcedir import clock
from resourcedir.app import open_app
from resourcedir.exchange.samhsa_import import import_samhsa
from resourcedir.extensions import db
from resourcedir.search.indexing import indexer
from resourcedir.settings import Settings

NAME = "samhsa_substance_use_2022.xlsx"
QUICK_ROWS = 600


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__ or "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = _workbook(folder, quick=chosen.quick)
        app = open_app(_settings(folder))
        with app.app_context():
            first = Timed("import, first time", lambda: _import(file))
            index = Timed("index of all", lambda: indexer().rebuild())
            again = Timed("import, second time", lambda: _import(file))
            peer = Timed("openpyxl reads the file", lambda: _read(file))
            in_turn([peer, first, index, again], 1)
            in_turn([peer, index, again], 1 if chosen.quick else 2)
        report([first, index, again, peer], peer, chosen.json, rows=_rows(file))


def _import(file: Path) -> None:
    session = db.session
    session.rollback()
    import_samhsa(session, file, at=clock.now())
    session.commit()


def _read(file: Path) -> int:
    book = load_workbook(file, read_only=True)
    return sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))


def _rows(file: Path) -> int:
    return sum(1 for _ in load_workbook(file, read_only=True).worksheets[0].iter_rows()) - 1


def _workbook(folder: Path, *, quick: bool) -> Path:
    shared = Path(os.environ.get("SHARED_DATA", Path(__file__).parents[2] / "shared"))
    original = shared / "data" / NAME
    if original.exists() and not quick:
        return original
    path = folder / "facilities.xlsx"
    book = Workbook(write_only=True)
    source = load_workbook(original, read_only=True) if original.exists() else None
    for number, title in enumerate(("Facilities List", "Service Code Reference")):
        sheet = book.create_sheet(title)
        rows = source.worksheets[number].iter_rows(values_only=True) if source else _made(number)
        for count, row in enumerate(rows):
            if number == 1 or count <= QUICK_ROWS:
                sheet.append(row)
    book.save(path)
    return path


def _made(number: int) -> list[tuple[str | None, ...]]:
    """Return rows of an invented directory in the publisher's columns."""
    if number == 1:
        head = ("category_code", "category_name", "service_code", "service_name")
        codes = ("SA", "OP", "DT", "MD", "SP", "CJ", "ANG", "OTP")
        return [(*head, "service_description"), *((c, c, c, c, None) for c in codes)]
    head = "name1 name2 street1 street2 city state zip phone intake1 intake2 intake1a intake2a"
    rows: list[tuple[str | None, ...]] = [(*head.split(), "service_code_info")]
    rows += [
        (f"Example Center {n}", None, f"{n} Example St", None, "Chattanooga", "TN", "37402",
         "423-555-0100", None, None, None, None, "SA OP * DT * MD SP * CJ ANG * OTP")
        for n in range(QUICK_ROWS)
    ]  # fmt: skip
    return rows


def _settings(folder: Path) -> Settings:
    keys = folder / "keys"
    keys.write_text(secrets.token_hex(32))
    return Settings(
        data_dir=folder / "data",
        key_file=keys,
        database_url=f"sqlite:///{folder / 'data' / 'resourcedir.db'}",
        https=False,
    )


if __name__ == "__main__":
    main()
