import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resourcedir.errors import BadInput
from resourcedir.security.sealing import Keyring, SealBroken, make_key_file

OLD, NEW = b"o" * 32, b"n" * 32
text = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))


@given(text)
def test_what_is_sealed_opens_again_in_its_place(words):
    ring = Keyring([OLD])

    assert ring.open(ring.seal(words, "client:1:name"), "client:1:name") == words


@given(text.filter(len))
def test_what_is_sealed_opens_nowhere_else(words):
    ring = Keyring([OLD])
    blob = ring.seal(words, "client:1:name")

    with pytest.raises(SealBroken):
        ring.open(blob, "client:2:name")
    with pytest.raises(SealBroken):
        ring.open(blob, "client:1:phone")


def test_a_new_key_seals_and_the_old_one_still_opens():
    before = Keyring([OLD]).seal("Marcus", "here")
    ring = Keyring([NEW, OLD])

    assert ring.open(before, "here") == "Marcus"
    with pytest.raises(SealBroken):
        Keyring([OLD]).open(ring.seal("Marcus", "here"), "here")


def test_a_new_key_on_top_changes_the_cookies_key_and_not_that_of_digests():
    before, after = Keyring([OLD]), Keyring([NEW, OLD])

    assert before.signing_key != after.signing_key
    assert before.oldest_digest_key == after.oldest_digest_key
    assert Keyring([NEW]).oldest_digest_key != before.oldest_digest_key


def test_the_length_of_a_short_name_does_not_show():
    ring = Keyring([OLD])

    assert len(ring.seal("Al", "here")) == len(ring.seal("Guadalupe Reyes", "here"))


@given(st.binary(max_size=60))
def test_anything_else_is_refused(blob):
    with pytest.raises(SealBroken):
        Keyring([OLD]).open(blob, "here")


def test_a_key_file_is_its_owners_alone_and_is_never_overwritten(tmp_path):
    path = tmp_path / "keys"
    make_key_file(path)
    first = path.read_text()
    make_key_file(path)

    assert path.read_text() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    Keyring.from_file(path)


@pytest.mark.parametrize("content", ["", "short\n", "z" * 64])
def test_a_key_file_that_holds_no_keys_is_named(tmp_path, content):
    path = tmp_path / "keys"
    path.write_text(content)

    with pytest.raises(BadInput, match=str(path)):
        Keyring.from_file(path)


def test_keys_of_the_environment_are_named_when_they_are_none():
    with pytest.raises(BadInput, match="RESOURCEDIR_KEYS, key 2"):
        Keyring.from_text(f"{'a' * 64} {'b' * 63}", "RESOURCEDIR_KEYS")
