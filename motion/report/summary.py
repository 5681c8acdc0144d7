"""The summary of one analysis: what went in, how it was measured, what was amiss."""

import json
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

from motion.model import Analysis, LiveFacts
from motion.report.files import replace_file

__all__ = ["plain", "summarise", "write_summary"]


def summarise(analysis: Analysis, live: LiveFacts | None = None) -> dict[str, Any]:
    """Return the content of ``summary.json``; what is not known is null.

    Of a live take it has a part ``live``: how well it kept up, how it ended, the coach's counts.
    """
    provenance = analysis.provenance
    file = provenance.input
    content: dict[str, Any] = plain(
        {
            "input": {
                "name": file.name,
                "sha256": file.sha256,
                "frames": file.frames,
                "duration_s": file.duration_s,
                "rate_hz": file.rate_hz,
                "dropped": file.dropped,
                "duplicated": file.duplicated,
                "width_px": file.width_px,
                "height_px": file.height_px,
                "started_at": analysis.started_at.isoformat(),
            },
            "model": asdict(provenance.model),
            "software": provenance.software,
            "person_found": analysis.person_found,
            "person": asdict(analysis.person),
            "sides": asdict(analysis.sides),
            "movement": analysis.movement,
            "side": analysis.side.value,
            "view": _summarise_view(analysis),
            "cameras": [asdict(camera) for camera in analysis.cameras],
            "conditions": asdict(analysis.conditions),
            "neutral": analysis.neutral,
            "repetitions": {
                "counted_on": analysis.counted_on,
                "rest_deg": analysis.rest_deg,
                "counted": len(analysis.repetitions),
                "incomplete": analysis.incomplete_repetitions,
            },
            "gait": _summarise_gait(analysis),
            "live": None if live is None else asdict(live),
            "settings": dict(provenance.settings),
            "warnings": list(analysis.warnings),
            "timings": analysis.timings,
        }
    )
    return content


def _summarise_gait(analysis: Analysis) -> dict[str, Any] | None:
    """Return walks, counts and scale of a walk; nothing of another movement."""
    gait = analysis.gait
    if gait is None:
        return None
    return {
        "walks": [asdict(each) for each in gait.walks],
        "events": len(analysis.events),
        "steps": len(gait.steps),
        "strides": len(gait.strides),
        "strides_counted": sum(not each.left_out for each in gait.strides),
        "treadmill": gait.treadmill,
        "scale": asdict(gait.scale),
        "phases": [asdict(each) for each in gait.phases],
    }


def _summarise_view(analysis: Analysis) -> dict[str, Any]:
    passes = [
        {
            "start_s": each.start_s,
            "end_s": each.end_s,
            "facing": each.view.facing,
            "near_side": each.view.near_side,
            "azimuth_deg": each.view.azimuth_deg,
        }
        for each in analysis.passes
    ]
    return {**asdict(analysis.view), "near_side": analysis.view.near_side, "passes": passes}


def write_summary(analysis: Analysis, path: Path, live: LiveFacts | None = None) -> None:
    """Write ``summary.json``.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    text = json.dumps(summarise(analysis, live), indent=2, ensure_ascii=False, allow_nan=False)
    with replace_file(path) as partial:
        partial.write_text(text + "\n", encoding="utf-8")


def plain(value: Any) -> Any:
    """Return a value as JSON takes it: words for enumerations, null for what is not known."""
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, float):
        return None if not math.isfinite(value) else round(value, 6)
    return str(value) if isinstance(value, str) else value
