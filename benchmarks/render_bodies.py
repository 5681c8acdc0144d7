"""A body of the generator with longer or shorter bones, in the picture and in its answers alike.

Runs inside the generator's own Python (see render_variants.py).
"""

from dataclasses import dataclass

import numpy as np
from body import BONES, SKEL, Body

SIDES = ("L", "R")
LIMBS = {
    "leg": (("thigh", "shank"), ("shank", "foot")),
    "arm": (("uarm", "farm"), ("farm", "hand")),
}
TRUNK = ("pelvis", "spine05", "spine04", "spine03", "spine02", "spine01", "clav.L", "clav.R")
UP = np.array([0.0, 1.0, 0.0])


@dataclass(frozen=True, slots=True)
class Scales:
    """Factors of the lengths of legs, arms and trunk (hip to shoulder), and of the whole body."""

    leg: float = 1.0
    arm: float = 1.0
    trunk: float = 1.0
    body: float = 1.0


class ScaledBody(Body):
    """A body whose bones are stretched along themselves in the rest pose.

    Every bone maps its own rest-pose surroundings by ``x -> S (x - head) + new head``, ``S`` the
    stretch along the bone; the maps of neighbours agree at the joint between them, and the mesh
    follows by its own skinning weights. Feet, hands, neck and head keep their size, and the
    soles stay on the floor. The rest positions that the skin's texture is drawn by are left.
    """

    def __init__(self, subject: str, scales: Scales) -> None:
        super().__init__(subject)
        stretch = self._find_stretches(scales)
        heads = {}
        for bone in BONES:
            parent = SKEL[bone][0]
            heads[bone] = (
                self.rest[bone]
                if parent is None
                else heads[parent] + stretch[parent] @ (self.rest[bone] - self.rest[parent])
            )
        lift = (self.rest["foot.L"][1] - heads["foot.L"][1]) * UP
        heads = {bone: head + lift for bone, head in heads.items()}

        def move(bone: str, point: np.ndarray) -> np.ndarray:
            moved = heads[bone] + stretch[bone] @ (point - self.rest[bone])
            return np.asarray(scales.body * moved)

        matrices = np.stack([stretch[bone] for bone in BONES])
        offsets = np.stack([heads[bone] - stretch[bone] @ self.rest[bone] for bone in BONES])
        blended = np.einsum("vb,bij->vij", self.W, matrices)
        self.P = scales.body * (np.einsum("vij,vj->vi", blended, self.P) + self.W @ offsets)
        # Normals turn by the inverse transpose; the stretches are symmetric.
        normals = np.linalg.solve(blended.transpose(0, 2, 1), self.N[:, :, None])[:, :, 0]
        self.N = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
        self.pts = {name: (bone, move(bone, point)) for name, (bone, point) in self.pts.items()}
        self.height = float(move("head", self.height * UP)[1])
        self.rest = {bone: scales.body * head for bone, head in heads.items()}

    def _find_stretches(self, scales: Scales) -> dict[str, np.ndarray]:
        """Return the stretch matrix, shape ``(3, 3)``, of every bone."""
        stretch = {bone: np.eye(3) for bone in BONES}
        stretch.update({bone: stretch_along(UP, scales.trunk) for bone in TRUNK})
        for limb, factor in (("leg", scales.leg), ("arm", scales.arm)):
            for bone, end in LIMBS[limb]:
                for side in SIDES:
                    along = self.rest[f"{end}.{side}"] - self.rest[f"{bone}.{side}"]
                    stretch[f"{bone}.{side}"] = stretch_along(along, factor)
        return stretch


def stretch_along(axis: np.ndarray, factor: float) -> np.ndarray:
    """Return the matrix that lengthens along an axis and keeps all that lies across it."""
    unit = axis / np.linalg.norm(axis)
    return np.eye(3) + (factor - 1.0) * np.outer(unit, unit)
