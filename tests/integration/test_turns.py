"""Many who write at once on SQLite: everybody gets a turn, and nobody waits for ever."""

from pathlib import Path
from statistics import median
from threading import Barrier, Thread
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from resourcedir import db
from resourcedir.db import engine_for, writing

WRITERS, TURNS, HELD_S = 12, 6, 0.02


@pytest.fixture
def engine(tmp_path: Path):
    engine = engine_for(f"sqlite:///{tmp_path / 'turns.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE turn (who INTEGER)"))
    yield engine
    engine.dispose()


def write(engine: Engine, who: int, held_s: float = 0.0) -> float:
    """Take one turn and return how long it was waited for."""
    begun = monotonic()
    with writing(Session(engine)) as session:
        waited = monotonic() - begun
        session.execute(text("INSERT INTO turn VALUES (:who)"), {"who": who})
        sleep(held_s)
        session.commit()
    return waited


def test_everybody_gets_every_turn(engine: Engine) -> None:
    waits: list[float] = []
    together = Barrier(WRITERS)

    def work(who: int) -> None:
        together.wait()
        waits.extend(write(engine, who, HELD_S) for _ in range(TURNS))

    threads = [Thread(target=work, args=(who,)) for who in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM turn")) == WRITERS * TURNS
    assert len(waits) == WRITERS * TURNS


def test_who_waits_has_the_lock_soon_after_it_is_free(engine: Engine) -> None:
    # On a busy machine a thread is late at times: one round of three has to be as it should.
    assert any(median(_lateness(engine)) < 0.03 for _ in range(3))


def _lateness(engine: Engine) -> list[float]:
    """Return how long after the lock was free each of seven had it."""
    late: list[float] = []

    def wait(freed: list[float]) -> None:
        write(engine, 2)
        late.append(monotonic() - freed[0])

    for turn in range(7):
        freed: list[float] = []
        with writing(Session(engine)) as holder:
            thread = Thread(target=wait, args=(freed,))
            thread.start()
            sleep(0.4 + 0.03 * turn)  # by now SQLite's own wait asks every tenth of a second
            freed.append(monotonic())
            holder.commit()
            thread.join()
    return late


def test_who_waits_too_long_is_told_and_the_next_one_waits_as_long_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", 200)
    with writing(Session(engine)):
        begun = monotonic()
        with pytest.raises(OperationalError, match="locked"):
            write(engine, 2)
        assert 0.2 <= monotonic() - begun < 5
    write(engine, 2)

    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA busy_timeout")) == 200
        assert connection.scalar(text("SELECT count(*) FROM turn")) == 1


def test_what_is_wrong_besides_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "no.db").write_text("this is no database, and says so in many words" * 100)
    engine = engine_for(f"sqlite:///{tmp_path / 'no.db'}")

    with pytest.raises(Exception, match="not a database"):
        write(engine, 1)
    engine.dispose()
