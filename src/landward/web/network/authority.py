"""A certificate authority for one home: it can vouch for addresses at home and for nothing else.

The root is made once, signs one issuing certificate whose name constraints allow only private
addresses and `.local` names, and its key is then thrown away. So a phone that trusts the root
trusts nothing this computer could ever misuse: not even a thief of these files can imitate a
website. Server certificates last 90 days and are renewed when the app starts.
"""

import datetime as dt
import ipaddress
import plistlib
import uuid
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from landward.app.keep.write_file import write_file
from landward.model.base import BadInput
from landward.model.said import phrase

HOME_NETWORKS = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "100.64.0.0/10",
    "fc00::/7",
    "fe80::/10",
)
"""Where a home's addresses lie (RFC 1918, 3927, 6598, 4193, 4291); the last-but-two holds VPNs."""
HOME_DOMAIN = "local"
ROOT_LASTS = dt.timedelta(days=5 * 365)
SERVER_LASTS = dt.timedelta(days=90)
RENEW_BEFORE = dt.timedelta(days=30)
AN_HOUR = dt.timedelta(hours=1)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def home_address(text: str) -> Address:
    """An address inside a home network. Raises BadInput for any other: we never bind it."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        raise BadInput(
            phrase("“{text}” is not an address such as 192.168.1.20", text=text)
        ) from None
    if not any(address in ipaddress.ip_network(network) for network in HOME_NETWORKS):
        raise BadInput(
            phrase(
                "{text} is not an address inside a home network; it is not opened to it", text=text
            )
        )
    return address


@dataclass(frozen=True, slots=True)
class Authority:
    """The root that a phone installs and the issuing certificate with its key."""

    root: x509.Certificate
    issuing: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the root as phones show it, for comparing by eye."""
        digest = self.root.fingerprint(hashes.SHA256()).hex().upper()
        return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))

    @property
    def root_der(self) -> bytes:
        """The root certificate as Android and computers install it."""
        return self.root.public_bytes(Encoding.DER)

    def apple_profile(self) -> bytes:
        """The root certificate as a profile that an iPhone or iPad installs."""
        identity = uuid.uuid5(uuid.NAMESPACE_OID, self.root.fingerprint(hashes.SHA256()).hex())
        content = {
            "PayloadType": "com.apple.security.root",
            "PayloadVersion": 1,
            "PayloadIdentifier": f"landward.home.{identity}",
            "PayloadUUID": str(identity).upper(),
            "PayloadDisplayName": "Landward at home",
            "PayloadContent": self.root_der,
        }
        outer = uuid.uuid5(identity, "profile")
        return plistlib.dumps(
            {
                "PayloadType": "Configuration",
                "PayloadVersion": 1,
                "PayloadIdentifier": f"landward.home.profile.{outer}",
                "PayloadUUID": str(outer).upper(),
                "PayloadDisplayName": "Landward at home",
                "PayloadDescription": phrase(
                    "Lets this phone recognise Landward on your own computer."
                ),
                "PayloadContent": [content],
            }
        )


def open_authority(folder: Path, now: dt.datetime) -> Authority:
    """The authority kept in `folder`, made there if there is none or it has run out."""
    paths = [folder / name for name in ("root.pem", "issuing.pem", "issuing.key")]
    if all(path.is_file() for path in paths):
        try:
            root, issuing = (x509.load_pem_x509_certificate(p.read_bytes()) for p in paths[:2])
            key = load_pem_private_key(paths[2].read_bytes(), None)
        except ValueError as error:
            raise BadInput(
                phrase(
                    "{folder}: its certificates were changed; remove the folder and pair again",
                    folder=folder,
                )
            ) from error
        if isinstance(key, ec.EllipticCurvePrivateKey) and now < root.not_valid_after_utc:
            return Authority(root, issuing, key)
    made = make_authority(now)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_file(paths[2], _pem(made.key))
    write_file(paths[1], made.issuing.public_bytes(Encoding.PEM))
    write_file(paths[0], made.root.public_bytes(Encoding.PEM))
    return made


def make_authority(now: dt.datetime) -> Authority:
    """A new authority. The root's key exists only while this runs."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, name = _name("Landward at home"), _name("Landward at home, issuing")
    until = now + ROOT_LASTS
    root = (
        _certificate(root_name, root_name, root_key.public_key(), now, until)
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    home = x509.NameConstraints(
        permitted_subtrees=[
            x509.DNSName(HOME_DOMAIN),
            *(x509.IPAddress(ipaddress.ip_network(network)) for network in HOME_NETWORKS),
        ],
        excluded_subtrees=None,
    )
    issuing = (
        _certificate(name, root_name, key.public_key(), now, until)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(home, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()),
            critical=False,
        )
        .sign(root_key, hashes.SHA256())
    )
    return Authority(root, issuing, key)


def issue(
    authority: Authority, addresses: tuple[Address, ...], names: tuple[str, ...], now: dt.datetime
) -> tuple[bytes, bytes]:
    """A server's certificate chain and key, both PEM, for these addresses and `.local` names."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _certificate(
            _name("Landward"),
            authority.issuing.subject,
            key.public_key(),
            now,
            min(now + SERVER_LASTS, authority.issuing.not_valid_after_utc),
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()),
            critical=False,
        )
        .add_extension(
            x509.SubjectAlternativeName(
                [*map(x509.IPAddress, addresses), *map(x509.DNSName, names)]
            ),
            critical=False,
        )
        .sign(authority.key, hashes.SHA256())
    )
    chain = certificate.public_bytes(Encoding.PEM) + authority.issuing.public_bytes(Encoding.PEM)
    return chain, _pem(key)


def server_files(
    folder: Path,
    authority: Authority,
    addresses: tuple[Address, ...],
    names: tuple[str, ...],
    now: dt.datetime,
) -> tuple[Path, Path]:
    """The chain and key to serve with, renewed if they run out soon or name other addresses."""
    chain, key = folder / "server.pem", folder / "server.key"
    if not _still_good(chain, key, authority, {*map(str, addresses), *names}, now):
        made_chain, made_key = issue(authority, addresses, names, now)
        write_file(key, made_key)
        write_file(chain, made_chain)
    return chain, key


def _still_good(
    chain: Path, key: Path, authority: Authority, wanted: set[str], now: dt.datetime
) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(chain.read_bytes())
        private = load_pem_private_key(key.read_bytes(), None)
        certificate.verify_directly_issued_by(authority.issuing)
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    stated = {str(general.value) for general in found}
    same_key = private.public_key() == certificate.public_key()
    return same_key and stated == wanted and now + RENEW_BEFORE < certificate.not_valid_after_utc


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    public_key: ec.EllipticCurvePublicKey,
    now: dt.datetime,
    until: dt.datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - AN_HOUR)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
