"""A case becomes a STIX 2.1 bundle, in the standard's own words or in OpenCTI's dialect, and bundles become drafts.

The only room that knows STIX. Claims stay claims: each is a note with its claimant; what it asserts is a
relationship that names it; what denies it is an opinion. Nothing is called confirmed.
"""

from undazzle.publish.exchange.stix.bundle import STIX, STIX_INCIDENT, stix_bundle
from undazzle.publish.exchange.stix.opencti import OPENCTI, opencti_bundle

__all__ = ["OPENCTI", "STIX", "STIX_INCIDENT", "opencti_bundle", "stix_bundle"]
