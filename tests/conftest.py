"""No test reads the record or the error figures of whoever runs it."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def nobodys_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTION_DATA_DIR", str(tmp_path_factory.mktemp("nobodys-data")))
        yield
