"""All innocent explanations, the most specific first: the first that fits gives a network its line."""

from __future__ import annotations

from undazzle.coordination.explanations.automation import AUTOMATION
from undazzle.coordination.explanations.collection import COLLECTION
from undazzle.coordination.explanations.contagion import CONTAGION
from undazzle.coordination.explanations.descriptor import Explanation
from undazzle.coordination.explanations.group_chat import GROUP_CHAT
from undazzle.coordination.explanations.one_owner import ONE_OWNER
from undazzle.coordination.explanations.one_program import ONE_PROGRAM
from undazzle.coordination.explanations.page_family import PAGE_FAMILY
from undazzle.coordination.explanations.public_call import PUBLIC_CALL
from undazzle.coordination.explanations.readers import READERS
from undazzle.coordination.explanations.schedule import SCHEDULE
from undazzle.coordination.explanations.share_button import SHARE_BUTTON
from undazzle.coordination.explanations.shared_interest import SHARED_INTEREST
from undazzle.coordination.explanations.slight import SLIGHT
from undazzle.coordination.explanations.viral_item import VIRAL_ITEM

EXPLANATIONS: dict[str, Explanation] = {
    one.explanation_id: one
    for one in (
        COLLECTION,
        AUTOMATION,
        ONE_OWNER,
        PAGE_FAMILY,
        SHARE_BUTTON,
        ONE_PROGRAM,
        VIRAL_ITEM,
        PUBLIC_CALL,
        SHARED_INTEREST,
        READERS,
        CONTAGION,
        SCHEDULE,
        GROUP_CHAT,
        SLIGHT,
    )
}
