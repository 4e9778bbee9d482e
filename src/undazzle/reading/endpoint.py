"""The one door to a network in this software: a language model at an address a person gives, off by default.

Only this module may open it (an architecture test knows it by name). Nothing is sent unless ``--model-url`` is given;
what is sent is the text of the file being read. Redirects and proxies are not followed, answers are bounded.
"""

from __future__ import annotations

import ipaddress
import json
import os
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlsplit

from undazzle.errors import ParameterError

MOST_BYTES = 4_000_000
KEY_VARIABLE = "UNDAZZLE_MODEL_KEY"
_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible address, such as ``http://127.0.0.1:8080/v1``, and the name of a model there.

    Attributes
    ----------
    url
        Base address. A host that is not this machine must be reached by https.
    model
        Name of the model.
    timeout
        Seconds to wait for an answer.
    """

    url: str
    model: str = "default"
    timeout: float = 180.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            raise ParameterError("--model-url", self.url, "Give an address such as http://127.0.0.1:8080/v1.")
        if parts.scheme == "http" and not self.is_local:
            raise ParameterError("--model-url", self.url, "A host that is not this machine must be reached by https.")

    @property
    def host(self) -> str:
        """Return the host that the text would be sent to."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_local(self) -> bool:
        """Return whether it is this machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given: object, **named: object) -> None:
        """Follow no redirect: the person named one address."""
        del given, named


def ask(endpoint: Endpoint, system: str, text: str) -> str:
    """Return the answer of a model to a text.

    Raises
    ------
    ParameterError
        If the address does not answer as expected.
    """
    messages = [{"role": "system", "content": system}, {"role": "user", "content": text}]
    body = {"model": endpoint.model, "temperature": 0, "seed": 0, "messages": messages}
    headers = {"Content-Type": "application/json"}
    if key := os.environ.get(KEY_VARIABLE):
        headers["Authorization"] = f"Bearer {key}"
    address = endpoint.url.rstrip("/") + _PATH
    request = urllib.request.Request(address, json.dumps(body).encode(), headers)  # noqa: S310 - scheme checked above
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)
    try:
        with opener.open(request, timeout=endpoint.timeout) as answer:
            data = answer.read(MOST_BYTES + 1)
    except OSError as error:
        remedy = f"Check that a model answers there ({error})."
        raise ParameterError("--model-url", endpoint.url, remedy) from error
    if len(data) > MOST_BYTES:
        raise ParameterError("--model-url", endpoint.url, "Its answer is too long to be one.")
    return _content(endpoint, data)


def _content(endpoint: Endpoint, data: bytes) -> str:
    try:
        content = json.loads(data)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise ParameterError(
            "--model-url", endpoint.url, "It does not answer as an OpenAI-compatible model."
        ) from error
    return content if isinstance(content, str) else ""
