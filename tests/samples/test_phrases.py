from __future__ import annotations

import re

import pytest

from tests.samples.corpora import demo
from undazzle.samples.phrases import BITS_PER_POST, BY_LANGUAGE, LINK_STORIES, TEMPLATE_STORIES, TOPICS

# Words that have no place in neutral text; their beginnings count, so that forms are caught.
POLITICAL = {
    "en": "elect vote voter ballot politic president minister parliament senat congress govern democra republic "
    "campaign candidate party protest war army soldier milit weapon migra refugee border race religio church mosque "
    "nation country regime sanction tax police court terror union strike vaccin climate conspir propagand",
    "es": "elecci votar votant polític president ministr parlamento senad congreso gobierno democra república campaña "
    "candidato partido protest guerra ejércit soldad milit arma migra refugi frontera religi nación país régimen "
    "policía huelga vacuna",
    "ar": "انتخاب تصويت سياس رئيس وزير برلمان حكومة ديمقراط جمهورية مرشح حزب احتجاج حرب جيش جندي سلاح لاجئ دين شرطة",
    "zh": "选举 投票 政治 总统 主席 部长 议会 国会 政府 民主 共和 候选 政党 抗议 "
    "战争 军队 士兵 武器 移民 难民 宗教 警察 国家",
}
WHOLE_WORDS = {"war", "race", "tax", "party", "arma", "union", "nation", "court", "país", "strike", "vote", "army"}


def offending(text: str) -> list[str]:
    low = text.lower()
    found = []
    for language, listed in POLITICAL.items():
        for word in listed.split():
            start, end = (r"\b" if language in {"en", "es"} else ""), (r"\b" if word in WHOLE_WORDS else "")
            found += [word] if re.search(f"{start}{word}{end}", low) else []
    return found


def test_the_blocklist_itself_catches_forms_of_words() -> None:
    assert offending("The Elections are near") == ["elect"]
    assert offending("a warm scarf, the embrace of a partying elk") == []


def test_no_post_bio_or_name_touches_politics() -> None:
    texts = {own["text"] for own in demo().posts}
    texts |= {account["account_description"] for account in demo().accounts}
    texts |= {account["display_name"] for account in demo().accounts}
    texts |= {group.title + group.explanation for group in demo().groups}
    assert {text: offending(text) for text in texts if offending(text)} == {}


def test_all_addresses_are_reserved_example_domains() -> None:
    for post in demo().posts:
        for address in [post["url"], *post["links"], *re.findall(r"https?://\S+", post["text"])]:
            assert re.fullmatch(r"https://[a-z0-9-]+\.example/[a-z0-9_/-]*", address), address


def test_every_slot_is_filled() -> None:
    assert not any(set("{}|") & set(post["text"].replace(" | Estuary Wire", "")) for post in demo().posts)


@pytest.mark.parametrize("language", BY_LANGUAGE)
@pytest.mark.parametrize("topic", TOPICS)
def test_each_language_has_something_to_say_on_each_topic(language: str, topic: str) -> None:
    phrases = BY_LANGUAGE[language]
    texts = {phrases.post(topic, [(number * 7_919**4) % (1 << 60)] * BITS_PER_POST) for number in range(200)}
    assert len(texts) > 150
    assert len(phrases.hashtags[topic]) >= 3


@pytest.mark.parametrize("story", [*LINK_STORIES, *TEMPLATE_STORIES], ids=lambda story: story.slug)
def test_every_story_has_a_part_that_can_be_exchanged(story) -> None:
    first = story.wording([0] * len(story.parts))
    assert any(len(part) > 1 for part in story.parts)
    assert story.wording([len(part) - 1 for part in story.parts]) != first
    assert story.language in BY_LANGUAGE
    assert story.topic in TOPICS
