"""What the data set `feedback` is: its card, without the store that its rows come from, which takes long to import."""

from lab.card import DataCard, Text

FEEDBACK = "feedback"
CARD = DataCard(
    id=FEEDBACK,
    name=Text("Your feedback", "你们的反馈"),
    explain=Text(
        "What was said of answers in this lab: votes (for DPO, ORPO and reward models), thumbs and votes (for KTO), "
        "good answers and edits (for SFT), what was asked (for PPO, RLOO and GRPO).",
        "在本实验室收集到的评价：投票（用于 DPO、ORPO 和奖励模型）、点赞点踩与投票（用于 KTO）、"
        "好回答与改写（用于 SFT）、问过的问题（用于 PPO、RLOO、GRPO）。",
    ),
    format="ratings",
    source="The people and the scripted raters of this lab.",
    licence="yours",
    languages=("en", "zh"),
)
MADE_FROM = {
    "preference": ("vote", "edit"),
    "binary_feedback": ("thumb", "vote"),
    "prompt_completion": ("edit", "thumb"),
    "prompt": ("vote", "edit", "thumb"),
}
"""The kinds of rating each format is made from."""
