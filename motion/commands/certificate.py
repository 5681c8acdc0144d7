"""Looks at a certificate and its key before the server starts: it would only say half of it."""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from motion.errors import InputError

__all__ = ["Certificate", "check_certificate"]

_SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that fits its key.

    Parameters
    ----------
    path, key
        The two files.
    names
        The names that a browser may open the page by, the certificate's first one first.
    warnings
        What a browser will complain of, in one sentence each.
    """

    path: Path
    key: Path
    names: tuple[str, ...]
    warnings: tuple[str, ...]


def check_certificate(certificate: Path | None, key: Path | None) -> Certificate | None:
    """Return a usable certificate, or None where none was named.

    Raises
    ------
    InputError
        If only one of the two was named, a file is missing, unreadable or not PEM, the key has a
        password or belongs to another certificate.
    """
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        given, missing = ("--key", "--certificate") if key else ("--certificate", "--key")
        msg = f"{given} was given without {missing}: HTTPS needs both files; name the other too"
        raise InputError(msg)
    chain = _read_chain(certificate)
    private = _read_key(key)
    if chain[0].public_key() != private.public_key():
        msg = (
            f"key {key} does not fit certificate {certificate}: name the key that the certificate"
            " was made with (its own certificate comes first in a chain)"
        )
        raise InputError(msg)
    _try_as_server(certificate, key)
    return Certificate(certificate, key, _names_of(chain[0]), _warnings_of(chain[0], certificate))


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        msg = f"{what} {path}: no such file; check the path"
        raise InputError(msg) from error
    except OSError as error:
        msg = f"{what} {path}: cannot be read ({error.strerror}); name a file that you may read"
        raise InputError(msg) from error


def _read_chain(path: Path) -> Sequence[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(_read(path, "certificate"))
    except ValueError as error:
        msg = (
            f"certificate {path}: not a certificate in PEM form (a text file with BEGIN"
            " CERTIFICATE); convert it, or name the right file"
        )
        raise InputError(msg) from error


def _read_key(path: Path) -> PrivateKeyTypes:
    try:
        return load_pem_private_key(_read(path, "key"), password=None)
    except TypeError as error:
        msg = (
            f"key {path}: protected by a password, which nobody types at a server; save it without"
        )
        raise InputError(msg) from error
    except ValueError as error:
        msg = (
            f"key {path}: not a private key in PEM form (a text file with BEGIN PRIVATE KEY);"
            " convert it, or name the right file"
        )
        raise InputError(msg) from error


def _try_as_server(certificate: Path, key: Path) -> None:
    """Load the two as the server will: what it would refuse is said here."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    except ssl.SSLError as error:
        msg = f"certificate {certificate}: cannot be used ({error.reason}); have a new one made"
        raise InputError(msg) from error


def _names_of(own: x509.Certificate) -> tuple[str, ...]:
    try:
        found = own.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    addresses = (str(address) for address in found.get_values_for_type(x509.IPAddress))
    return (*found.get_values_for_type(x509.DNSName), *addresses)


def _warnings_of(own: x509.Certificate, path: Path) -> tuple[str, ...]:
    now = datetime.now(UTC)
    begins, ends = own.not_valid_before_utc, own.not_valid_after_utc
    said = []
    if now > ends:
        said.append(f"certificate {path} expired on {ends:%Y-%m-%d}: browsers will refuse the page")
    elif (ends - now).days < _SOON_DAYS:
        said.append(f"certificate {path} expires on {ends:%Y-%m-%d}: have a new one made")
    if now < begins:
        said.append(f"certificate {path} is valid from {begins:%Y-%m-%d} only: check the clock")
    if own.issuer == own.subject:
        said.append(
            f"certificate {path} is signed by itself: each browser asks before it opens the page"
        )
    return tuple(said)
