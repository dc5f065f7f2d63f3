"""Which way is better, figure by figure; what says nothing of better or worse has no best. Plain names in and out."""

LOWER = ("held_out_loss", "perplexity", "calibration_error", "tasks/forgotten", "tasks/most_forgotten")
"""Figures of which less is better; of all others more is. The page has the same list (comparison/variants.js)."""
UNRANKED = (
    "forgetting", "kl", "length_bias", "unmoved", "distinct_2", "exact_match/trained", "pseudo_kept", "taught_kept",
    "teacher_exact_match", "unadapted_accuracy", "captions_right_blind", "nmi_tfidf", "copied",
)  # fmt: skip
"""Figures without a best: what a run did not learn it forgets least, what is known by heart is no merit, and what a
teacher, a rule or the base does is none of the variant's."""
SIGNED = ("reward", "good_over_bad", "length_bias", "tasks/forgotten", "tasks/most_forgotten", "shots/gain")
"""How the names of figures begin that may be below zero; of all others no bar goes there."""


def is_lower_better(figure: str) -> bool:
    """Whether less of a figure is better."""
    return figure in LOWER


def is_ranked(figure: str) -> bool:
    """Whether a figure has a best."""
    return figure not in UNRANKED
