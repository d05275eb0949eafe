"""Seals personal text before it reaches the database (AES-256-GCM), and gives the cookies' key.

A sealed value is bound to its table, row and column: moved anywhere else it does not open. The
keys are in a file outside the database, one a line, each 64 hexadecimal digits; the first seals,
all open, so a key is rotated by putting a new one on top.
"""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final, Self, overload
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import inspect
from sqlalchemy.orm import DeclarativeBase, object_session

from resourcedir.errors import BadInput
from resourcedir.texts import N_

KEYRING: Final = "keyring"  # where a session's ``info`` holds it
_KEY_BYTES: Final = 32
_ID_BYTES: Final = 4
_NONCE_BYTES: Final = 12  # what NIST SP 800-38D recommends for GCM
_LONGEST_PADDING: Final = 32  # bytes; short names must not be told apart by their length


class SealBroken(Exception):
    """A sealed value does not open: wrong key, wrong place, or somebody changed it."""


class Keyring:
    """The keys of one deployment; the first one seals."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._current = _key_id(keys[0])
        self.signing_key = sha256(b"resourcedir cookies" + keys[0]).hexdigest()
        self._oldest = keys[-1]
        self._ciphers = {_key_id(key): AESGCM(key) for key in keys}

    @property
    def oldest_digest_key(self) -> bytes:
        """The key of digests that are compared with stored ones: a new key on top leaves it."""
        return sha256(b"resourcedir digests" + self._oldest).digest()

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """:raises BadInput: naming the file and its line, if it is missing or holds no keys."""
        try:
            text = path.read_text("ascii")
        except (OSError, ValueError) as error:
            raise BadInput(
                N_("The key file %(path)s cannot be read: RESOURCEDIR_KEY_FILE names it."),
                path=path,
            ) from error
        return cls.from_text(text, str(path))

    @classmethod
    def from_text(cls, text: str, source: str) -> Self:
        """Return the keys that stand in ``text``, apart by blanks; ``source`` names it in errors.

        :raises BadInput: naming the source and the place of the key, if it holds no keys.
        """
        lines = text.split()
        if not lines:
            raise BadInput(N_("%(source)s holds no key."), source=source)
        for number, line in enumerate(lines, 1):
            if len(line) != 2 * _KEY_BYTES or not set(line.lower()) <= set("0123456789abcdef"):
                raise BadInput(
                    N_("%(source)s, key %(number)s: a key is 64 hexadecimal digits."),
                    source=source,
                    number=number,
                )
        return cls([bytes.fromhex(line) for line in lines])

    def seal(self, text: str, place: str) -> bytes:
        """Return ``text`` sealed for ``place``: key id, nonce, ciphertext with its tag."""
        nonce = os.urandom(_NONCE_BYTES)
        plain = text.encode() + b"\0" * (-len(text.encode()) % _LONGEST_PADDING)
        sealed = self._ciphers[self._current].encrypt(nonce, plain, place.encode())
        return self._current + nonce + sealed

    def open(self, blob: bytes, place: str) -> str:
        """:raises SealBroken: if ``blob`` was not sealed for ``place`` by a key of this ring."""
        key, rest = blob[:_ID_BYTES], blob[_ID_BYTES:]
        try:
            plain = self._ciphers[key].decrypt(
                rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], place.encode()
            )
        except (KeyError, InvalidTag, ValueError) as error:
            raise SealBroken(place.partition(":")[0]) from error
        return plain.rstrip(b"\0").decode()


def make_key_file(path: Path) -> None:
    """Write one new key to ``path``, readable by its owner alone, unless the file is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(os.urandom(_KEY_BYTES).hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


class SealedText:
    """A text attribute whose column ``<name>_sealed`` (bytes) holds it sealed.

    The row must be in a session made with a keyring, also to set it; NULL is the empty text.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._column = f"{name}_sealed"

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: DeclarativeBase, owner: type) -> str: ...
    def __get__(self, row: DeclarativeBase | None, owner: type) -> str | Self:
        if row is None:
            return self
        blob: bytes | None = getattr(row, self._column)
        return "" if blob is None else _keyring(row).open(blob, self._place(row))

    def __set__(self, row: DeclarativeBase, text: str) -> None:
        keyring = _keyring(row)
        text = text.replace("\0", "")
        setattr(row, self._column, keyring.seal(text, self._place(row)) if text else None)

    def _place(self, row: DeclarativeBase) -> str:
        if getattr(row, "id", None) is None:
            row.id = uuid4()  # type: ignore[attr-defined]
        return f"{inspect(type(row)).local_table.name}:{row.id}:{self._column}"  # type: ignore[attr-defined]


def _keyring(row: DeclarativeBase) -> Keyring:
    if (session := object_session(row)) is None:
        raise RuntimeError(f"{type(row).__name__} is in no session: add it before its sealed text")
    keyring: Keyring = session.info[KEYRING]
    return keyring


def _key_id(key: bytes) -> bytes:
    return sha256(b"resourcedir key id" + key).digest()[:_ID_BYTES]
