"""A signing key made on the spot, so that no private key lies in the project."""

from __future__ import annotations

import base64
import random

_E = 65537


def _is_prime(number: int, random_: random.Random) -> bool:
    odd, twos = number - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(20):
        power = pow(random_.randrange(2, number - 1), odd, number)
        if power in (1, number - 1):
            continue
        for _ in range(twos - 1):
            power = pow(power, 2, number)
            if power == number - 1:
                break
        else:
            return False
    return True


def _prime(bits: int, random_: random.Random) -> int:
    while True:
        found = random_.getrandbits(bits) | (3 << (bits - 2)) | 1
        if found % _E != 1 and _is_prime(found, random_):
            return found


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = (
        bytes([size])
        if size < 128
        else bytes([0x80 + (size.bit_length() + 7) // 8]) + size.to_bytes((size.bit_length() + 7) // 8, "big")
    )
    return bytes([tag]) + length + content


def _integer(number: int) -> bytes:
    return _der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def key_pair(seed: int = 1) -> tuple[bytes, str]:
    """Return a private key as PEM, and the DNS value of its public half."""
    random_ = random.Random(seed)
    p, q = _prime(512, random_), _prime(512, random_)
    n, d = p * q, pow(_E, -1, (p - 1) * (q - 1))
    numbers = (0, n, _E, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
    private = base64.encodebytes(_der(0x30, b"".join(map(_integer, numbers))))
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    public = _der(0x30, algorithm + _der(3, b"\0" + _der(0x30, _integer(n) + _integer(_E))))
    pem = b"-----BEGIN RSA PRIVATE KEY-----\n" + private + b"-----END RSA PRIVATE KEY-----\n"
    return pem, "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode()
