"""The tables of the catalogue. It owns no truth: deleted, damaged or of another version, it is rebuilt."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

VERSION: Final = 3
"""Raised whenever the tables change, so that older catalogues are rebuilt."""

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT OR IGNORE INTO meta VALUES('generation', 0);

CREATE TABLE IF NOT EXISTS folders(
    number INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE,
    modified_ns INTEGER NOT NULL, digest BLOB NOT NULL,
    reason TEXT, advice TEXT);

CREATE TABLE IF NOT EXISTS files(
    number INTEGER PRIMARY KEY, folder INTEGER NOT NULL, name BLOB NOT NULL,
    size INTEGER NOT NULL, modified_ns INTEGER NOT NULL, mode INTEGER NOT NULL,
    sha256 TEXT NOT NULL DEFAULT '', seconds REAL NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0,
    reason TEXT, advice TEXT,
    UNIQUE(folder, name));
CREATE INDEX IF NOT EXISTS files_due ON files(number) WHERE due;
CREATE INDEX IF NOT EXISTS files_gone ON files(number) WHERE gone;
CREATE INDEX IF NOT EXISTS files_failed ON files(number) WHERE reason IS NOT NULL;
CREATE INDEX IF NOT EXISTS files_sha256 ON files(sha256);

CREATE TABLE IF NOT EXISTS articles(
    number INTEGER PRIMARY KEY, file INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, inside TEXT NOT NULL,
    title TEXT NOT NULL, outlet TEXT NOT NULL, published TEXT NOT NULL, authors TEXT NOT NULL,
    language TEXT NOT NULL, words INTEGER NOT NULL, comments INTEGER NOT NULL,
    added TEXT NOT NULL, url TEXT NOT NULL, encoding TEXT NOT NULL, page TEXT NOT NULL,
    missing INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS articles_file ON articles(file);
CREATE INDEX IF NOT EXISTS articles_page ON articles(page) WHERE page != '';
CREATE INDEX IF NOT EXISTS articles_missing ON articles(number) WHERE missing;
CREATE INDEX IF NOT EXISTS articles_by_outlet ON articles(outlet COLLATE NOCASE, published DESC, title)
    WHERE missing = 0;
CREATE INDEX IF NOT EXISTS articles_by_date ON articles(published DESC, outlet COLLATE NOCASE, title)
    WHERE missing = 0;
CREATE INDEX IF NOT EXISTS articles_by_folder ON articles(inside, id) WHERE missing = 0;

CREATE TABLE IF NOT EXISTS outlets(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS lines(
    outlet INTEGER NOT NULL, key INTEGER NOT NULL, pages INTEGER NOT NULL, text TEXT,
    PRIMARY KEY(outlet, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lines_shared ON lines(outlet) WHERE text IS NOT NULL;
CREATE TABLE IF NOT EXISTS page_lines(
    article INTEGER PRIMARY KEY, outlet INTEGER NOT NULL, page TEXT NOT NULL,
    folded BLOB NOT NULL, open BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS page_lines_outlet ON page_lines(outlet, page);

CREATE TABLE IF NOT EXISTS parsed(
    id TEXT PRIMARY KEY, file INTEGER NOT NULL, stamp TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS parsed_file ON parsed(file);
"""
"""`files.due` is 1 for a file to be read, 2 for one to be parsed again though its bytes are the same."""

_PART: Final = 500


def parts(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """The values in pieces that fit into one statement."""
    return (values[start : start + _PART] for start in range(0, len(values), _PART))


def marks(values: Sequence[Any]) -> str:
    """As many `?` as there are values."""
    return ",".join("?" * len(values))
