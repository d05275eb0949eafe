"""The example listings are faultless, and each of their columns is explained."""

import re

from resourcedir import files
from resourcedir.exchange.csv_columns import COLUMNS
from resourcedir.exchange.csv_drafts import draft_of, unlocated
from resourcedir.exchange.csv_reader import read

SEED = files.root("data") / "seed_resources.csv"


def test_every_example_listing_can_be_read_and_placed():
    rows = read(SEED.read_bytes())
    assert sum(row.kind == "service" for row in rows) >= 300
    assert sum(row.kind == "job_lead" for row in rows) >= 40
    assert [row.line for row in rows if unlocated(row)] == []
    drafts = [draft_of(row) for row in rows]
    assert all(d.location is None for d in drafts if d.listing["confidential"])
    assert len({draft.organization.id for draft in drafts}) >= 160


def test_the_readme_explains_each_column_in_order():
    text = (files.root("data") / "README.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == COLUMNS
