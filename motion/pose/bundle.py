"""Builds the bundle that MediaPipe loads: two bare TFLite models in, one ``.task`` archive out.

MediaPipe's Tasks API wants each model to say how its input picture is normalised. The models that
MediaPipe publishes for its older interface do not all say it, so it is written into them here.
"""

import io
import struct
import zipfile
from typing import Any

from motion.errors import ModelError

__all__ = ["DETECTOR_MEMBER", "LANDMARKS_MEMBER", "add_normalization", "build_bundle"]

DETECTOR_MEMBER = "pose_detector.tflite"
LANDMARKS_MEMBER = "pose_landmarks_detector.tflite"

_METADATA_NAME = "TFLITE_METADATA"
_METADATA_IDENTIFIER = b"M001"
_TFLITE_IDENTIFIER = b"TFL3"
_ALIGNMENT_BYTES = 16
_ZIP_HEADER_BYTES = 30
_EARLIEST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def build_bundle(detector: bytes, landmarks: bytes) -> bytes:
    """Build the ``.task`` archive of a person detector and a landmark model.

    The same models give the same bytes each time, so that the archive can be checked by digest.

    Parameters
    ----------
    detector, landmarks
        The two TFLite models as MediaPipe publishes them.

    Returns
    -------
    bytes
        A ZIP archive, stored and not deflated, because MediaPipe maps it into memory.

    Raises
    ------
    ModelError
        One of the two is not a TFLite model, or MediaPipe is not installed.
    """
    members = (
        # The detector reads pixels as -1..1, the landmark model as 0..1.
        (DETECTOR_MEMBER, add_normalization(detector, name="pose detector", mean=127.5, std=127.5)),
        (LANDMARKS_MEMBER, add_normalization(landmarks, name="pose landmarks", mean=0, std=255)),
    )
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as bundle:
        for member, content in members:
            info = zipfile.ZipInfo(member, date_time=_EARLIEST_ZIP_TIME)
            info.create_system = 3  # otherwise Windows writes other bytes
            info.extra = _pad_header(archive.tell() + _ZIP_HEADER_BYTES + len(member))
            bundle.writestr(info, content)
    return archive.getvalue()


def add_normalization(model: bytes, *, name: str, mean: float, std: float) -> bytes:
    """Write into a TFLite model that its input is ``(pixel - mean) / std``.

    Parameters
    ----------
    model
        A TFLite model, with or without metadata.
    name
        What the metadata calls the model.
    mean, std
        In pixel values, 0 to 255.

    Returns
    -------
    bytes
        The model with exactly one metadata entry.

    Raises
    ------
    ModelError
        ``model`` is not a TFLite model, or MediaPipe is not installed.
    """
    if model[4:8] != _TFLITE_IDENTIFIER:
        raise ModelError(
            f"{name}: expected a TFLite model, got {len(model)} bytes of something else;"
            " run `motion model install` again"
        )
    return _add_metadata(model, _describe_input(name, mean, std))


def _add_metadata(model: bytes, description: bytes) -> bytes:
    flatbuffers, _, schema = _load_schemas()
    content = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(model, 0))

    metadata = schema.BufferT()
    metadata.data = list(description)
    content.buffers = [*content.buffers, metadata]

    entry = schema.MetadataT()
    entry.name = _METADATA_NAME
    entry.buffer = len(content.buffers) - 1
    # MediaPipe reads the first entry of this name, and the detector is published with one.
    others = [
        other for other in content.metadata or [] if other.name != _METADATA_NAME.encode("ascii")
    ]
    content.metadata = [*others, entry]

    builder = flatbuffers.Builder(len(model) + 4096)
    builder.Finish(content.Pack(builder), _TFLITE_IDENTIFIER)
    return bytes(builder.Output())


def _pad_header(end: int) -> bytes:
    """Return the extra field that makes a member start at a whole multiple of 16 bytes.

    MediaPipe reads the weights where they lie in the archive. Those at an odd place it copies,
    and complains about on standard error.
    """
    fill = -(end + 4) % _ALIGNMENT_BYTES
    # The field that Android's zipalign uses for the same purpose.
    return struct.pack("<HH", 0xD935, fill) + bytes(fill)


def _describe_input(name: str, mean: float, std: float) -> bytes:
    flatbuffers, schema, _ = _load_schemas()
    options = schema.NormalizationOptionsT()
    options.mean, options.std = [mean], [std]
    unit = schema.ProcessUnitT()
    unit.optionsType = schema.ProcessUnitOptions.NormalizationOptions
    unit.options = options
    tensor = schema.TensorMetadataT()
    tensor.name = "image"
    tensor.processUnits = [unit]
    subgraph = schema.SubGraphMetadataT()
    subgraph.inputTensorMetadata = [tensor]
    description = schema.ModelMetadataT()
    description.name = name
    description.subgraphMetadata = [subgraph]

    builder = flatbuffers.Builder(0)
    builder.Finish(description.Pack(builder), _METADATA_IDENTIFIER)
    return bytes(builder.Output())


def _load_schemas() -> tuple[Any, Any, Any]:
    """Return the FlatBuffers library, the schema of the metadata and the schema of TFLite."""
    try:
        import flatbuffers
        from mediapipe.tasks.metadata import metadata_schema_py_generated, schema_py_generated
    except ImportError as error:
        raise ModelError(
            f"building the pose model needs MediaPipe 1.x, but {error}; install the project again"
        ) from error
    return flatbuffers, metadata_schema_py_generated, schema_py_generated
