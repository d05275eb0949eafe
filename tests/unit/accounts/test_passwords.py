"""What may be a password, and how it is kept."""

import pytest
from argon2 import extract_parameters
from hypothesis import given, settings
from hypothesis import strategies as st

from resourcedir.errors import BadInput
from resourcedir.security import passwords

GOOD = "the river bends below the bluff"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash with next to no work; the rules are the same."""
    hasher = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", hasher)


def test_a_password_is_kept_as_argon2id_and_each_time_otherwise() -> None:
    kept = passwords.hashed(GOOD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert GOOD not in kept
    assert kept != passwords.hashed(GOOD)
    assert passwords.fits(kept, GOOD)
    assert not passwords.fits(kept, GOOD + " ")
    assert not passwords.is_outdated(kept)


def test_somebody_unknown_costs_what_somebody_known_costs() -> None:
    assert extract_parameters(passwords.DECOY) == extract_parameters(passwords.hashed(GOOD))
    assert not passwords.fits(None, GOOD)


def test_a_hash_of_other_parameters_still_fits_and_is_outdated() -> None:
    weak = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    assert passwords.fits(weak, GOOD)
    assert passwords.is_outdated(weak)


@pytest.mark.parametrize("kept", ["", "not a hash", "$argon2id$v=19$m=8,t=1,p=1$AAAA$BBBB"])
def test_a_broken_hash_fits_nothing(kept: str) -> None:
    assert not passwords.fits(kept, GOOD)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=passwords.SHORTEST, max_size=64))
def test_whatever_is_accepted_fits_again(password: str) -> None:
    hasher = passwords.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    kept = hasher.hash(passwords._as_bytes(password))
    try:
        passwords.check_new(password)
    except BadInput:
        return
    assert passwords.fits(kept, password)


def test_the_same_letters_from_another_keyboard_fit(quick: None) -> None:
    assert passwords.fits(
        passwords.hashed("el a\u00f1o pasado llovi\u00f3"), "el an\u0303o pasado llovio\u0301"
    )


@pytest.mark.parametrize(
    "password",
    [
        "eight by",
        "a" * 7 + "bcdefghijklmn",
        "  blanks at both ends  ",
        "ñandú corre de noche",
        "x1" * 4 + "y" * 248,
    ],
)
def test_length_blanks_and_any_letters_are_allowed_without_rules_of_composition(
    password: str,
) -> None:
    passwords.check_new(password)


@pytest.mark.parametrize("password", ["", "seven77", "ünïcödé"])
def test_fewer_than_eight_characters_are_refused(password: str) -> None:
    with pytest.raises(BadInput, match="15 characters or more"):
        passwords.check_new(password)


def test_more_than_256_characters_are_refused_and_never_hashed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(BadInput, match="256"):
        passwords.check_new("ab cd" * 52)
    monkeypatch.setattr(passwords, "hasher", None)
    assert not passwords.fits(passwords.DECOY, "ab cd" * 52)


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "PassWord123",
        "\uff30assword123",  # a full-width P
        "passwordpasswordpassword",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "dana whitaker",
        "danawhitaker",
        "dwhitaker",
        "dwhitaker@example.org",
    ],
)
def test_what_everybody_tries_first_is_refused(password: str) -> None:
    with pytest.raises(BadInput, match="guess"):
        passwords.check_new(password, about=("Dana Whitaker", "dwhitaker@example.org"))


def test_the_list_of_banned_passwords_is_folded_and_in_order() -> None:
    banned = passwords._banned()
    assert len(banned) > 200
    assert all(word == word.casefold().strip() for word in banned)
    assert all(len(word) >= passwords.SHORTEST for word in banned if word)
