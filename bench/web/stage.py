"""Data folders to measure on, and the app served from them in processes of its own.

Folders are kept under ``var/bench``: a directory of 100,000 takes minutes to make. One that was
made in another way than now is made anew.
"""

import hashlib
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from bench.web import directory
from resourcedir import clock
from resourcedir.accounts import commands
from resourcedir.accounts.commands import Checked, NewUser
from resourcedir.accounts.models import User
from resourcedir.accounts.queries import identity_of
from resourcedir.app import create_app, open_app
from resourcedir.db import writing
from resourcedir.extensions import db
from resourcedir.identity import Officer, Role
from resourcedir.search.indexing import bring_up_to_date
from resourcedir.settings import Settings

ROOT: Final = Path(__file__).parents[2]
KEPT: Final = ROOT / "var" / "bench"
WORKBOOK: Final = "samhsa_substance_use_2022.xlsx"
NATIONAL: Final = 12_176  # rows of SAMHSA's directory of 2022
_MADE: Final = "made-by"


@dataclass(frozen=True, slots=True)
class Stage:
    """One data folder; ``about`` says what is in it."""

    folder: Path
    about: str

    @property
    def settings(self) -> Settings:
        return Settings(
            data_dir=self.folder,
            key_file=self.folder / "bench.keys",
            database_url=f"sqlite:///{self.folder / 'resourcedir.db'}",
            https=False,
            home_state="TN",
        )

    @property
    def environ(self) -> dict[str, str]:
        plain = {k: v for k, v in os.environ.items() if not k.startswith("RESOURCEDIR_")}
        return {
            **plain,
            "RESOURCEDIR_DATA_DIR": str(self.folder),
            "RESOURCEDIR_KEY_FILE": str(self.folder / "bench.keys"),
            "RESOURCEDIR_HTTPS": "0",
            "RESOURCEDIR_HOME_STATE": "TN",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }

    @contextmanager
    def app(self) -> Iterator[Flask]:
        """Give the app on this folder, at work in this process."""
        app = create_app(self.settings)
        with app.app_context():
            yield app
            db.engine.dispose()


def generated(listings: int) -> Stage:
    """Return a folder with an invented directory and its index."""
    stage = Stage(KEPT / f"generated-{listings}", f"{listings:,} generated listings")

    def fill() -> None:
        with db.sessionmaker() as session:
            directory.fill(session, listings, _say)

    make(stage, recipe(Path(directory.__file__)), fill)
    return stage


def national() -> Stage:
    """Return a folder with SAMHSA's own file, or where that is not there one of its size."""
    shared = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared"))
    book = shared / "data" / WORKBOOK
    if not book.exists():
        return generated(NATIONAL)
    stage = Stage(KEPT / "samhsa", f"SAMHSA's directory of 2022, {NATIONAL:,} facilities")

    def fill() -> None:
        command = [str(Path(sys.executable).parent / "resourcedir"), "import", "samhsa", str(book)]
        subprocess.run(command, env=stage.environ, check=True, stdout=subprocess.DEVNULL)

    make(stage, "samhsa", fill)
    return stage


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An officer, and the cookie of a fresh sign-in."""

    identity: Officer
    cookie: str


def officers(app: Flask, count: int) -> list[SignedIn]:
    """Return officers of one team, new ones in each run."""
    session, at, run = writing(db.sessionmaker()), clock.now(), secrets.token_hex(4)
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError("the app has no key")
    found = []
    for number in range(count):
        new = NewUser(
            role=Role.OFFICER,
            password=secrets.token_urlsafe(24),
            name=f"Officer {number}",
            email=f"officer-{run}-{number}@example.org",
            agency="Bench County",
            team="Team 1",
            phone="423-555-0160",
        )
        user = session.get_one(User, commands.add_user(session, new, at=at))
        checked = Checked(user.id, fits=True, password_hash=user.password_hash)
        token = commands.sign_in(session, checked, at=at, address=None)
        kept = {"sid": token, "csrf_token": secrets.token_hex(20)}  # as after a first page
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(kept)}"
        identity = identity_of(user)
        if isinstance(identity, Officer):
            found.append(SignedIn(identity, cookie))
    session.commit()
    session.close()
    return found


@dataclass(frozen=True, slots=True)
class Served:
    """The app on a port of this machine; ``pids`` are the parent and its children."""

    port: int
    process: subprocess.Popen[str]

    @property
    def pids(self) -> list[int]:
        parent = self.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        return [parent, *map(int, children.split())]

    def cpu_s(self) -> float:
        """Return the seconds that cores have worked for it so far: others do not add to it."""
        found = (Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2] for pid in self.pids)
        ticks = sum(int(field) for stat in found for field in stat.split()[11:13])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(stage: Stage, processes: int) -> Iterator[Served]:
    """Serve ``stage`` as ``resourcedir run`` does, until the block ends."""
    command = [str(Path(sys.executable).parent / "resourcedir"), "run", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--processes", str(processes)],
        env=stage.environ,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        found = re.search(r":(\d+)/", line)
        if found is None:
            raise RuntimeError("the app does not start: see what it said above")
        yield Served(int(found[1]), process)
    finally:
        process.terminate()
        code = process.wait(60)
        if code:
            raise RuntimeError(f"the app ended with {code}")


def make(stage: Stage, made_by: str, fill: Callable[[], None]) -> None:
    """Have the folder filled and indexed, unless it was already, in the same way."""
    mark = stage.folder / _MADE
    if not (mark.exists() and mark.read_text() == made_by):
        print(f"making {stage.about} in {stage.folder} ...", file=sys.stderr)
        shutil.rmtree(stage.folder, ignore_errors=True)
        stage.folder.mkdir(parents=True, mode=0o700)
        stage.settings.key_file.write_text(secrets.token_hex(32))  # type: ignore[union-attr]
        app = open_app(stage.settings)
        with app.app_context():
            fill()
            db.engine.dispose()
        mark.write_text(made_by)
    app = open_app(stage.settings)  # another schema of the database or index is brought up to date
    with app.app_context():
        if not bring_up_to_date():
            raise RuntimeError(f"the index of {stage.folder} is kept by another process")
        db.engine.dispose()


def recipe(*files: Path) -> str:
    """Return what tells the way in which ``files`` make a folder from any other."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _say(done: int) -> None:
    if done % 20_000 == 0:
        print(f"  {done:,} listings", file=sys.stderr)
