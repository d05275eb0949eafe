import pytest

from resourcedir.engine.indexer import Indexer
from resourcedir.engine.whoosh_index import WhooshIndex
from tests.integration.engine.engine_truth import Memory


@pytest.fixture
def searching(tmp_path):
    """Return a function that indexes documents and answers questions about them."""

    def index(*documents):
        Indexer(tmp_path / "index", Memory(documents)).rebuild()
        return WhooshIndex(tmp_path / "index").search

    return index
