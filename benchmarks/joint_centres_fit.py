"""Fits the move from the pose model's landmarks to joint centres on clips with known answers.

    python benchmarks/joint_centres_fit.py FOLDER... [--landmarks FOLDER] [--write FILE]

Ridge regression of the joint centres in the picture (truth columns ``left_knee_u``, ``_v``) on the
terms of :data:`TERMS`, each side of each clip with the same weight. The body that is held out
(benchmarks/clips.py) is left out of the fit. ``--write`` writes
the coefficients in the form of data/joint_centres. Without it the errors of the landmarks and of
the angles that are made of joint centres are printed, before and after, for bodies in the fit, for
each body by a fit on the others, and for the body held out.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from clips import load_clips
from fitted_clips import Prepared, measure
from rich.console import Console
from rich.table import Table
from spatial import view_from

from motion.kinematics import JOINTS
from motion.kinematics.joint_centres import (
    BONE_OF,
    JointCentreModel,
    Seen,
    describe_moves,
    move_to_joint_centres,
)
from motion.model import FloatArray, Side

RIDGE = 0.002
"""Penalty on the coefficients, as a share of the number of clips; chosen by fitting on one average
body and testing on the other."""

FARTHEST_OFF_TRUNKS = 0.35
"""A landmark farther than this from its joint is another's: the fit leaves such frames out."""

POSE_MODELS = ("pose_landmarker_full",)

TERMS: Mapping[tuple[str, Seen], tuple[str, ...]] = {
    ("hip", Seen.NEAR): ("1", "cos_hip", "sin_hip"),
    ("knee", Seen.NEAR): (
        "1", "cos_knee", "sin_knee", "cos_hip", "sin_hip",
        "cos_hip*cos_knee", "cos_hip*sin_knee", "sin_hip*cos_knee", "sin_hip*sin_knee",
    ),
    ("hip", Seen.FAR): ("1",),
    ("knee", Seen.FAR): ("1", "cos_knee", "sin_knee", "cos_hip", "sin_hip"),
}  # fmt: skip
"""Found by fitting on one average body and testing on the other: moving shoulders, elbows, wrists
and ankles, or anything seen from the front, did not lower the errors of both bodies' angles."""


def fit(clips: Sequence[Prepared], version: str) -> JointCentreModel:
    """Return the model fitted on some clips."""
    moves: dict[tuple[str, Seen], dict[str, tuple[float, float]]] = {}
    for joint in dict.fromkeys(joint for joint, _ in TERMS):
        names = [(key, term) for key, terms in TERMS.items() if key[0] == joint for term in terms]
        found = fit_joint(clips, joint, names)
        for number, (key, term) in enumerate(names):
            along, across = found[2 * number : 2 * number + 2]
            moves.setdefault(key, {})[term] = (float(along), float(across))
    return JointCentreModel(version=version, pose_models=POSE_MODELS, moves=moves)


def fit_joint(
    clips: Sequence[Prepared], joint: str, names: Sequence[tuple[tuple[str, Seen], str]]
) -> FloatArray:
    """Return the coefficients, along and across for each named term in turn."""
    gram = RIDGE * len(clips) * np.eye(2 * len(names))
    moment = np.zeros(2 * len(names))
    wanted = {key: terms for key, terms in TERMS.items() if key[0] == joint}
    for each in clips:
        for side in (Side.LEFT, Side.RIGHT):
            offset = each.offset(each.poses, joint, side)
            design = np.zeros((*offset.shape, 2 * len(names)))
            for move in describe_moves(each.poses, side, each.clip.azimuth_deg, wanted):
                at = 2 * names.index(((joint, move.seen), move.term))
                design[..., at] = move.along_px / each.trunk_px
                design[..., at + 1] = move.across_px / each.trunk_px
            known = np.all(np.isfinite(offset), axis=1)
            known &= np.max(np.abs(np.nan_to_num(offset)), axis=1) < FARTHEST_OFF_TRUNKS
            if np.sum(known) < 5:
                continue
            rows = design[known].reshape(-1, design.shape[2])
            gram += rows.T @ rows / np.sum(known)
            moment += rows.T @ offset[known].ravel() / np.sum(known)
    return np.asarray(np.linalg.solve(gram, moment))


