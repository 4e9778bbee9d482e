"""All baselines, in the order of the tables."""

from __future__ import annotations

from undazzle.evaluation.baselines.coornet import coornet
from undazzle.evaluation.baselines.counting import (
    activity,
    coortweet,
    count_within_hour,
    count_within_minute,
    minute_threshold,
)
from undazzle.evaluation.baselines.descriptor import Baseline
from undazzle.evaluation.baselines.similarity import cosine_edges, fused_centrality, rarity
from undazzle.evaluation.baselines.validation import configuration_network, validated_network

BASELINES = {
    one.baseline_id: one
    for one in (
        Baseline("activity", "Activity", "number of items", "the simplest confound", activity),
        Baseline("count_60s", "Count, 60 s", "items within 60 s, strongest pair", "naive", count_within_minute),
        Baseline("count_1h", "Count, 1 h", "items within 1 h, strongest pair", "naive", count_within_hour),
        Baseline("rarity", "Rarity-weighted count", "1/(sharers - 1) per shared item, strongest pair", "naive", rarity),
        Baseline(
            "threshold_60s", "60 s threshold", "60 s, edge weight 2 or more",
            "Coordination Network Toolkit (Graham and QUT 2020)", minute_threshold,
        ),
        Baseline(
            "coortweet", "CooRTweet", "10 s, min_participation 2, edge_weight 0.5",
            "Righetti and Balluff 2025, 10.5117/CCR2025.1.7.RIGH", coortweet,
        ),
        Baseline(
            "coornet", "CooRnet", "interval from q 0.1 and p 0.5, edges at the 0.90 percentile",
            "Giglietto et al. 2020, 10.1080/1369118X.2020.1739732", coornet,
        ),
        Baseline(
            "cosine", "TF-IDF cosine", "edges at the 0.995 quantile",
            "Pacheco et al. 2021, arXiv 2001.05658", cosine_edges,
        ),
        Baseline(
            "centrality", "Fused network, node pruning", "eigenvector centrality; highest 0.5 % of nodes, no labels",
            "Luceri et al. 2024, arXiv 2310.09884", lambda shares: fused_centrality([shares]),
        ),
        Baseline(
            "svn", "Validated network (SVN)", "hypergeometric, false discovery rate 0.05 over all pairs",
            "Tumminello et al. 2011, arXiv 1008.1414", validated_network,
        ),
        Baseline(
            "bicm", "Configuration model (BiCM)", "Poisson tail, false discovery rate 0.05 over all pairs",
            "Saracco et al. 2017, arXiv 1607.02481", configuration_network,
        ),
    )
}  # fmt: skip
