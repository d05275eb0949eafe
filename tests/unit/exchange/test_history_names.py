"""Every name that an import can write into a history is a word on its page."""

from itertools import chain

from resourcedir.directory.history_words import LABELS, OTHER, label
from resourcedir.exchange.changing import WITHDRAWN
from resourcedir.exchange.history_lines import PLACE_PREFIX
from resourcedir.exchange.tables import (
    LISTING_COLUMNS,
    LOCATION_COLUMNS,
    RESOURCE_COLUMNS,
    SIDES,
)

APART = {"confidential_place", "terms", "organization", "website", WITHDRAWN}


def test_every_name_that_an_import_writes_has_a_label():
    written = {
        *LISTING_COLUMNS,
        *chain.from_iterable(RESOURCE_COLUMNS.values()),
        *(f"{PLACE_PREFIX}{name}" for name in LOCATION_COLUMNS),
        *SIDES,
        *APART,
    }

    assert {name for name in written if label(name) == OTHER} == set()
    assert not [words for words in LABELS.values() if "_" in words]


def test_a_name_that_nobody_knows_is_another_fact():
    assert label("columns_of_last_year") == "Other fact"
