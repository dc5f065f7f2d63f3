"""A tiny random Llama with a tokenizer and a chat template, made on the spot: for unit tests only."""

from pathlib import Path

SENTENCES = (
    "The parrot sat on the branch and looked at the sea. It said hello to every boat that came by.",
    "What is in mapo tofu? Tofu, minced beef, chili bean paste and Sichuan pepper.",
    "How do you cook rice? Wash it, add water, cover the pot and wait for twenty minutes.",
    "Why is the sky blue? Because the air scatters blue light more than red light.",
    "麻婆豆腐是一道四川菜,又麻又辣。北京烤鸭的皮很脆。鹦鹉会说话,也会做菜。",
    "Once there was a small girl who had a green bird. The bird could count: one, two, three, 1 2 3 4 5.",
)

TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' }}"
    "{% if message['role'] == 'assistant' %}{% generation %}{{ message['content'] + '<|im_end|>' }}{% endgeneration %}"
    "{% else %}{{ message['content'] + '<|im_end|>' }}{% endif %}{{ '\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def make_tiny_base(folder: Path, seed: int = 0, layers: int = 2, positions: int = 512) -> Path:
    """Write a random Llama (some 130,000 parameters) to `folder`, as safetensors with tokenizer and chat template."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = make_tiny_tokenizer()
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(folder)
    config = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=64, intermediate_size=128, num_hidden_layers=layers,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=positions, tie_word_embeddings=True,
        initializer_range=0.2,  # so that no two tokens are nearly as likely, and greedy answers are clear-cut
        bos_token_id=None, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id,
    )  # fmt: skip
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        LlamaForCausalLM(config).save_pretrained(folder)
    return Path(folder)


def make_tiny_tokenizer():
    """A byte-level BPE of 500 entries over SENTENCES, ending answers with <|im_end|> and padding with <|pad|>."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=500, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False,
        special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|pad|>"],
    )  # fmt: skip
    bpe.train_from_iterator(SENTENCES, trainer)
    return PreTrainedTokenizerFast(tokenizer_object=bpe, eos_token="<|im_end|>", pad_token="<|pad|>")


def make_lora_run(home, base: str, run_id: str, seed: int = 1, under: tuple = (), rank: int = 4, **settings):
    """A finished run with a random LoRA adapter on `base` (or on the chain `under`), as training leaves it."""
    import torch
    from peft import LoraConfig

    settings = {"lora_alpha": 16, "target_modules": "all-linear"} | settings

    def config():
        torch.manual_seed(seed)
        return LoraConfig(r=rank, init_lora_weights=False, task_type="CAUSAL_LM", **settings)

    return make_adapter_run(home, base, run_id, config, under)


def make_adapter_run(home, base: str, run_id: str, config, under: tuple = ()):
    """A finished run with the adapter that `config()` describes, untrained; returns its chain."""
    import torch
    from peft import get_peft_model

    from lab.models import Link, chain_of, load_chain, save_chain
    from lab.models.load import merge

    chain = under or chain_of(base, home)
    model = load_chain(chain, home)
    if chain[-1].kind == "adapter":
        model = merge(model)
    with torch.random.fork_rng():
        get_peft_model(model, config()).save_pretrained(home.run(run_id).stage(0))
    longer = (*chain, Link("adapter", f"{run_id}/stage-0", "lora"))
    save_chain(home.run(run_id), longer)
    return longer


def make_tensors_run(home, base: str, run_id: str, names: tuple[str, ...], scale: float = 1.5):
    """A finished run that scaled some of the base's weights; returns its chain."""
    from safetensors.torch import save_file

    from lab.models import Link, chain_of, load_chain, save_chain

    model = load_chain(chain_of(base, home), home)
    folder = home.run(run_id).stage(0)
    folder.mkdir(parents=True)
    save_file({name: scale * model.get_parameter(name).detach() for name in names}, folder / "tensors.safetensors")
    chain = (*chain_of(base, home), Link("tensors", f"{run_id}/stage-0", "freeze"))
    save_chain(home.run(run_id), chain)
    return chain
