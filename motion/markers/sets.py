"""Marker sets: which markers stand for which place of the body, as a file describes it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from motion.errors import InputError
from motion.model import LANDMARKS, Side

__all__ = [
    "Clusters",
    "MarkerSet",
    "OutsideMarker",
    "PelvisMarkers",
    "Places",
    "bare_name",
    "parse_marker_set",
    "recognise_set",
]

Places = tuple[tuple[str, ...], ...]
"""Alternatives, of each the markers whose middle is meant."""

_KEYS: Final = ("title", "needs", "landmarks", "pelvis", "outside", "clusters", "usual")
_JOINTS: Final = tuple(f"{side}_{joint}" for joint in ("knee", "ankle") for side in Side
                       if side in (Side.LEFT, Side.RIGHT))  # fmt: skip
_USUAL: Final = ("knee_width_mm", "ankle_width_mm", "marker_diameter_mm")


@dataclass(frozen=True, slots=True, kw_only=True)
class PelvisMarkers:
    """The front spines of the pelvis and the middle of its back ones."""

    left_front: str
    right_front: str
    back: Places


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideMarker:
    """A marker on the outside of a knee or ankle, and one off the bone that tells the plane."""

    marker: str
    wand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """Markers of one leg's thigh, shank and foot, three or more of each."""

    thigh: tuple[str, ...]
    shank: tuple[str, ...]
    foot: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkerSet:
    """How the markers of one set become landmarks.

    Parameters
    ----------
    name, title
        ``plug_in_gait``, and what a person reads.
    needs
        Markers by which the set is recognised.
    landmarks
        Landmarks that are a marker or the middle of several.
    pelvis
        Gives the centres of the hips, where ``landmarks`` do not.
    outside
        Knees and ankles by landmark, each a marker on its outside.
    clusters
        By side: knees and ankles from how groups of markers turn.
    usual_widths_m, marker_diameter_m
        By joint (``knee``), for persons whose file does not say them; the diameter of a marker.
    sha256
        Digest of the file that describes the set.
    """

    name: str
    title: str
    needs: tuple[str, ...]
    landmarks: Mapping[str, Places]
    pelvis: PelvisMarkers | None = None
    outside: Mapping[str, OutsideMarker] = field(default_factory=dict)
    clusters: Mapping[Side, Clusters] = field(default_factory=dict)
    usual_widths_m: Mapping[str, float] = field(default_factory=dict)
    marker_diameter_m: float = 0.0
    sha256: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "needs", tuple(bare_name(name) for name in self.needs))


def bare_name(marker: str) -> str:
    """Return a marker's name without the subject before a colon and without capitals."""
    return marker.rpartition(":")[2].strip().casefold()


def recognise_set(names: Iterable[str], sets: Sequence[MarkerSet]) -> MarkerSet:
    """Return the set that the markers are of: of those with all they need, the one that needs most.

    Raises
    ------
    InputError
        If they are of none: names the nearest set and what of it is missing.
    """
    bare = {bare_name(name) for name in names}
    whole = [each for each in sets if bare.issuperset(each.needs)]
    if whole:
        return max(whole, key=lambda each: len(each.needs))
    nearest = min(sets, key=lambda each: len(set(each.needs) - bare) / len(each.needs))
    missing = [name for name in nearest.needs if name not in bare]
    msg = (
        f"markers: of no known set ({', '.join(each.title for each in sets)}); nearest is "
        f"{nearest.title}, of which {', '.join(missing)} are missing; rename the markers or "
        "describe your set in data/marker_sets"
    )
    raise InputError(msg)


