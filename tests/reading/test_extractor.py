from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.reading.builders import reading
from tests.reading.seed import gazetteer
from undazzle.errors import ParameterError
from undazzle.reading.endpoint import Endpoint, ask
from undazzle.reading.extractor import with_model
from undazzle.reading.reading import Reading

_TEXT = (
    "The pier was painted by the Harbour Office, in whose eyes a rival town spread rumours about the fares. "
    'A senior official of the town hall is "not attempting...'
)
_HERE = Endpoint("http://127.0.0.1:8080/v1", "small")
_GOOD = {"claim": "a rival town spread rumours about the fares", "claimant": "Harbour Office", "verb": None}


def asked(*items: dict[str, object] | str, text: str = _TEXT) -> tuple[Reading, list[str]]:
    answer = items[0] if items and isinstance(items[0], str) else json.dumps(items)
    return with_model(reading(text), _HERE, gazetteer(), asking=lambda endpoint, system, words: str(answer))


def test_words_that_stand_in_the_text_become_a_draft_of_that_model() -> None:
    found, refused = asked(_GOOD)
    assert refused == []
    assert [(one.found_by, one.speaker.id) for one in found.claims] == [("small", "claimant:harbour-office")]
    assert found.claims[0].span.of(_TEXT) == _GOOD["claim"]


@pytest.mark.parametrize(
    "item",
    [
        {"claim": "a rival town spread lies about the fares", "claimant": None},
        _GOOD | {"claimant": "Ferry Board"},
        _GOOD | {"confidence": "high confidence"},
        _GOOD | {"verb": "confirmed"},
    ],
)
def test_a_field_whose_words_do_not_stand_in_the_text_is_refused(item: dict[str, object]) -> None:
    found, refused = asked(item)
    assert found.claims == ()
    assert len(refused) == 1


def test_a_model_cannot_claim_what_the_text_breaks_off() -> None:
    found, refused = asked({"claim": 'A senior official of the town hall is "not attempting', "claimant": None})
    assert found.claims == ()
    assert "withheld" in refused[0]


@pytest.mark.parametrize("answer", ["", "no", "[", "[1, 2]", '{"claim": 1}', "[" * 5000, '[{"claim": 3}]'])
def test_an_answer_that_is_no_list_of_claims_adds_nothing(answer: str) -> None:
    assert asked(answer)[0].claims == ()


def test_what_the_rules_found_already_is_not_added_again() -> None:
    text = "The Harbour Office said that a rival town ran fake accounts about the fares."
    found, refused = asked({"claim": text, "claimant": "Harbour Office", "verb": "said"}, text=text)
    assert len(found.claims) == 1
    assert "already" in refused[0]


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/v1", "http://example.org/v1", "file:///etc/passwd", "http://a@localhost/"]
)
def test_addresses_that_are_neither_local_nor_safe_are_refused(url: str) -> None:
    with pytest.raises(ParameterError):
        Endpoint(url)


@contextmanager
def _server(body: bytes, status: int = 200, location: str | None = None) -> Iterator[tuple[str, list[bytes]]]:
    got: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *given: object) -> None:
            del given

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.enable_socket
def test_an_endpoint_is_asked_once_in_the_form_all_of_them_know() -> None:
    with _server(json.dumps({"choices": [{"message": {"content": "[]"}}]}).encode()) as (url, got):
        assert ask(Endpoint(url, "small"), "rules", "text") == "[]"
    sent = json.loads(got[0])
    assert (sent["model"], sent["temperature"]) == ("small", 0)
    assert [one["content"] for one in sent["messages"]] == ["rules", "text"]


@pytest.mark.enable_socket
def test_a_redirect_is_not_followed_and_a_wrong_answer_is_named() -> None:
    with _server(b"", 302, "http://127.0.0.1:1/elsewhere") as (url, got):
        with pytest.raises(ParameterError, match="Check that a model answers there"):
            ask(Endpoint(url), "rules", "text")
        assert len(got) == 1
    with _server(b"{}") as (url, _), pytest.raises(ParameterError, match="OpenAI-compatible"):
        ask(Endpoint(url), "rules", "text")
