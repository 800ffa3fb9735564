"""Keys, certificates and a timestamp authority for the tests of signatures."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from tracker.bundle.signer import Signer

AT = datetime(2026, 11, 18, 16, 43, tzinfo=UTC)
PLAIN = serialization.NoEncryption()


def certificate(key, name="Board of Behavioral Health Practice", *, until=datetime(2099, 1, 1, tzinfo=UTC), tsa=False):
    """A certificate that its own key signed."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(until)
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
    )
    if tsa:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(key, hashes.SHA256())


def der(made) -> bytes:
    """A certificate or private key as DER."""
    if isinstance(made, x509.Certificate):
        return made.public_bytes(serialization.Encoding.DER)
    return made.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, PLAIN)


def signer(kind="ec", **more) -> Signer:
    """A key of a kind with its certificate."""
    key = rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())
    return Signer(der(certificate(key, **more)), der(key))


@contextmanager
def timestamp_authority() -> Iterator[tuple[str, bytes]]:
    """A timestamp authority on loopback: its address and its certificate (DER)."""
    key = rsa.generate_private_key(65537, 2048)
    own = der(certificate(key, "Test timestamp authority", tsa=True))
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(own),
        asn1_keys.PrivateKeyInfo.load(der(key)),
        fixed_dt=datetime(2026, 11, 18, 16, 44, tzinfo=UTC),
    )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(asked).dump() if self.path == "/tsa" else b"x" * 100_000
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args):
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa", own
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
