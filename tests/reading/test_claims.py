from __future__ import annotations

import pytest

from tests.reading.builders import claims, only, reading
from tests.reading.scoring import TEXTS, claim_score, key
from undazzle.casebook.gradings import ConfidenceWord, LikelihoodWord
from undazzle.casebook.vocabulary import Polarity
from undazzle.reading.gazetteer import NameKind
from undazzle.reading.reading import read_file
from undazzle.reading.spans import Span


@pytest.mark.parametrize("name", ["paris", "tehran", "norland"])
def test_claims_of_press_like_texts_are_drafted(name: str) -> None:
    wanted = key(name)
    found = read_file(TEXTS / f"{name}.txt")
    assert claim_score(found, wanted["claims"]).f1 >= 0.75
    for one in wanted["must_not"]:
        span = Span(one["begin"], one["end"])
        assert [draft for draft in found.claims if draft.span.meets(span)] == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Microsoft said that fake accounts posted about ferries.", "claimant:microsoft"),
        ("Fake accounts posted about ferries, Microsoft said.", "claimant:microsoft"),
        ("According to Microsoft, fake accounts posted about ferries.", "claimant:microsoft"),
        ("“Fake accounts posted about ferries,” said Mira Fenn, who runs the Tideline Lab.", "claimant:mira-fenn"),
        ("The Harbour Office said that fake accounts posted.", "claimant:harbour-office"),
        ("A spokesperson for the Harbour Office said that fake accounts posted.", "claimant:harbour-office"),
        ("Two officials who asked not to be named said that fake accounts posted.", "claimant:unnamed-officials"),
        ("The accounts were fake, as was reported by Reuters.", "claimant:reuters"),
        ("The Kremlin denied that the accounts were its own.", "claimant:russian-government"),
    ],
)  # fmt: skip
def test_who_speaks_is_read_from_before_and_after_the_verb(text: str, who: str) -> None:
    assert only(text).speaker.id == who


def test_a_pronoun_and_a_report_mean_who_spoke_last() -> None:
    text = "The Harbour Office published its report. The Harbour Office said ferries were late. It added that fake "
    found = claims(text + "accounts had spread it. The report found no sign of hacking.")
    assert {one.speaker.id for one in found} == {"claimant:harbour-office"}
    assert len(found) == 3


def test_bodies_that_speak_jointly_are_one_claimant_and_others_are_two() -> None:
    assert only("The FBI, ODNI and CISA said in a joint statement that it was so.").speaker.id == (
        "claimant:joint-odni-fbi-cisa"
    )
    both = claims("Both the FBI and the Senate Committee on Intelligence found a campaign of hacking.")
    assert {one.speaker.id for one in both} == {"claimant:fbi", "claimant:senate-intelligence"}


def test_who_passes_a_claim_on_is_kept_apart_from_who_makes_it() -> None:
    found = only('"They ramp up," Voice of America quoted one official as saying.')
    assert (found.speaker.is_unnamed, found.via.id if found.via else None) == (True, "claimant:voa")


def test_confidence_and_likelihood_are_taken_only_where_their_words_stand() -> None:
    text = "The FBI assessed with moderate confidence that the group very likely ran the fake accounts."
    found = only(text)
    assert (found.confidence, found.likelihood) == (ConfidenceWord.MODERATE, LikelihoodWord.VERY_LIKELY)
    assert found.confidence_span is not None
    assert found.confidence_span.of(text) == "moderate confidence"
    assert only("The FBI said the group ran the accounts.").confidence is None


def test_confidence_given_in_the_next_sentence_of_a_quotation_belongs_to_the_judgment() -> None:
    [found] = claims(
        "The FBI concluded: “We assess that no votes were changed. We have high confidence in this judgment.”"
    )
    assert found.confidence is ConfidenceWord.HIGH


@pytest.mark.parametrize(
    "text",
    [
        'According to Reuters, a senior official said China is "not attempting...',
        "The office said it was not aware of...",
        "Officials said that Russia is not likely to…",
    ],
)
def test_a_text_that_breaks_off_before_its_object_is_withheld(text: str) -> None:
    found = reading(text)
    assert found.claims == ()
    assert len(found.withheld) == 1


def test_a_text_that_breaks_off_later_is_a_claim_and_says_so() -> None:
    found = only("The FBI said that fake accounts had spread rumours about the ferry, the library and...")
    assert found.is_truncated


def test_a_fragment_after_a_cut_is_nobodys_claim() -> None:
    found = reading(
        "The FBI said fake accounts had spread... infrastructure in the ferry and harbour sectors was hacked."
    )
    assert found.claims[0].span.end <= found.fragments[0].begin
    assert len(found.claims) == 1


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The FBI said that it found no evidence of hacking.", Polarity.NEGATIVE_FINDING),
        ("Iran denied the hacking.", Polarity.DENIES),
        ("Iran's mission to the United Nations promised that it will not interfere.", Polarity.ASSURANCE),
        ("The FBI said that Iran was behind the hacking.", Polarity.ASSERTS),
    ],
)
def test_polarity_is_read_from_verb_and_negation(text: str, polarity: Polarity) -> None:
    assert only(text).coding.polarity is polarity


def test_accounts_and_hackers_do_not_speak_for_a_state() -> None:
    assert only("Russian state-linked accounts accused the mayor of fraud.").speaker.id == ""


@pytest.mark.parametrize("name", ["chisinau", "ottawa", "skerry"])
def test_claims_of_texts_that_were_held_out_are_drafted(name: str) -> None:
    assert claim_score(read_file(TEXTS / f"{name}.txt"), key(name)["claims"], by_body=True).f1 >= 0.75


def test_what_a_state_is_said_to_believe_is_said_by_the_text() -> None:
    assert only("The Kremlin thinks that meddling works.").speaker.id == ""


def test_an_actor_no_list_knows_is_read_from_what_it_is_said_to_do() -> None:
    found = only("Vesterland interfered in the ferry vote through fake accounts.")
    assert found.named(NameKind.ACTOR) == ("actor:vesterland",)


def test_sentences_about_other_things_are_no_claims() -> None:
    assert claims("The ferry runs on Monday. The pier was painted. Each Friday, I look at the harbour.") == ()


def test_every_offset_lies_in_the_text_and_reading_twice_gives_the_same() -> None:
    text = (TEXTS / "tehran.txt").read_text(encoding="utf-8")
    once = reading(text)
    assert once == reading(text)
    for one in once.claims:
        assert 0 <= one.span.begin < one.span.end <= len(text)
        assert one.span.holds(one.content)
        assert all(one.span.holds(name.span) and name.span.of(text) for name in one.mentions)


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The FBI said the threats came from Russian email domains.", ()),
        ("The FBI said Russian intelligence officers sent the threats.", ("actor:russia",)),
        (
            "In contrast to Russian state-linked assets, officials said Iran does not favour a candidate.",
            ("actor:iran",),
        ),
    ],
)
def test_a_word_that_only_describes_a_thing_names_no_actor(text: str, actors: tuple[str, ...]) -> None:
    assert only(text).named(NameKind.ACTOR) == actors
