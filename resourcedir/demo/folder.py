"""Makes a folder of example data: marked as such, with keys and settings of its own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from resourcedir.errors import BadInput
from resourcedir.security.sealing import make_key_file
from resourcedir.settings import DEMO_KEYS, DEMO_MARK, PREFIX, Settings
from resourcedir.texts import N_

_MARK_TEXT: Final = (
    "Everything in this folder is invented. resourcedir run refuses it without --demo.\n"
)
_DATABASE: Final = PREFIX + "DATABASE_URL"


def prepare(folder: Path, environ: Mapping[str, str]) -> Settings:
    """Return the settings of the demo in ``folder``, which is made where it is missing.

    :raises BadInput: if the folder holds something that is not example data, or another database
        is named: invented people with known passwords belong in no other.
    """
    if environ.get(_DATABASE):
        raise BadInput(
            N_("%(name)s is set: the demo would fill that database. Unset it first."),
            name=_DATABASE,
        )
    mark = folder / DEMO_MARK
    if folder.exists() and not mark.exists() and any(folder.iterdir()):
        raise BadInput(
            N_("%(folder)s is not empty and holds no example data: give --data another folder."),
            folder=folder,
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.write_text(_MARK_TEXT)
    make_key_file(folder / DEMO_KEYS)
    return Settings.from_environ(
        {
            PREFIX + "HOME_STATE": "TN",
            **{name: value for name, value in environ.items() if name.startswith(PREFIX)},
            PREFIX + "DATA_DIR": str(folder),
            PREFIX + "KEY_FILE": str(folder / DEMO_KEYS),
            PREFIX + "HTTPS": "0",
        }
    )
