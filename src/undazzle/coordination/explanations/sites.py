"""Which sites accounts link to, for members, controls and everybody."""

from __future__ import annotations

from undazzle.store import Store
from undazzle.traces.url_rules import PLATFORM_SITES, SHORTENERS
from undazzle.traces.urls import web_site

# Four links in five to one site: a reader of a paper links to others as well, its own page hardly ever.
OWN_SITE = 0.8
# With one or two links, every account links to one site only.
FEWEST_LINKS = 3

_HOST = r"^(?:https?://)?(?:[^/@?#]*@)?([^/:?#]+)"

# Every link of every post with its host.
HOSTS = f"""
SELECT post_key, account_key, CASE WHEN is_site THEN raw ELSE lower(regexp_extract(raw, '{_HOST}', 1)) END AS host
FROM (
    SELECT post_key, account_key, unnest(CASE WHEN len(domains) > 0 THEN domains ELSE links END) AS raw,
        len(domains) > 0 AS is_site
    FROM posts WHERE len(domains) > 0 OR len(links) > 0
) WHERE raw IS NOT NULL
"""

_COUNTED = f"""
CREATE OR REPLACE TEMP TABLE explained_hosts AS
SELECT account_key, host, count(*) AS links FROM ({HOSTS}) GROUP BY account_key, host
"""

_ALL = """
CREATE OR REPLACE TEMP TABLE explained_all_sites AS
SELECT h.account_key, s.site, sum(h.links)::BIGINT AS links
FROM explained_hosts h JOIN explained_known_sites s USING (host)
GROUP BY h.account_key, s.site
"""

_IN_ACTS = f"""
CREATE OR REPLACE TEMP TABLE explained_act_sites AS
SELECT DISTINCT h.post_key, s.site FROM ({HOSTS}) h SEMI JOIN explained_acts USING (post_key)
JOIN explained_known_sites s USING (host)
"""

_OWN = f"""
CREATE OR REPLACE TEMP TABLE explained_sites AS
SELECT account_key, site, links FROM explained_all_sites SEMI JOIN explained_accounts USING (account_key)
QUALIFY sum(links) OVER (PARTITION BY account_key) >= {FEWEST_LINKS}
"""

# Accounts that give nearly all links to one site.
FAITHFUL = f"""
SELECT account_key, (max(links) >= {OWN_SITE} * sum(links))::INTEGER AS value FROM explained_sites GROUP BY account_key
"""


def gather_sites(store: Store) -> None:
    """Fill the tables of sites: of all accounts, of members and controls with at least three links, of acts.

    Big platforms and short-link services are left out: everybody links to them.

    Parameters
    ----------
    store
        The workspace in which the networks were gathered.
    """
    import numpy as np

    store.execute(_COUNTED)
    hosts = [row[0] for row in store.rows("SELECT DISTINCT host FROM explained_hosts WHERE host <> ''")]
    known = [(host, web_site(host) or host) for host in hosts]
    kept = [(host, site) for host, site in known if site not in PLATFORM_SITES and site not in SHORTENERS]
    store.execute("CREATE OR REPLACE TEMP TABLE explained_known_sites (host VARCHAR, site VARCHAR)")
    store.append(
        "explained_known_sites",
        {
            "host": np.array([host for host, _ in kept], dtype=object),
            "site": np.array([site for _, site in kept], dtype=object),
        },
    )
    for sql in (_ALL, _OWN, _IN_ACTS):
        store.execute(sql)
