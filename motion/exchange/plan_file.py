"""The plan file: what a patient is to do, from the clinic to the patient's own computer."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from motion import __version__
from motion.clinic import Record
from motion.clinic.plan_sharing import adopt_shared, share_plan
from motion.clinic.plan_values import AdoptedPlan, SharedPlan
from motion.errors import InputError
from motion.exchange.keys import ensure_clinic_key
from motion.exchange.plan_document import FORMAT, VERSION, PlanDocument, describe_plan, plan_of
from motion.exchange.wire import fit_for_travel, read_bounded, shown, what_is_wrong
from motion.report.files import replace_file

__all__ = ["PlanFile", "adopt_plan", "read_plan_file", "write_plan_file"]

_WHAT: Final = "plan file (*.motionplan)"
_MOST_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan file that was read and is whole; ``digest`` tells it from every other one."""

    plan: SharedPlan
    made_at: datetime
    software: str
    digest: str

    @property
    def patient_code(self) -> str:
        """Whose plan it is."""
        return self.plan.patient_code


def write_plan_file(
    record: Record, patient_code: str, path: Path, *, author: str | None = None
) -> PlanFile:
    """Write a patient's plan for the patient's own computer; the first time the clinic's key too.

    The file names the patient by the code only. Who holds it can store takes under that code:
    give it to the patient, not to a public place (docs/privacy.md).

    Raises
    ------
    InputError
        If there is nothing to do in the plan, or a guardian's consent is missing.
    OutputError
        If the file or the key cannot be written.
    """
    key = bytes(ensure_clinic_key(record).public_key).hex()
    shared = share_plan(record, patient_code, key, author=author)
    made_at = datetime.now(UTC).replace(microsecond=0)
    with fit_for_travel(f"the plan of {patient_code}"):
        document = describe_plan(shared, made_at, f"physio-motion {__version__}")
    plan = json.loads(document.model_dump_json())
    digest = _digest(plan)
    text = json.dumps({"sha256": digest, "plan": plan}, ensure_ascii=False, indent=1)
    with replace_file(path) as partial:
        partial.write_text(text + "\n", encoding="utf-8")
    return _checked(document, digest)


def read_plan_file(path: Path) -> PlanFile:
    """Read a plan file.

    Raises
    ------
    SourceError
        If it cannot be read.
    InputError
        If it is damaged, of a newer version of this software, or something else: says which.
    """
    content = read_bounded(path, _MOST_BYTES, _WHAT)
    try:
        whole = json.loads(content)
        plan, digest = whole["plan"], whole["sha256"]
        found, version = plan["format"], plan["version"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        msg = f"{shown(path)}: is no {_WHAT}, or cut short; ask the clinic for it again"
        raise InputError(msg) from error
    if found != FORMAT:
        msg = f"{shown(path)}: is no {_WHAT}; choose another file"
        raise InputError(msg)
    if isinstance(version, int) and version > VERSION:
        msg = f"{shown(path)}: written by a newer version of this software; update it here"
        raise InputError(msg)
    try:
        if _digest(plan) != digest:
            msg = f"{shown(path)}: damaged or changed by hand; ask the clinic for it again"
            raise InputError(msg)
        return _checked(PlanDocument.model_validate_json(json.dumps(plan), strict=True), digest)
    except ValidationError as error:
        msg = f"{shown(path)}: not a plan ({what_is_wrong(error)}); ask the clinic for it again"
        raise InputError(msg) from error
    except (ValueError, RecursionError) as error:  # text that is none, numbers that are too long
        msg = f"{shown(path)}: not a plan; ask the clinic for it again"
        raise InputError(msg) from error


def adopt_plan(record: Record, plan_file: PlanFile) -> AdoptedPlan:
    """Put a plan file into the record of the patient's own computer.

    See :func:`motion.clinic.plan_sharing.adopt_shared`.

    Raises
    ------
    InputError
        If an item is not safe, or the file is older than the one in use.
    RecordConflictError
        If this record keeps a plan of its own for the same code.
    """
    return adopt_shared(record, plan_file.plan, plan_file.made_at, plan_file.digest)


def _checked(document: PlanDocument, digest: str) -> PlanFile:
    return PlanFile(
        plan=plan_of(document),
        made_at=document.made_at,
        software=document.software,
        digest=digest,
    )


def _digest(plan: Any) -> str:
    """Return the digest of a plan, the same however the file sets it out."""
    told = json.dumps(plan, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(told.encode("ascii")).hexdigest()
