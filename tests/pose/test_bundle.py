import io
import zipfile
from pathlib import Path

import pytest
from mediapipe.tasks.metadata import metadata_schema_py_generated as metadata_schema
from mediapipe.tasks.metadata import schema_py_generated as schema
from pose_makers import make_tflite

from motion.errors import ModelError
from motion.pose.assets import find_model, read_model_info
from motion.pose.bundle import DETECTOR_MEMBER, LANDMARKS_MEMBER, add_normalization, build_bundle


def read_normalizations(model: bytes) -> list[tuple[list[float], list[float]]]:
    """Return mean and std of each metadata entry, in the order in which MediaPipe looks."""
    content = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(model, 0))
    found = []
    for entry in content.metadata:
        if entry.name != b"TFLITE_METADATA":
            continue
        packed = bytes(content.buffers[entry.buffer].data)

        assert packed[4:8] == b"M001"

        root = metadata_schema.ModelMetadata.GetRootAsModelMetadata(packed, 0)
        described = metadata_schema.ModelMetadataT.InitFromObj(root)
        unit = described.subgraphMetadata[0].inputTensorMetadata[0].processUnits[0]

        assert unit.optionsType == metadata_schema.ProcessUnitOptions.NormalizationOptions

        found.append((list(unit.options.mean), list(unit.options.std)))
    return found


def test_normalization_is_written_with_its_identifier() -> None:
    model = add_normalization(make_tflite("bare"), name="bare", mean=3, std=7)

    assert model[4:8] == b"TFL3"
    assert read_normalizations(model) == [([3.0], [7.0])]


def test_everything_else_in_the_model_is_kept() -> None:
    model = add_normalization(
        make_tflite("bare", metadata_name="min_runtime_version"), name="bare", mean=3, std=7
    )

    content = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(model, 0))

    assert content.description == b"bare"
    assert [entry.name for entry in content.metadata] == [
        b"min_runtime_version",
        b"TFLITE_METADATA",
    ]


def test_metadata_that_was_there_is_replaced() -> None:
    once = add_normalization(make_tflite("bare"), name="bare", mean=1, std=2)
    twice = add_normalization(once, name="bare", mean=3, std=7)

    assert read_normalizations(twice) == [([3.0], [7.0])]


def test_something_else_than_a_model_is_refused() -> None:
    with pytest.raises(ModelError, match="pose detector: expected a TFLite model, got 9 bytes"):
        build_bundle(b"not found", make_tflite("landmarks"))


def test_bundle_stores_both_models_with_their_own_normalization() -> None:
    content = build_bundle(make_tflite("detector"), make_tflite("landmarks"))

    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        members = {info.filename: info for info in bundle.infolist()}

        assert list(members) == [DETECTOR_MEMBER, LANDMARKS_MEMBER]
        assert all(info.compress_type == zipfile.ZIP_STORED for info in members.values())
        assert read_normalizations(bundle.read(DETECTOR_MEMBER)) == [([127.5], [127.5])]
        assert read_normalizations(bundle.read(LANDMARKS_MEMBER)) == [([0.0], [255.0])]


def test_models_lie_where_mediapipe_can_read_them_in_place() -> None:
    models = make_tflite("detector of some length"), make_tflite("landmarks")
    content = build_bundle(*models)

    starts = [content.index(b"TFL3") - 4, content.rindex(b"TFL3") - 4]

    assert [start % 16 for start in starts] == [0, 0]


def test_same_models_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = build_bundle(make_tflite("detector"), make_tflite("landmarks"))
    monkeypatch.setattr("time.time", lambda: 2e9)

    assert build_bundle(make_tflite("detector"), make_tflite("landmarks")) == first


def test_model_of_ones_own_always_works(tmp_path: Path) -> None:
    own = tmp_path / "own.task"
    own.write_bytes(build_bundle(make_tflite("detector"), make_tflite("landmarks")))

    assert find_model(own) == find_model(str(own)) == own


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "no .task archive"), (None, "got no such file")]
)
def test_file_that_is_no_model_is_refused(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    own = tmp_path / "own.task"
    if content is not None:
        own.write_bytes(content)

    with pytest.raises(ModelError, match=reason):
        find_model(own)


def test_bundle_for_another_task_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "hand.task", "w") as bundle:
        bundle.writestr("hand_detector.tflite", b"")

    with pytest.raises(ModelError, match="bundle for another task"):
        find_model(tmp_path / "hand.task")
    with pytest.raises(ModelError, match=r"Is a directory|Permission denied"):
        read_model_info(tmp_path)


@pytest.mark.model
def test_installed_model_runs_in_mediapipe() -> None:
    try:
        model = find_model()
    except ModelError as error:
        pytest.skip(str(error))
    import mediapipe as mp
    import numpy as np
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model)),
        running_mode=vision.RunningMode.VIDEO,
    )
    blank = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.zeros((240, 320, 3), np.uint8))
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        result = landmarker.detect_for_video(blank, 0)

    assert result.pose_landmarks == []
