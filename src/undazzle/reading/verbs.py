"""Verbs by which texts report what somebody says, and what each of them lends to a claim."""

from __future__ import annotations

import re
from enum import StrEnum


class VerbKind(StrEnum):
    """What a reporting verb does."""

    SAYS = "says"
    FINDS = "finds"  # knowledge: only those who study can have it, not those spoken about
    DENIES = "denies"
    PLEDGES = "pledges"
    ACTS = "acts"  # a deed that alleges something: charges, sanctions, a removal


_FORMS = {
    VerbKind.SAYS: (
        "said says say stated states stating reported reports report told tells wrote writes added adds noted notes "
        "announced announces explained explains confirmed confirms claimed claims claim argued argues described "
        "describes called calls warned warns warn cautioned cautions accused accuses blamed blames alleged alleges "
        "revealed disclosed insisted insists acknowledged suggested suggests predicted declared asserted asserts"
    ),
    VerbKind.FINDS: (
        "found finds find concluded concludes conclude assessed assesses assess judged judges estimated estimates "
        "estimate believed believes believe identified identifies attributed attributes traced determined "
        "observed detected disagreed dissented uncovered"
    ),
    VerbKind.DENIES: "denied denies deny rejected rejects reject dismissed dismisses refuted disputed disputes",
    VerbKind.PLEDGES: "promised promises pledged pledges assured assures vowed vows",
    VerbKind.ACTS: "charged indicted sanctioned removed banned suspended blocked seized",
}  # fmt: skip
KIND_OF = {form: kind for kind, forms in _FORMS.items() for form in forms.split()}
_PHRASES = {
    r"linked (?:the|this|these|it|them|that)": VerbKind.FINDS,
    r"took down": VerbKind.ACTS,
    r"taken down": VerbKind.ACTS,
    r"spoke of": VerbKind.SAYS,
    r"speaks? of": VerbKind.SAYS,
    r"put the (?:number|figure|total|count)": VerbKind.FINDS,
    r"puts the (?:number|figure|total|count)": VerbKind.FINDS,
    r"ha[sd] (?:only )?(?:low|moderate|medium|high) confidence": VerbKind.FINDS,
    r"(?:placed|put) [^.]{1,60}under sanctions": VerbKind.ACTS,
}
REPORTING = re.compile(
    r"\b(?:" + "|".join(sorted([*_PHRASES, *map(re.escape, KIND_OF)], key=len, reverse=True)) + r")\b"
)
# A form of "to be" before it makes a verb passive: somebody is said to …
PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)(?: \w+ly)?(?: not)?\s*$")
TO_BEFORE = re.compile(r"\b(?:to|who|that were|those|a|an|the|this|its|their)\s*$")


def kind_of(verb: str) -> VerbKind:
    """Return what a verb does.

    Examples
    --------
    >>> str(kind_of("denied"))
    'denies'
    """
    if verb in KIND_OF:
        return KIND_OF[verb]
    return next(kind for form, kind in _PHRASES.items() if re.fullmatch(form, verb))