def parse_marker_set(name: str, table: Mapping[str, Any], sha256: str = "") -> MarkerSet:
    """Return the set that a file of ``data/marker_sets`` with that digest describes.

    Raises
    ------
    InputError
        If the file says something that cannot be used: names the set and the entry.
    """
    _require_known(name, table, _KEYS, "entry")
    landmarks = _table(name, table, "landmarks")
    _require_known(name, landmarks, LANDMARKS, "landmark")
    outside = _table(name, table, "outside")
    _require_known(name, outside, _JOINTS, "joint")
    clusters = _table(name, table, "clusters")
    _require_known(name, clusters, (Side.LEFT.value, Side.RIGHT.value), "side")
    usual = _table(name, table, "usual")
    _require_known(name, usual, _USUAL, "width")
    millimetres = {key: _positive(name, key, value) for key, value in usual.items()}
    markers = {key: _parse_outside(name, key, value) for key, value in outside.items()}
    _require_widths(name, outside, millimetres)
    return MarkerSet(
        name=name,
        title=_text(name, "title", table.get("title")),
        needs=_texts(name, "needs", table.get("needs")),
        landmarks={key: _places(name, key, value) for key, value in landmarks.items()},
        pelvis=_parse_pelvis(name, _table(name, table, "pelvis")),
        outside=markers,
        clusters={Side(key): _parse_clusters(name, key, value) for key, value in clusters.items()},
        usual_widths_m={
            joint: millimetres[f"{joint}_width_mm"] / 1000.0
            for joint in ("knee", "ankle")
            if f"{joint}_width_mm" in millimetres
        },
        marker_diameter_m=millimetres.get("marker_diameter_mm", 0.0) / 1000.0,
        sha256=sha256,
    )


def _require_widths(name: str, outside: Mapping[str, Any], usual: Mapping[str, float]) -> None:
    for joint in outside:
        key = f"{joint.partition('_')[2]}_width_mm"
        if key not in usual:
            msg = f"marker set {name}: usual must say {key}, for files that do not"
            raise InputError(msg)


def _parse_pelvis(name: str, table: Mapping[str, Any]) -> PelvisMarkers | None:
    if not table:
        return None
    return PelvisMarkers(
        left_front=_marker(name, "left_front", table.get("left_front")),
        right_front=_marker(name, "right_front", table.get("right_front")),
        back=_places(name, "back", table.get("back")),
    )


def _parse_outside(name: str, key: str, value: object) -> OutsideMarker:
    if not isinstance(value, dict):
        value = {}
    return OutsideMarker(
        marker=_marker(name, f"{key}.marker", value.get("marker")),
        wand=_marker(name, f"{key}.wand", value.get("wand")),
    )


def _parse_clusters(name: str, key: str, value: object) -> Clusters:
    table = value if isinstance(value, dict) else {}
    found = {}
    for segment in ("thigh", "shank", "foot"):
        markers = _texts(name, f"{key}.{segment}", table.get(segment))
        if len(markers) < 3:
            msg = f"marker set {name}: {key}.{segment} needs three markers, got {len(markers)}"
            raise InputError(msg)
        found[segment] = tuple(bare_name(marker) for marker in markers)
    return Clusters(**found)


def _require_known(name: str, table: Mapping[str, Any], known: Sequence[str], what: str) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        msg = f"marker set {name}: unknown {what} {unknown[0]!r}; known are {', '.join(known)}"
        raise InputError(msg)


def _table(name: str, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        msg = f"marker set {name}: {key} must be a table, got {value!r}"
        raise InputError(msg)
    return value


def _text(name: str, key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        msg = f"marker set {name}: {key} must be text, got {value!r}"
        raise InputError(msg)
    return value.strip()


def _marker(name: str, key: str, value: object) -> str:
    return bare_name(_text(name, key, value))


def _texts(name: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        msg = f"marker set {name}: {key} must be a list of markers, got {value!r}"
        raise InputError(msg)
    return tuple(_text(name, key, each) for each in value)


def _places(name: str, key: str, value: object) -> Places:
    return tuple(
        tuple(_marker(name, key, marker) for marker in each.split("+"))
        for each in _texts(name, key, value)
    )


def _positive(name: str, key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1000:
        msg = f"marker set {name}: {key} must be millimetres above 0, got {value!r}"
        raise InputError(msg)
    return float(value)
