"""A group of accounts and everybody else → indicators: facts about accounts, each beside its rate elsewhere.

Reads accounts, account_observations, posts, media, networks and members. Writes indicators.
Must not know who is behind an account, nor what platforms, states or narratives are.
"""

from __future__ import annotations

from undazzle.signals.accounts_file import AccountsFile, read_accounts
from undazzle.signals.choosing import Choice, choose_accounts, choose_category, choose_network, choose_source
from undazzle.signals.descriptor import OUTCOME_WORDS, Outcome, Reading, Signal
from undazzle.signals.follows import Follows, read_follows
from undazzle.signals.registry import SIGNALS
from undazzle.signals.running import (
    Indicator,
    indicator_rows,
    known_signal,
    read_signals,
    signal_rows,
    summary_sentence,
    write_indicators,
)

__all__ = [
    "OUTCOME_WORDS",
    "SIGNALS",
    "AccountsFile",
    "Choice",
    "Follows",
    "Indicator",
    "Outcome",
    "Reading",
    "Signal",
    "choose_accounts",
    "choose_category",
    "choose_network",
    "choose_source",
    "indicator_rows",
    "known_signal",
    "read_accounts",
    "read_follows",
    "read_signals",
    "signal_rows",
    "summary_sentence",
    "write_indicators",
]
