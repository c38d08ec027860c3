"""Sessions, login attempts and ownership of Gradio's temporary files: one small SQLite file.

On disk, so that a restart of the server neither logs officers out nor opens their files to others.
"""

import hashlib
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

IDLE_SECONDS = 8 * 3600
LONGEST_SECONDS = 24 * 3600
WINDOW_SECONDS = 15 * 60
ATTEMPTS_PER_NAME = 5
ATTEMPTS_PER_ADDRESS = 20

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (token TEXT PRIMARY KEY, user TEXT, created REAL, seen REAL);
CREATE TABLE IF NOT EXISTS attempts (key TEXT, at REAL);
CREATE INDEX IF NOT EXISTS attempts_key ON attempts (key, at);
CREATE TABLE IF NOT EXISTS owners (path TEXT, user TEXT, at REAL, PRIMARY KEY (path, user));
"""


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class SessionStore:
    """Who is logged in. Tokens are kept as digests: a copy of the file lets nobody in.

    Attributes:
        clock: seconds since the epoch; replaced in tests.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self.clock = clock
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as db:
            db.execute("PRAGMA journal_mode=WAL")
            db.executescript(_SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        db = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        try:
            yield db
        finally:
            db.close()

    def start(self, user: str) -> str:
        """A new token for a user who has just shown the right password."""
        token, now = secrets.token_urlsafe(32), self.clock()
        with self._open() as db:
            db.execute("DELETE FROM sessions WHERE seen < ? OR created < ?", self._limits(now))
            db.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_digest(token), user, now, now))
        return token

    def _limits(self, now: float) -> tuple[float, float]:
        return now - IDLE_SECONDS, now - LONGEST_SECONDS

    def user(self, token: str) -> str | None:
        """The user of a live session; None when it has expired or never was."""
        now, key = self.clock(), _digest(token)
        idle, longest = self._limits(now)
        with self._open() as db:
            row = db.execute("SELECT user, created, seen FROM sessions WHERE token = ?", (key,)).fetchone()
            if row is None or row[1] < longest or row[2] < idle:
                return None
            if now - row[2] > 60:
                # one write a minute is enough to tell idle from busy
                db.execute("UPDATE sessions SET seen = ? WHERE token = ?", (now, key))
        return str(row[0])

    def end(self, token: str) -> None:
        with self._open() as db:
            db.execute("DELETE FROM sessions WHERE token = ?", (_digest(token),))

    def end_all(self, user: str) -> None:
        """After a change of password or the removal of a user."""
        with self._open() as db:
            db.execute("DELETE FROM sessions WHERE user = ?", (user,))

    def attempt(self, name: str, address: str) -> int:
        """Count a try at a password before it is looked at, so that many at once gain nothing.

        Returns:
            Seconds until this name or address may try again; 0 when it may now.
        """
        now = self.clock()
        keys = {f"name:{name.lower()}": ATTEMPTS_PER_NAME, f"address:{address}": ATTEMPTS_PER_ADDRESS}
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("DELETE FROM attempts WHERE at < ?", (now - WINDOW_SECONDS,))
            wait = max(self._wait_of(db, key, allowed, now) for key, allowed in keys.items())
            if not wait:
                db.executemany("INSERT INTO attempts VALUES (?, ?)", [(key, now) for key in keys])
            db.execute("COMMIT")
        return wait

    @staticmethod
    def _wait_of(db: sqlite3.Connection, key: str, allowed: int, now: float) -> int:
        rows = db.execute("SELECT at FROM attempts WHERE key = ? ORDER BY at DESC", (key,)).fetchall()
        if len(rows) < allowed:
            return 0
        return max(1, int(rows[allowed - 1][0] + WINDOW_SECONDS - now) + 1)

    def succeeded(self, name: str, address: str) -> None:
        """The password was right: the tries of this name are forgotten, and this one of the address."""
        with self._open() as db:
            db.execute("DELETE FROM attempts WHERE key = ?", (f"name:{name.lower()}",))
            last = "SELECT max(rowid) FROM attempts WHERE key = ?"
            db.execute(f"DELETE FROM attempts WHERE rowid = ({last})", (f"address:{address}",))

    def own(self, user: str, paths: Iterable[str]) -> None:
        """Note who uploaded these temporary files."""
        now = self.clock()
        with self._open() as db:
            db.executemany("INSERT OR REPLACE INTO owners VALUES (?, ?, ?)", [(p, user, now) for p in paths])

    def owns(self, user: str, path: str) -> bool:
        with self._open() as db:
            row = db.execute("SELECT 1 FROM owners WHERE path = ? AND user = ?", (path, user)).fetchone()
        return row is not None