def mean_offset(clips: Iterable[Prepared], joint: str, model: JointCentreModel | None) -> float:
    """Return how far landmarks lie from joint centres on average, in trunk lengths."""
    distances = []
    for each in clips:
        view = view_from(each.clip.azimuth_deg)
        poses = move_to_joint_centres(each.poses, view, model) if model else each.poses
        for side in (Side.LEFT, Side.RIGHT):
            distances.append(np.linalg.norm(each.offset(poses, joint, side), axis=1))
    return float(np.nanmean(np.concatenate(distances))) if distances else float("nan")


def show(clips: Sequence[Prepared]) -> None:
    """Print how far the landmarks lie from the joint centres, as found and as moved."""
    own = [each for each in clips if not each.clip.held_out]
    held = [each for each in clips if each.clip.held_out]
    bodies = sorted({each.clip.subject for each in own})
    cases = [("in the fit", own, fit(own, ""))]
    for body in bodies:
        others = [each for each in own if each.clip.subject != body]
        if others:
            alone = [each for each in own if each.clip.subject == body]
            cases.append((f"{body}, fitted on the others", alone, fit(others, "")))
    cases.append(("held out", held, fit(own, "")))
    table = Table(
        "clips",
        *BONE_OF,
        title="mean distance from the joint centre, % of the trunk: before, after",
    )
    for name, some, model in cases:
        shares = [[mean_offset(some, joint, each) for each in (None, model)] for joint in BONE_OF]
        cells = [f"{100 * before:.1f}, {100 * after:.1f}" for before, after in shares]
        table.add_row(f"{name} ({len(some)})", *cells)
    Console(width=150).print(table)
    show_angles(cases)


def show_angles(cases: Sequence[tuple[str, Sequence[Prepared], JointCentreModel]]) -> None:
    """Print the errors of the angles that are made of joint centres, end to end."""
    angles = [joint for joint in JOINTS if joint.from_centres]
    table = Table(
        "clips",
        *(joint.name for joint in angles),
        title="mean absolute error (bias) of the near limb, degrees: plain, moved",
    )
    for name, some, model in cases:
        errors = [
            [series for each in some for series in measure(each, way)] for way in (None, model)
        ]
        cells = []
        for joint in angles:
            own = [[s.error_deg for s in way if s.joint is joint] for way in errors]
            cells.append(", ".join(_say_errors(found) for found in own))
        table.add_row(f"{name} ({len(some)})", *cells)
    Console(width=150).print(table)


def _say_errors(errors_deg: Sequence[FloatArray]) -> str:
    if not errors_deg:
        return "-"
    off = float(np.mean([np.nanmean(np.abs(each)) for each in errors_deg]))
    bias = float(np.mean([np.nanmean(each) for each in errors_deg]))
    return f"{off:.1f} ({bias:+.1f})"


def write(model: JointCentreModel, path: Path, clips: Sequence[Prepared]) -> None:
    """Write the coefficients as data/joint_centres holds them."""
    bodies = ", ".join(sorted({each.clip.subject for each in clips}))
    lines = [
        "# Made by benchmarks/joint_centres_fit.py; do not edit by hand.",
        "# [joint.way it is seen]; term = [along the bone, across it], in bone lengths.",
        f'version = "{model.version}"',
        f"pose_models = {list(model.pose_models)}".replace("'", '"'),
        f'fitted_on = "{len(clips)} rendered clips of {bodies}"',
    ]
    for (joint, seen), terms in model.moves.items():
        lines += ["", f"[{joint}.{seen}]"]
        lines += [
            f'"{term}" = [{along:.4f}, {across:.4f}]' for term, (along, across) in terms.items()
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fit; print, or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--landmarks", type=Path)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    clips = [Prepared(clip) for clip in load_clips(given.folders, given.landmarks)]
    if given.write is None:
        show(clips)
        return
    own = [each for each in clips if not each.clip.held_out]
    write(fit(own, datetime.now(UTC).date().isoformat()), given.write, own)


if __name__ == "__main__":
    main()
