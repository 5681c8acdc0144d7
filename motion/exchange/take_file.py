"""The take file: a live take without video, sealed so that only the clinic can open it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox
from pydantic import ValidationError

from motion import __version__
from motion.clinic import Record, StoredTake, find_live_facts, load_take
from motion.clinic.arrays import pack_landmarks
from motion.clinic.diary_sharing import diary_of_plan
from motion.clinic.plan_sharing import find_plan_id, find_shared
from motion.clinic.plan_values import SharedPlan
from motion.errors import InputError, OutputError
from motion.exchange.keys import find_clinic_key, key_path
from motion.exchange.landmarks import MOST_FRAMES, unpack_foreign_landmarks
from motion.exchange.take_document import VERSION, DiaryDocument, TakeBody, TakeDocument
from motion.exchange.wire import fit_for_travel, read_bounded, shown, what_is_wrong
from motion.model import PoseRecording
from motion.report.files import replace_file
from motion.settings import recall_settings

__all__ = ["TakeFile", "read_take_file", "write_take_file"]

_WHAT: Final = "take file (*.motiontake)"
_MARK: Final = b"MOTIONTAKE"
_MOST_BYTES: Final = 256 << 20
_MOST_DOCUMENT_BYTES: Final = 8 << 20
_LENGTH_BYTES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TakeFile:
    """A take file that was opened and is whole; nothing of it is in the record yet.

    ``recording`` is None where the file brings the diary only.
    """

    document: TakeDocument
    recording: PoseRecording | None

    @property
    def patient_code(self) -> str:
        """Whose take it says it is."""
        return self.document.patient_code


def write_take_file(
    record: Record, take_id: UUID | None, path: Path, *, patient_code: str = ""
) -> None:
    """Write a live take and the diary for the clinic: numbers and landmarks, no video.

    Parameters
    ----------
    take_id
        A live take under a plan file's plan; None writes the diary only, of ``patient_code``.

    Raises
    ------
    InputError
        If the take was not live, or is of no plan that came from a clinic.
    RecordNotFoundError
        If there is no such take or patient.
    OutputError
        If the file cannot be written, or the take is too long for one.
    """
    take = None if take_id is None else load_take(record, take_id)
    code = patient_code if take is None else take.patient_code
    plan = find_shared(record, find_plan_id(record, code))
    if plan is None or not plan.clinic_key or not plan.secret:
        msg = f"the plan of {code} came from no clinic: take in the clinic's plan file first"
        raise InputError(msg)
    with fit_for_travel(f"the take of {code}"):
        document = TakeDocument(
            software=_software(),
            made_at=datetime.now(UTC),
            patient_code=code,
            plan_id=plan.id,
            secret=plan.secret,
            take=None if take is None else _describe_take(record, take),
            diary=tuple(
                DiaryDocument.model_validate(entry) for entry in diary_of_plan(record, plan.id)
            ),
        )
    landmarks = b"" if take is None else pack_landmarks(take.analysis.recording)
    content = _seal(document, landmarks, plan)
    too_long = take is not None and len(take.analysis.recording) > MOST_FRAMES
    if too_long or len(content) > _MOST_BYTES:
        msg = f"{shown(path)}: not written, the take is too long for a file: make shorter takes"
        raise OutputError(msg)
    with replace_file(path) as partial:
        partial.write_bytes(content)


def read_take_file(record: Record, path: Path) -> TakeFile:
    """Open a take file with the key of this computer's clinic.

    Nothing in it is trusted: what it may hold is bounded before it is unpacked, and whose it is
    :func:`motion.exchange.receive_take` finds out.

    Raises
    ------
    SourceError
        If it cannot be read.
    InputError
        If it is damaged, sealed for another clinic, of a newer version, or something else.
    """
    content = read_bounded(path, _MOST_BYTES, _WHAT)
    head = len(_MARK) + 1
    if content[: len(_MARK)] != _MARK or len(content) <= head:
        msg = f"{shown(path)}: is no {_WHAT}; choose another file"
        raise InputError(msg)
    if content[len(_MARK)] != VERSION:
        msg = f"{shown(path)}: written by another version of this software; update it here"
        raise InputError(msg)
    key = find_clinic_key(record)
    if key is None:
        msg = (
            f"{shown(path)}: this computer has no clinic's key ({shown(key_path(record))}): open it"
            " on the computer that wrote the plan file"
        )
        raise InputError(msg)
    try:
        opened = SealedBox(key).decrypt(content[head:])
    except (CryptoError, ValueError, TypeError) as error:
        msg = (
            f"{shown(path)}: damaged, or sealed for another clinic's key; ask for the file again,"
            " or give the patient a new plan file"
        )
        raise InputError(msg) from error
    return _parse(opened, path)


def _parse(opened: bytes, path: Path) -> TakeFile:
    size = int.from_bytes(opened[:_LENGTH_BYTES], "big")
    told = opened[_LENGTH_BYTES : _LENGTH_BYTES + size]
    if len(told) != size or not 0 < size <= _MOST_DOCUMENT_BYTES:
        msg = f"{shown(path)}: cut short or not of this product; ask for the file again"
        raise InputError(msg)
    try:
        document = TakeDocument.model_validate_json(told, strict=True)
    except ValidationError as error:
        msg = f"{shown(path)}: holds no take ({what_is_wrong(error)}); ask for the file again"
        raise InputError(msg) from error
    landmarks = opened[_LENGTH_BYTES + size :]
    if document.take is None:
        return TakeFile(document=document, recording=None)
    return TakeFile(document=document, recording=unpack_foreign_landmarks(landmarks))


def _seal(document: TakeDocument, landmarks: bytes, plan: SharedPlan) -> bytes:
    told = document.model_dump_json().encode("utf-8")
    whole = len(told).to_bytes(_LENGTH_BYTES, "big") + told + landmarks
    sealed = SealedBox(PublicKey(bytes.fromhex(plan.clinic_key))).encrypt(whole)
    return _MARK + bytes([VERSION]) + bytes(sealed)


def _describe_take(record: Record, take: StoredTake) -> TakeBody:
    facts = find_live_facts(record, take.id)
    if facts is None:
        msg = f"take {take.id} was not live: only live takes travel to the clinic"
        raise InputError(msg)
    analysis = take.analysis
    settings = recall_settings(analysis)
    return TakeBody.model_validate(
        {
            "id": take.id,
            "item_id": facts.item_id,
            "started_at": analysis.started_at,
            "movement": analysis.movement,
            "side": settings.side,
            "view": settings.view,
            "joint_centres": settings.joint_centres,
            "withheld_joints": settings.withheld_joints,
            "go_s": settings.go_s,
            "target_deg": settings.target_deg,
            "conditions": analysis.conditions,
            "input": analysis.provenance.input,
            "model": analysis.provenance.model,
            "software": analysis.provenance.software,
            "person": analysis.person,
            "sides": analysis.sides,
            "facts": facts,
        },
        from_attributes=True,
    )


def _software() -> str:
    return f"physio-motion {__version__}"
