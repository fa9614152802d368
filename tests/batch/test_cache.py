"""Entries are found as they were put, or not at all."""

import os
import time
from pathlib import Path

import msgspec
import pytest

from converter.batch.cache import Memory, Store, digest

KEY = digest(b"key")


class Header(msgspec.Struct, frozen=True):
    name: str


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache")


def path_of(store, key=KEY):
    (path,) = store.folder.glob(f"*/{key[:2]}/{key[2:]}")
    return path


def test_what_was_put_is_found(store):
    assert store.put(KEY, Header("memo"), [b"one", b"", b"three"])
    entry = store.find(KEY, Header)
    assert entry.header == Header("memo")
    assert [entry.blob(place) for place in range(3)] == [b"one", b"", b"three"]


@pytest.mark.parametrize("kind", [Store, Memory])
def test_what_was_handed_on_is_taken_up_with_its_header(tmp_path, kind):
    store = kind(tmp_path) if kind is Store else kind()
    assert store.take_up(KEY, Header, bytes.decode) is None
    assert store.hand_on(KEY, Header("memo"), "Oil.", str.encode) is not None
    assert store.take_up(KEY, Header, bytes.decode) == (Header("memo"), "Oil.")


def test_what_was_handed_on_and_damaged_is_gone(store):
    assert store.hand_on(KEY, Header("memo"), "Oil.", str.encode) == digest(b"Oil.")
    path = path_of(store)
    path.write_bytes(path.read_bytes().replace(b"Oil.", b"Oi1."))
    assert store.take_up(KEY, Header, bytes.decode) is None


def test_what_was_not_put_is_not_found(store):
    assert store.find(KEY, Header) is None


def test_an_entry_is_one_file_and_nothing_else_is_left(store):
    store.put(KEY, Header("memo"), [b"one"])
    assert [path for path in store.folder.rglob("*") if path.is_file()] == [path_of(store)]


@pytest.mark.parametrize("place", range(0, 130, 7))
def test_a_damaged_entry_is_never_taken_for_what_was_put(store, place):
    store.put(KEY, Header("memo"), [b"one"])
    data = bytearray(path_of(store).read_bytes())
    data[place % len(data)] ^= 1
    path_of(store).write_bytes(data)
    entry = store.find(KEY, Header)
    assert entry is None or entry.blob(0) in (None, b"one")
    assert entry is None or entry.header == Header("memo")


@pytest.mark.parametrize("length", [0, 10, 70, 100])
def test_an_entry_that_breaks_off_is_none(store, length):
    store.put(KEY, Header("memo"), [b"one"])
    path_of(store).write_bytes(path_of(store).read_bytes()[:length])
    assert store.find(KEY, Header) is None


def test_a_blob_that_breaks_off_is_none(store):
    store.put(KEY, Header("memo"), [b"one"])
    path_of(store).write_bytes(path_of(store).read_bytes()[:-1])
    assert store.find(KEY, Header).blob(0) is None


def test_an_entry_of_another_kind_is_none(store):
    store.put(KEY, Header("memo"))
    assert store.find(KEY, Wider) is None


class Wider(msgspec.Struct, frozen=True):
    name: str
    pages: int


def test_a_folder_that_cannot_be_written_to_costs_no_error(tmp_path):
    (tmp_path / "file").touch()
    assert not Store(tmp_path / "file").put(KEY, Header("memo"))


@pytest.mark.parametrize("put", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to(path)])
def test_what_stands_in_the_place_of_an_entry_is_none_and_gives_way(store, put):
    store.put(KEY, Header("memo"), [b"one"])
    path = path_of(store)
    path.unlink()
    put(path)
    assert store.find(KEY, Header) is None
    assert store.put(KEY, Header("memo"), [b"one"])
    assert store.find(KEY, Header).blob(0) == b"one"


def test_a_length_beyond_all_measure_is_no_entry(store):
    store.put(KEY, Header("memo"), [b"one"])
    data = path_of(store).read_bytes()
    path_of(store).write_bytes(data[:64] + b"9999999999" + data[74:])
    assert store.find(KEY, Header) is None


def test_a_cleared_cache_holds_no_folder_in_the_place_of_an_entry(store):
    store.put(KEY, Header("memo"), [b"one"])
    (path_of(store).parent / "folder").mkdir()
    (path_of(store).parent / "folder" / "file").touch()
    store.clear()
    assert store.usage().entries == 0


def test_what_was_not_used_for_longest_goes_first(store):
    keys = [digest(bytes([number])) for number in range(4)]
    for age, key in enumerate(keys):
        store.put(key, Header("memo"), [bytes(1000)])
        os.utime(path_of(store, key), (1_000_000 + age, 1_000_000 + age))
    store.find(keys[0], Header)
    store.evict(store.usage().size - 1)
    found = [store.find(key, Header) is not None for key in keys]
    assert found == [True, False, True, True]


def test_what_was_left_half_written_goes_and_what_is_being_written_does_not(store):
    store.put(KEY, Header("memo"), [b"one"])
    for name, age in ((".partial-old-1", 4000), (".partial-new-2", 10)):
        partial = path_of(store).with_name(name)
        partial.touch()
        os.utime(partial, (time.time() - age,) * 2)
    store.evict(1_000_000)
    names = sorted(path.name for path in path_of(store).parent.iterdir())
    assert names == sorted([".partial-new-2", KEY[2:]])


def test_below_its_size_nothing_goes(store):
    store.put(KEY, Header("memo"))
    store.evict(store.usage().size)
    assert store.usage().entries == 1


def test_a_cleared_cache_is_empty(store):
    store.put(KEY, Header("memo"))
    store.clear()
    assert store.usage() == (0, 0)
