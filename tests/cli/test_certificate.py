"""What is wrong with a certificate is said before the server starts, in one line."""

import os
from pathlib import Path

import pytest
from certificate_makers import NAME, make_certificate

from motion.commands.certificate import check_certificate
from motion.commands.dashboard import _url_of, warn_of_others
from motion.errors import InputError


@pytest.fixture
def started(monkeypatch):
    """What would have been started: nothing is."""
    calls = []
    monkeypatch.setattr(
        "motion.commands.dashboard.run_dashboard", lambda *given, **named: calls.append(named)
    )
    return calls


def test_a_pair_that_fits_is_used(tmp_path):
    certificate, key = make_certificate(tmp_path)
    found = check_certificate(certificate, key)

    assert found is not None
    assert found.names == (NAME, "127.0.0.1")
    (said,) = found.warnings
    assert "signed by itself" in said
    assert _url_of(8501, "0.0.0.0", found) == f"https://{NAME}:8501"
    assert _url_of(8501, "127.0.0.1", None) == "http://localhost:8501"


def test_without_either_there_is_no_https():
    assert check_certificate(None, None) is None


@pytest.mark.parametrize(
    ("begins_days", "ends_days", "said"),
    [
        (-30, -1, "expired on"),
        (-30, 5, "expires on"),
        (3, 30, "is valid from"),
    ],
)
def test_a_wrong_time_is_warned_of(tmp_path, begins_days, ends_days, said):
    pair = make_certificate(tmp_path, begins_days=begins_days, ends_days=ends_days)
    found = check_certificate(*pair)

    assert found is not None
    assert any(said in line for line in found.warnings)


def refused(certificate: Path | None, key: Path | None) -> str:
    with pytest.raises(InputError) as error:
        check_certificate(certificate, key)
    return str(error.value)


def test_one_without_the_other_is_refused(tmp_path):
    certificate, key = make_certificate(tmp_path)
    assert refused(certificate, None).startswith("--certificate was given without --key")
    assert refused(None, key).startswith("--key was given without --certificate")


def test_files_that_cannot_be_used_are_named(tmp_path):
    certificate, key = make_certificate(tmp_path)
    text = tmp_path / "text.pem"
    text.write_text("nothing of that kind")

    assert "no such file" in refused(tmp_path / "none.pem", key)
    assert "no such file" in refused(certificate, tmp_path / "none.pem")
    assert "cannot be read" in refused(tmp_path, key)
    assert "not a certificate in PEM form" in refused(text, key)
    assert "not a certificate in PEM form" in refused(key, key)
    assert "not a private key in PEM form" in refused(certificate, text)
    assert "not a private key in PEM form" in refused(certificate, certificate)


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="Windows and root know no unreadable file"
)
def test_a_file_without_the_right_to_read_it_is_named(tmp_path):
    certificate, key = make_certificate(tmp_path)
    key.chmod(0)
    assert "cannot be read" in refused(certificate, key)


def test_a_key_of_another_certificate_is_refused(tmp_path):
    certificate, _ = make_certificate(tmp_path / "one")
    _, key = make_certificate(tmp_path / "other")
    assert "does not fit certificate" in refused(certificate, key)


def test_a_key_with_a_password_is_refused_and_nobody_is_asked_for_it(tmp_path):
    assert "protected by a password" in refused(*make_certificate(tmp_path, password=b"secret"))


def test_the_command_ends_before_it_starts_anything(call, tmp_path, started):
    certificate, _ = make_certificate(tmp_path / "one")
    _, key = make_certificate(tmp_path / "other")
    done = call("dashboard", "--no-browser", "--certificate", certificate, "--key", key)

    assert (done.code, done.out, started) == (2, "", [])
    assert done.err.count("\n") == 1
    assert "does not fit certificate" in done.err


def test_the_command_hands_a_good_pair_on(call, tmp_path, started):
    certificate, key = make_certificate(tmp_path, ends_days=-1)
    done = call("dashboard", "--no-browser", "--certificate", certificate, "--key", key)

    assert done.code == 0
    assert "expired" in done.err
    assert started[0]["certificate"].path == certificate


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost"])
def test_on_this_computer_alone_there_is_nothing_to_warn_of(address):
    said = []
    warn_of_others(address, encrypted=False, patients_only=False, on_warning=said.append)
    assert said == []


def test_others_are_warned_of(call, started):
    done = call("dashboard", "--no-browser", "--address", "0.0.0.0")
    assert done.code == 0
    login, https = done.err.splitlines()
    assert login.startswith("warning: there is no login: whoever reaches 0.0.0.0")
    assert "do not open their camera" in https
