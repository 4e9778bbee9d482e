"""The 18 statements of DFRLab's attribution score under its column names, in our words, and our own extra ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Section(StrEnum):
    """The four sections of the score."""

    CREDIBILITY = "credibility"
    OBJECTIVITY = "objectivity"
    EVIDENCE = "evidence"
    TRANSPARENCY = "transparency"


class Item(StrEnum):
    """Column names of the 18 statements, the same in the trackers of 2020 and 2024."""

    FINANCIAL_INCENTIVE = "attribution_financial_incentive"
    FINANCIAL_TRANSPARENCY = "attribution_financial_transparency"
    ENDORSE_POLITICAL = "attribution_endorse_political"
    CAMPAIGN_AFFILIATION = "attribution_campaign_affiliation"
    PUBLISHED_MIS_DISINFO = "attribution_published_mis_disinfo"
    LANGUAGE = "attribution_language"
    CONVEY_CONTENT = "attribution_convey_content"
    FACTUAL_ARGUMENT = "attribution_factual_argument"
    CLARITY = "attribution_clarity"
    CONTEXT = "attribution_context"
    IDENTIFIED_RESPONSIBILITY = "attribution_identified_responsibility"
    STRATEGIC_RATIONALE = "attribution_strategic_rationale"
    PRIVILEGED_EVIDENCE = "attribution_privileged_evidence"
    OPEN_ACCESS = "attribution_open_access"
    METHODOLOGY = "attribution_methodology"
    OPEN_SOURCE = "attribution_open_source"
    ACKNOWLEDGE_LIMITATIONS = "attribution_acknowledge_limitations"
    CORROBORATION = "attribution_corroboration"


class ExtraItem(StrEnum):
    """Questions of ours that the tracker does not ask; never part of its total."""

    TARGET_NAMED = "target_named"
    CONFIDENCE_GIVEN = "confidence_given"
    ALTERNATIVES_WEIGHED = "alternatives_weighed"
    DENIAL_RECORDED = "denial_recorded"
    LIMITS_OF_SCOPE = "scope_stated"


@dataclass(frozen=True, slots=True)
class ItemWords:
    """How a statement reads: the section it counts for, a label, and the statement; true means it holds."""

    section: Section | None
    label: str
    statement: str


C, O, E, T = Section.CREDIBILITY, Section.OBJECTIVITY, Section.EVIDENCE, Section.TRANSPARENCY  # noqa: E741  # initials of the sections, used in the table only
ITEMS: dict[Item, ItemWords] = {
    Item.FINANCIAL_INCENTIVE: ItemWords(C, "No money at stake", "Who says it gains no money from the answer."),
    Item.FINANCIAL_TRANSPARENCY: ItemWords(C, "Open funding", "Its funding is diverse and open."),
    Item.ENDORSE_POLITICAL: ItemWords(C, "No ideology", "It does not strongly stand for a political ideology."),
    Item.CAMPAIGN_AFFILIATION: ItemWords(C, "No campaign", "It has no tie to a political campaign."),
    Item.PUBLISHED_MIS_DISINFO: ItemWords(C, "Clean record", "It has not spread false or misleading claims before."),
    Item.LANGUAGE: ItemWords(O, "Sober wording", "The wording is neither biased nor emotive."),
    Item.CONVEY_CONTENT: ItemWords(O, "Fair headline", "The headline says what the text says."),
    Item.FACTUAL_ARGUMENT: ItemWords(O, "Fact apart from argument", "Facts can be told from interpretation."),
    Item.CLARITY: ItemWords(E, "Methods shown", "Methods, tactics and platforms are shown clearly."),
    Item.CONTEXT: ItemWords(E, "Reach in context", "Engagement and effect are put in proportion."),
    Item.IDENTIFIED_RESPONSIBILITY: ItemWords(E, "Actors named", "Those held responsible are named."),
    Item.STRATEGIC_RATIONALE: ItemWords(E, "Goal explained", "It explains what the actor would gain."),
    Item.PRIVILEGED_EVIDENCE: ItemWords(E, "Inside knowledge", "It rests on what only this source can know."),
    Item.OPEN_ACCESS: ItemWords(T, "Open material", "The data, or archived links to it, are open."),
    Item.METHODOLOGY: ItemWords(T, "Method explained", "It says how the result was reached."),
    Item.OPEN_SOURCE: ItemWords(T, "Repeatable", "Others can repeat it from open sources."),
    Item.ACKNOWLEDGE_LIMITATIONS: ItemWords(T, "Limits stated", "It names its limits and what speaks against it."),
    Item.CORROBORATION: ItemWords(T, "Corroborated", "An independent investigation found the same."),
}
EXTRA_ITEMS: dict[ExtraItem, ItemWords] = {
    ExtraItem.TARGET_NAMED: ItemWords(None, "Target named", "It says whom the act was aimed at."),
    ExtraItem.CONFIDENCE_GIVEN: ItemWords(None, "Confidence given", "It gives a level of confidence or a likelihood."),
    ExtraItem.ALTERNATIVES_WEIGHED: ItemWords(None, "Alternatives weighed", "It weighs another explanation."),
    ExtraItem.DENIAL_RECORDED: ItemWords(None, "Answer recorded", "It gives the accused side's answer, or asked."),
    ExtraItem.LIMITS_OF_SCOPE: ItemWords(None, "Scope stated", "It says what the finding does not cover."),
}


def items_of(section: Section) -> tuple[Item, ...]:
    """Return the statements of one section, in the order of the tracker's columns.

    Examples
    --------
    >>> len(items_of(Section.OBJECTIVITY))
    3
    """
    return tuple(item for item, words in ITEMS.items() if words.section is section)
