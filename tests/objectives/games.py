"""Games for a policy: a model of a dozen one-letter tokens, whose best answers are known."""

from datasets import Dataset

LETTERS = tuple("abcdefgh")
EOS, PAD = "</s>", "<pad>"


def make_tokenizer():
    """One token a letter, plus an end and a padding."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    known = {token: i for i, token in enumerate((*LETTERS, EOS, PAD))}
    letters = Tokenizer(models.WordLevel(known, unk_token=PAD))
    letters.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    letters.decoder = decoders.Fuse()
    return PreTrainedTokenizerFast(tokenizer_object=letters, eos_token=EOS, pad_token=PAD, padding_side="left")


def make_model(seed: int = 0, layers: int = 1, dropout: float = 0.0):
    """A random Llama of some 10,000 parameters that knows only the letters."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=len(LETTERS) + 2, hidden_size=32, intermediate_size=64, num_hidden_layers=layers,
        num_attention_heads=2, num_key_value_heads=2, max_position_embeddings=64, tie_word_embeddings=False,
        attention_dropout=dropout, initializer_range=0.2,
        bos_token_id=None, eos_token_id=len(LETTERS), pad_token_id=len(LETTERS) + 1,
    )  # fmt: skip
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return LlamaForCausalLM(config)


def make_classifier(seed: int = 0):
    """A random reward model over the same letters."""
    import torch
    from transformers import LlamaForSequenceClassification

    config = make_model().config
    config.num_labels = 1
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return LlamaForSequenceClassification(config)


def prompts(*texts: str) -> Dataset:
    return Dataset.from_list([{"prompt": text} for text in texts])


def count_a(prompts, completions) -> list[float]:
    """A reward that varies: how many a's."""
    return [float(completion.count("a")) for completion in completions]


def make_trainer(
    folder, reward=count_a, model=None, peft_config=None, data=None, tokenizers=None, eval_data=None, **given
):
    """A PPOTrainer for the letters; `given` are settings of PPOConfig."""
    from lab.objectives.policy.config import PPOConfig
    from lab.objectives.policy.trainer import PPOTrainer

    settings = {
        "per_device_train_batch_size": 16, "max_steps": 2, "max_completion_length": 6, "learning_rate": 1e-2,
        "use_cpu": True, "report_to": [], "disable_tqdm": True, "save_strategy": "no",
    }  # fmt: skip
    return PPOTrainer(
        model if model is not None else make_model(), reward, PPOConfig(str(folder), **(settings | given)),
        data if data is not None else prompts("ab", "c", "def", "h"), processing_class=make_tokenizer(),
        reward_processing_classes=tokenizers, peft_config=peft_config, eval_dataset=eval_data,
    )  # fmt: skip


def make_lora(task_type: str = "CAUSAL_LM", **given):
    from peft import LoraConfig

    return LoraConfig(r=4, target_modules="all-linear", task_type=task_type, **given)
