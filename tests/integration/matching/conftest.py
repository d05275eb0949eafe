import pytest

from tests.integration.matching.town import Town


@pytest.fixture(scope="package")
def town(tmp_path_factory):
    town = Town(tmp_path_factory.mktemp("seed"))
    assert len(town.listings) > 360
    yield town
    town.engine.dispose()
