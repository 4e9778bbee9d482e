"""Explanation ``page_family``: one publisher that runs several pages under its own name."""

from __future__ import annotations

from dataclasses import dataclass

from undazzle.coordination.explanations.context import NetworkContext
from undazzle.coordination.explanations.descriptor import MOST, Explanation, Finding, untested
from undazzle.coordination.explanations.names import AccountName, name_weight, plain_name, shared_name
from undazzle.coordination.explanations.sites import FAITHFUL, OWN_SITE
from undazzle.coordination.explanations.wording import beside, counted, percent
from undazzle.model import Parameter, Reference

# A site that outsiders link to as well, and no fewer than members, is known to the public of this data.
FEWEST_OTHERS = 10
# Seven letters ("bloomin") are rarely shared by accident; the words must also be rare among outside accounts.
LEAST_NAME, RARE_NAME = 7.0, 0.005
PART = 0.5

_SITES = f"""
WITH counted AS (
    SELECT m.network_id, m.account_key, s.site, s.links FROM explained_members m
    JOIN explained_sites s USING (account_key)
),
top AS (
    SELECT network_id, site FROM counted GROUP BY network_id, site
    QUALIFY row_number() OVER (PARTITION BY network_id ORDER BY count(*) DESC, sum(links) DESC, site) = 1
),
own AS (
    SELECT c.network_id, c.account_key, sum(links) FILTER (c.site = t.site) >= {OWN_SITE} * sum(links) AS is_own
    FROM counted c JOIN top t USING (network_id) GROUP BY c.network_id, c.account_key
),
known AS (SELECT network_id, count(*) AS known FROM own GROUP BY network_id)
SELECT t.network_id, t.site, count(*) FILTER (is_own) AS owners, count(*) AS linking,
    any_value((SELECT count(DISTINCT account_key) FROM explained_all_sites a
        ANTI JOIN explained_insiders USING (account_key) WHERE a.site = t.site)) AS other_accounts
FROM top t JOIN own USING (network_id) GROUP BY t.network_id, t.site
"""


@dataclass(frozen=True, slots=True)
class SiteUse:
    """How members use the site they link to most: accounts that link to little else, accounts with links, others."""

    site: str
    owners: int
    linking: int
    other_accounts: int


@dataclass(frozen=True, slots=True)
class NameUse:
    """What members' names share: part of the names, rate among outsiders, and whether it is a name of its own."""

    stem: str
    share: float
    outside_rate: float
    is_name: bool
    describing: int = 0

    @property
    def is_brand(self) -> bool:
        """Whether nearly all members carry one name that outsiders hardly carry."""
        return self.is_name and self.share >= MOST and self.outside_rate <= RARE_NAME


def judge(
    members: int, site: SiteUse | None, name: NameUse | None, *, has_names: bool, control: float | None
) -> Finding:
    """Return whether one publisher's pages make the network.

    Parameters
    ----------
    members
        Accounts in the network.
    site
        The site most members link to; ``None`` if links do not show it.
    name
        What the names share; ``None`` if nothing, or if there are no names.
    has_names
        Whether this data names accounts at all.
    control
        Share of other accounts as active that link to one site nearly always.
    """
    if site is None and not has_names:
        return untested("There are neither names of accounts nor sites behind their links.", "needs names or sites")
    owners = site.owners if site else 0
    is_one_site = site is not None and owners >= MOST * members
    is_named = name is not None and name.is_brand
    is_site_named = is_one_site and site is not None and name is not None and _names(site.site, name)
    seen = _words(members, site, name, has_names=has_names, control=control)
    share = max(owners / members, name.share if name and name.is_brand else 0.0)
    named = round((name.share if name else 0.0) * members)
    figure = (
        f"{owners:,} of {members:,} accounts link to one site nearly always"
        if site and owners / members >= (name.share if name else 0.0)
        else f"{named:,} of {members:,} accounts share a name"
    )
    is_open = is_one_site and site is not None and not has_names and site.other_accounts >= max(FEWEST_OTHERS, members)
    if is_named or is_site_named or is_open:
        return Finding("fits", figure, seen, share, members, control)
    is_part = owners >= PART * members or (name is not None and name.share >= PART and name.outside_rate <= RARE_NAME)
    return Finding("fits_in_part" if is_part else "does_not_fit", figure, seen, share, members, control)


def _names(site: str, name: NameUse) -> bool:
    """Return whether the name that members share stands in the name of the site."""
    return name.share >= MOST and name.stem in plain_name(site)


def _words(members: int, site: SiteUse | None, name: NameUse | None, *, has_names: bool, control: float | None) -> str:
    parts = []
    if site:
        parts.append(
            f"{site.owners:,} of {members:,} accounts give at least {percent(OWN_SITE)} of their links to one site"
            f"{beside(control)}; {counted(site.other_accounts, 'outside account')} link to it too."
        )
    else:
        parts.append("The sites behind the links are not known.")
    if name:
        parts.append(
            f"{percent(name.share)} share words of their names, as do {percent(name.outside_rate)} of the others."
        )
    elif has_names:
        parts.append("Their names share nothing.")
    else:
        parts.append("Names are not in this data.")
    return " ".join(parts)


def explain(context: NetworkContext) -> dict[int, Finding]:
    """Return the finding for every network."""
    context.gather_sites()
    control = context.controls(FAITHFUL)
    sites = {
        network: SiteUse(row["site"], row["owners"], row["linking"], row["other_accounts"])
        for network, row in context.by_network(_SITES).items()
    }
    names = context.names
    return {
        network: judge(
            members,
            sites.get(network),
            _name_use(context, names.get(network, [])),
            has_names=bool(names),
            control=control.get(network),
        )
        for network, members in context.sizes.items()
    }


def _name_use(context: NetworkContext, names: list[AccountName]) -> NameUse | None:
    shared = shared_name(names, LEAST_NAME) if len(names) > 1 else None
    if shared is None or name_weight(shared.stem) < LEAST_NAME:
        return None
    rate = context.store.rows(
        "SELECT avg((contains(plain_display, $stem) OR contains(plain_handle, $stem))::INTEGER)"
        " FROM explained_names ANTI JOIN explained_insiders USING (account_key)",
        {"stem": shared.stem},
    )[0][0]
    return NameUse(shared.stem, shared.share, float(rate or 0.0), shared.is_name)


PAGE_FAMILY = Explanation(
    "page_family",
    "One publisher’s pages, or devoted readers of one site",
    "One name, one site: accounts that openly belong together and link to little else",
    explain,
    limits="A campaign may give its pages one name and one site as well. Where names are not in the data, a site that "
    "the public links to as well is taken for a publisher’s, and its devoted readers for its pages.",
    needs=("links", "domains", "handle", "display_name"),
    needs_words="names or links",
    parameters=(
        Parameter("own_site", OWN_SITE, "share", "An account's links to one site from which the site is its own"),
        Parameter("most", MOST, "share", "Such accounts, or accounts of one name, from which the explanation fits"),
        Parameter("rare_name", RARE_NAME, "share", "Outside accounts with the same words up to which a name is rare"),
        Parameter("fewest_others", FEWEST_OTHERS, "accounts", "Outsiders that make a site known to the public"),
    ),
    references=(
        Reference(
            "Giglietto et al. 2020, It takes a village to manipulate the media",
            "https://doi.org/10.1080/1369118X.2020.1739732",
        ),
    ),
)
