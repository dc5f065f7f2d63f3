"""Knobs that PPO, GRPO and RLOO share, each with one meaning and one unit, so that the three can be compared.

A step is the same for all: `budget.batch_size` answers are sampled, scored, and learned from. PPO asks as many questions,
GRPO and RLOO ask `group` times fewer and answer each `group` times.
"""

from lab.card import Number, Switch, Text

ANSWER_TOKENS = Number("answer_tokens", Text("Longest answer", "最长回答"), 48, 1, 2048, Text("In tokens.", "以词元计。"), whole=True)  # fmt: skip
KL_COEF = Number(
    "kl_coef", Text("KL coefficient", "KL 系数"), 0.05, 0.0, 10.0,
    Text(
        "What a nat of divergence of a whole answer costs, in the reward's own units, whichever way of learning: "
        "higher stays closer to the start.",
        "整个回答每偏离一奈特的代价,以奖励自身的单位计,各算法含义相同:越高越贴近初始模型。",
    ),
)  # fmt: skip
NO_END_PENALTY = Number(
    "no_end_penalty", Text("Penalty for not ending", "未结束惩罚"), 1.0, 0.0, 100.0,
    Text(
        "Taken off the reward of answers cut at the limit, in the reward's own units; 0 treats them like finished ones.",
        "被长度上限截断的回答扣除的奖励,以奖励自身的单位计;0 表示与正常结束的回答同等对待。",
    ),
)  # fmt: skip
MASK_CUT = Switch(
    "mask_cut", Text("Leave out cut answers", "忽略被截断的回答"), False,
    Text("Answers cut at the limit are compared with the others, but nothing is learned from their words (Yu et al. 2025, DAPO).", "被截断的回答仍参与组内比较,但不从其文字中学习(DAPO, Yu et al. 2025)。"),
)  # fmt: skip
STOP_KL = Number(
    "stop_kl", Text("Stop at KL", "KL 上限"), 60.0, 0.0, 10000.0,
    Text("Nats an answer at which training ends, because the answers have left the start behind; 0 never.", "每个回答的 KL 超过该值时停止训练,说明已远离初始模型;0 表示不停。"),
)  # fmt: skip
TEMPERATURE = Number("temperature", Text("Temperature", "温度"), 1.0, 0.1, 2.0, Text("Of the answers it learns from.", "采样回答时的温度。"))  # fmt: skip
