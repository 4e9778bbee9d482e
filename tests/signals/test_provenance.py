from __future__ import annotations

import datetime
import io
import warnings

import pytest

from undazzle.signals.pictures import read_provenance

c2pa = pytest.importorskip("c2pa")
Image = pytest.importorskip("PIL.Image")
x509 = pytest.importorskip("cryptography.x509")


def picture():
    content = io.BytesIO()
    Image.new("RGB", (64, 64), (20, 90, 160)).save(content, "JPEG")
    return content.getvalue()


def certificates():
    """A certificate of our own authority for somebody called leaf, and its key."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    def name(word):
        return x509.Name(
            [x509.NameAttribute(NameOID.COMMON_NAME, word), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Test")]
        )

    def made(subject, key, issuer_key, is_authority):
        now = datetime.datetime.now(datetime.UTC)
        usage = x509.KeyUsage(True, False, False, False, False, is_authority, is_authority, False, False)
        builder = (
            x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name("ferry authority"))
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=9))
            .add_extension(x509.BasicConstraints(is_authority, None), True).add_extension(usage, True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), False)
        )  # fmt: skip
        if not is_authority:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
        return builder.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    authority, leaf = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    key = leaf.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made("leaf", leaf, authority, False) + made("ferry authority", authority, authority, True), key


def signed(source_type):
    chain, key = certificates()
    manifest = {
        "claim_generator_info": [{"name": "ferry-camera", "version": "1"}],
        "assertions": [
            {
                "label": "c2pa.actions",
                "data": {"actions": [{"action": "c2pa.created", "digitalSourceType": source_type}]},
            }
        ],
    }
    info = c2pa.C2paSignerInfo(alg=b"es256", sign_cert=chain, private_key=key, ta_url=None)
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own, about itself
        c2pa.Builder(manifest).sign(c2pa.Signer.from_info(info), "image/jpeg", io.BytesIO(picture()), out)
    return out.getvalue()


TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def test_a_signature_that_holds_and_says_that_a_model_made_it():
    found = read_provenance(signed(TYPES + "trainedAlgorithmicMedia"), "JPEG")
    assert (found.state, found.signer, found.tool, found.is_generated) == ("holds", "leaf", "ferry-camera", True)
    assert found.actions == ("c2pa.created",)
    assert "signingCredential.untrusted" in found.problems


def test_a_camera_says_no_such_thing():
    assert not read_provenance(signed(TYPES + "digitalCapture"), "JPEG").is_generated


def test_a_picture_changed_after_signing_is_broken():
    content = bytearray(signed(TYPES + "digitalCapture"))
    content[-200] ^= 0xFF
    assert read_provenance(bytes(content), "JPEG").state == "broken"


def test_a_manifest_that_is_rubbish_is_unreadable_or_none_and_never_an_error():
    content = bytearray(signed(TYPES + "digitalCapture"))
    at = content.find(b"c2pa")
    for place in range(at - 40, at + 400, 7):
        damaged = bytearray(content)
        damaged[place] ^= 0x5A
        assert read_provenance(bytes(damaged), "JPEG").state in ("broken", "unreadable", "none", "holds")


def test_no_manifest_says_nothing():
    assert read_provenance(picture(), "JPEG").state == "none"
    assert read_provenance(b"c2pa", "JPEG").state in ("none", "unreadable")
