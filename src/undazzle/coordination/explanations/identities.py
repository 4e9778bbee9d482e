"""What the members of networks call themselves, and what everybody else does."""

from __future__ import annotations

from collections import defaultdict

from undazzle.coordination.explanations.names import AccountName
from undazzle.store import Store

# All accounts by plain name; letters of every script count, nothing else.
NAMES = r"""
CREATE OR REPLACE TEMP TABLE explained_names AS
SELECT account_key,
    lower(regexp_replace(nfc_normalize(coalesce(display_name, '')), '[^\pL\pN]', '', 'g')) AS plain_display,
    lower(regexp_replace(coalesce(handle, ''), '[^\pL\pN]', '', 'g')) AS plain_handle
FROM accounts
"""

_MEMBERS = """
SELECT m.network_id, m.account_key, coalesce(a.handle, '') AS handle, coalesce(a.display_name, '') AS display_name,
    coalesce(o.description, '') AS description
FROM explained_members m JOIN accounts a USING (account_key)
LEFT JOIN (
    SELECT account_key,
        arg_max(description, (coalesce(observed_at, TIMESTAMP '1970-01-01'), description)) AS description
    FROM account_observations WHERE description IS NOT NULL GROUP BY account_key
) o USING (account_key)
WHERE a.handle IS NOT NULL OR a.display_name IS NOT NULL
ORDER BY m.network_id, m.account_key
"""


def network_names(store: Store) -> dict[int, list[AccountName]]:
    """Return the names of the members by network, and fill ``explained_names`` with the plain names of everybody.

    Parameters
    ----------
    store
        The workspace in which the networks were gathered.
    """
    store.execute(NAMES)
    found: dict[int, list[AccountName]] = defaultdict(list)
    for network, *account in store.rows(_MEMBERS):
        found[int(network)].append(AccountName(*account))
    return dict(found)
