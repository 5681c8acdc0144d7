"""Whatever comes in as a take file ends in a stored take or in one clear line."""

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from exchange_pair import Pair
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nacl.public import PublicKey, SealedBox
from plan_takes import film_knee, store_session

from motion.clinic import list_diary, list_takes
from motion.clinic.arrays import pack_landmarks
from motion.errors import InputError, MotionError
from motion.exchange import read_plan_file, read_take_file, receive_take, write_take_file
from motion.exchange.keys import ensure_clinic_key
from motion.exchange.landmarks import unpack_foreign_landmarks
from motion.exchange.take_file import _MARK

GOOD = pack_landmarks(film_knee(1))
SHARED = [HealthCheck.function_scoped_fixture]  # every example leaves the records as they were


def assert_one_line(error: Exception) -> None:
    assert "\n" not in str(error)
    assert len(str(error)) < 600


@pytest.fixture
def sealed(pair: Pair) -> Path:
    path = pair.folder / "a.motiontake"
    write_take_file(pair.home, store_session(pair.home, pair.measured, 1).id, path)
    return path


def reseal(pair: Pair, path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what stands in a take file as somebody could who holds the plan file."""
    key = ensure_clinic_key(pair.clinic)
    opened = SealedBox(key).decrypt(path.read_bytes()[len(_MARK) + 1 :])
    size = int.from_bytes(opened[:4], "big")
    document = json.loads(opened[4 : 4 + size])
    change(document)
    told = json.dumps(document).encode()
    again = len(told).to_bytes(4, "big") + told + opened[4 + size :]
    public = PublicKey(bytes(key.public_key))
    path.write_bytes(_MARK + b"\x01" + SealedBox(public).encrypt(again))


@settings(
    max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_random_damage_is_said_in_one_line(pair: Pair, sealed: Path, data: st.DataObject) -> None:
    good = sealed.read_bytes()
    spoilt = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(spoilt) - 1))
        spoilt[place] = data.draw(st.integers(0, 255))
    spoilt = spoilt[: data.draw(st.integers(0, len(spoilt)))]
    spoilt += data.draw(st.binary(max_size=40))
    path = pair.folder / "spoilt.motiontake"
    path.write_bytes(bytes(spoilt))
    if bytes(spoilt) == good:
        return

    with pytest.raises(MotionError) as caught:
        receive_take(pair.clinic, path)
    assert_one_line(caught.value)
    assert list_takes(pair.clinic, "P1") == ()


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_a_damaged_plan_file_is_said_in_one_line(pair: Pair, data: st.DataObject) -> None:
    good = (pair.folder / "p1.motionplan").read_bytes()
    spoilt = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    path = pair.folder / "spoilt.motionplan"
    path.write_bytes(bytes(spoilt[: data.draw(st.integers(0, len(spoilt)))]))
    before = read_plan_file(pair.folder / "p1.motionplan")

    try:
        found = read_plan_file(path)
    except MotionError as error:
        assert_one_line(error)
    else:
        assert repr(found) == repr(before)  # only white space was spoilt


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_damaged_landmarks_are_said_in_one_line(data: st.DataObject) -> None:
    spoilt = bytearray(GOOD)
    # The names and forms stand at the members' beginnings and in the directory at the end.
    near = st.one_of(st.integers(0, 400), st.integers(len(spoilt) - 700, len(spoilt) - 1))
    anywhere = st.integers(0, len(spoilt) - 1)
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.one_of(near, anywhere))] = data.draw(st.integers(0, 255))

    with suppress(InputError):  # and nothing else
        found = unpack_foreign_landmarks(bytes(spoilt))
        assert len(found) == len(film_knee(1))


def npz(**arrays: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def good_arrays() -> dict[str, np.ndarray]:
    with np.load(io.BytesIO(GOOD)) as held:
        return {name: held[name] for name in held.files}


def test_good_landmarks_come_back_bit_for_bit() -> None:
    found, given_ = unpack_foreign_landmarks(GOOD), film_knee(1)
    for name in ("time_s", "image_px", "world_m", "visibility", "presence", "filled"):
        np.testing.assert_array_equal(getattr(found, name), getattr(given_, name))
        assert getattr(found, name).dtype == getattr(given_, name).dtype


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("time_s", np.array([{"a": 1}] * 7, dtype=object)),
        ("time_s", np.zeros(210)),
        ("time_s", np.arange(210) * 1e-6),
        ("time_s", np.full(210, np.nan)),
        ("time_s", np.arange(210) * 3600.0),
        ("time_s", np.zeros((210, 2))),
        ("time_s", np.array(["a"] * 210)),
        ("image_px", np.full((210, 33, 2), np.inf)),
        ("image_px", np.zeros((210, 34, 2))),
        ("image_px", np.zeros((210, 33, 2), dtype=np.complex128)),
        ("image_px", np.asfortranarray(np.zeros((210, 33, 2)))),
        ("world_m", np.full((210, 33, 3), 1e30)),
        ("visibility", np.full((210, 33), 2.0)),
        ("filled", np.zeros((210, 33))),
        ("size_px", np.array([640, -1])),
        ("size_px", np.array([640, 480, 3])),
        ("size_px", np.array([10**9, 10**9])),
    ],
)
def test_landmarks_that_no_camera_gives(name: str, value: np.ndarray) -> None:
    with pytest.raises(InputError, match="landmarks are damaged or not of this product") as caught:
        unpack_foreign_landmarks(npz(**(good_arrays() | {name: value})))
    assert_one_line(caught.value)


def test_arrays_of_different_lengths() -> None:
    arrays = good_arrays()
    with pytest.raises(InputError, match="landmarks are damaged"):
        unpack_foreign_landmarks(npz(**(arrays | {"filled": arrays["filled"][:-1]})))


def test_a_form_that_would_fill_the_memory_is_refused_before_it_is_unpacked() -> None:
    """A megabyte of zeros in the file, a terabyte when unpacked as its form says."""
    header = io.BytesIO()
    shape = {"descr": "<f8", "fortran_order": False, "shape": (10**9, 33, 3)}
    np.lib.format.write_array_header_1_0(header, shape)
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(whole, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "world_m.npy":
                content = header.getvalue() + bytes(1 << 20)
            new.writestr(info.filename, content, zipfile.ZIP_DEFLATED)

    with pytest.raises(InputError, match="landmarks are damaged"):
        unpack_foreign_landmarks(whole.getvalue())


def test_a_bomb_is_not_unpacked_beyond_its_form() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(whole, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "world_m.npy":
                content += bytes(64 << 20)
            new.writestr(info.filename, content, zipfile.ZIP_DEFLATED)
    assert len(whole.getvalue()) < 1 << 20

    with pytest.raises(InputError, match="landmarks are damaged"):
        unpack_foreign_landmarks(whole.getvalue())


def _take(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda document: document["take"].__setitem__(name, value)


def _facts(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda document: document["take"]["facts"].__setitem__(name, value)


HOSTILE: tuple[tuple[Callable[[dict[str, Any]], None], str], ...] = (
    (lambda d: d.__setitem__("secret", "0" * 64), "of no plan of this record"),
    (lambda d: d.__setitem__("patient_code", "P2"), "of no plan of this record"),
    (lambda d: d.__setitem__("plan_id", "0" * 32), "of no plan of this record"),
    (lambda d: d.__setitem__("version", 2), r"holds no take \(version"),
    (lambda d: d.pop("diary"), r"holds no take \(diary"),
    (_take("movement", "../../etc/passwd"), "library does not measure"),
    (_take("movement", "squat\n"), r"holds no take \(take.movement"),
    (_take("item_id", "00000000-0000-0000-0000-000000000000"), "no item .* in the plan of P1"),
    (_take("id", 7), r"holds no take \(take.id"),
    (_take("started_at", "1066-10-14T09:00:00Z"), r"holds no take \(take.started_at"),
    (_take("started_at", "2026-03-01T09:00:00"), r"holds no take \(take.started_at"),
    (_facts("exercise", "squat"), "the item is seated_knee_extension"),
    (_facts("pain_after", 11), r"holds no take \(take.facts.pain_after"),
    (_facts("note", "a" * 4001), r"holds no take \(take.facts.note"),
    (_facts("note", "\ud800"), "holds no take"),
    (_facts("note", "null\x00"), r"holds no take \(take.facts.note"),
    (_facts("rate_hz", 1e300), r"holds no take \(take.facts.rate_hz"),
    (_facts("dropped_frames", 2**40), r"holds no take \(take.facts.dropped_frames"),
    (_facts("repetitions", [{}] * 5001), r"holds no take \(take.facts.repetitions"),
    (_facts("end", "won"), r"holds no take \(take.facts.end"),
)


@pytest.mark.parametrize(("change", "said"), HOSTILE)
def test_what_somebody_with_the_plan_file_could_write(
    pair: Pair, sealed: Path, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    reseal(pair, sealed, change)

    with pytest.raises(MotionError, match=said) as caught:
        receive_take(pair.clinic, sealed)
    assert_one_line(caught.value)
    assert list_takes(pair.clinic, "P1") == ()


def test_a_diary_of_another_plan_is_refused(pair: Pair, sealed: Path) -> None:
    entry = {
        "id": "00000000-0000-0000-0000-000000000001",
        "item_id": "00000000-0000-0000-0000-000000000002",
        "done_at": "2026-03-02T09:00:00Z",
        "day": "2026-03-02",
        **{"sets": 1, "repetitions": 1, "done": True, "pain": None, "exertion": None, "note": ""},
    }
    reseal(pair, sealed, lambda document: document.__setitem__("diary", [entry]))
    with pytest.raises(InputError, match=r"an entry of the diary is of no item .* of this plan"):
        receive_take(pair.clinic, sealed)
    assert list_diary(pair.clinic, "P1") == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no take file"),
        (b"MOTIONTAKE", "is no take file"),
        (b"MOTIONTAKE\x02abc", "written by another version of this software; update it here"),
        (b"MOTIONTAKE\x01abc", "damaged, or sealed for another clinic's key"),
        (b"PK\x03\x04", "is no take file"),
    ],
)
def test_no_take_file_at_all(pair: Pair, content: bytes, said: str) -> None:
    path = pair.folder / "b.motiontake"
    path.write_bytes(content)

    with pytest.raises(InputError, match=said) as caught:
        read_take_file(pair.clinic, path)
    assert_one_line(caught.value)


@pytest.mark.parametrize("inside", [b"", b"\x00", b"\xff\xff\xff\xff{}", b"\x00\x00\x00\x02{}"])
def test_sealed_nonsense(pair: Pair, inside: bytes) -> None:
    path = pair.folder / "b.motiontake"
    public = ensure_clinic_key(pair.clinic).public_key
    path.write_bytes(_MARK + b"\x01" + SealedBox(public).encrypt(inside))

    with pytest.raises(InputError, match=r"cut short|holds no take") as caught:
        read_take_file(pair.clinic, path)
    assert_one_line(caught.value)
