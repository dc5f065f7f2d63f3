"""Pretrains nano on prepared tokens: a short loop, bf16 weights with fp32 masters, Muon and AdamW; one core will do.

    python recipes/nano/pretrain.py --work .lab/nano                         # trains; goes on where it stopped
    python recipes/nano/pretrain.py --work .lab/nano --export assets/nano    # and writes the model at each checkpoint
    python recipes/nano/pretrain.py --work .lab/nano --processes 2           # a core each: 1.8 times as fast as one
    python recipes/nano/pretrain.py --work .lab/nano --export assets/nano --seconds 0    # only writes the last one
    python recipes/nano/pretrain.py --work .lab/more --start assets/nano                 # goes on from finished weights

A step's batch depends on the seed and the step alone, so an interrupted run goes on exactly; train.bin may be swapped.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed
import yaml
from tokenizers import Tokenizer
from torch.nn.functional import pad
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import attention  # noqa: E402
from copying import seed_copying_heads  # noqa: E402

PROBES = ("stories", "chat", "stories_zh", "chat_zh", "real")

# ChatML; the generation markers tell TRL which tokens the assistant wrote (assistant_only_loss)
CHAT_TEMPLATE = (
    "{% for message in messages %}{% if message['role'] == 'assistant' %}{{ '<|im_start|>assistant\n' }}"
    "{% generation %}{{ message['content'] + '<|im_end|>' }}{% endgeneration %}{{ '\n' }}"
    "{% else %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endif %}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


class ChunkedCrossEntropy(torch.autograd.Function):
    """Mean cross-entropy of a tied head, a chunk of rows at a time: logits never leave the cache (8 % faster)."""

    @staticmethod
    def forward(ctx, hidden, weight, targets, chunk=256):
        """hidden (tokens, width) and weight (entries, width) in bf16; returns nats a token."""
        tokens = hidden.shape[0]
        # whole chunks: oneDNN keeps what it compiles for each size it meets, gigabytes of it after an hour of odd ones
        hidden, targets = (pad(x, (0,) * (2 * x.ndim - 1) + (-tokens % chunk,)) for x in (hidden, targets))
        hidden_grad, weight_grad, loss = torch.empty_like(hidden), torch.zeros(weight.shape), 0.0
        for start in range(0, tokens, chunk):
            rows, goal = hidden[start : start + chunk], targets[start : start + chunk]
            logits = (rows @ weight.t()).float()
            normaliser = torch.logsumexp(logits, 1)
            here = tokens - start
            loss += float((normaliser - logits.gather(1, goal[:, None])[:, 0])[:here].sum())
            error = logits.sub_(normaliser[:, None]).exp_()  # softmax minus one-hot is the gradient
            error[torch.arange(len(goal)), goal] -= 1
            error[here:] = 0
            error = error.to(hidden.dtype)
            hidden_grad[start : start + chunk] = error @ weight
            weight_grad += error.t() @ rows
        ctx.save_for_backward(hidden_grad[:tokens] / tokens, (weight_grad / tokens).to(weight.dtype))
        return torch.tensor(loss / tokens)

    @staticmethod
    def backward(ctx, grad):
        hidden_grad, weight_grad = ctx.saved_tensors
        return hidden_grad * grad, weight_grad * grad, None, None


def build(shape: dict, entries: int) -> LlamaForCausalLM:
    """A fresh Llama of this shape, tied head, float32."""
    config = LlamaConfig(
        vocab_size=entries, tie_word_embeddings=True, bos_token_id=0, eos_token_id=3, pad_token_id=1,
        attn_implementation=attention.NAME, **({"max_position_embeddings": 512} | shape),
    )  # fmt: skip
    return LlamaForCausalLM(config)


def loss_of(model: LlamaForCausalLM, windows: torch.Tensor, keep: torch.Tensor | None = None) -> torch.Tensor:
    """Nats a token over (batch, length + 1) windows; only over the targets (batch, length) to keep, where given."""
    hidden = model.model(windows[:, :-1], use_cache=False).last_hidden_state.reshape(-1, model.config.hidden_size)
    targets = windows[:, 1:].reshape(-1)
    if keep is not None:
        hidden, targets = hidden[keep.reshape(-1)], targets[keep.reshape(-1)]
    return ChunkedCrossEntropy.apply(hidden, model.lm_head.weight, targets)


def worth_learning(windows: torch.Tensor, user: int, one_in: int = 8) -> torch.Tensor:
    """Which targets (batch, length) to learn: all but the user's words, of which one in so many is kept.

    What a user asks can't be guessed: learning it costs time and adds noise, and nobody wants a model to say it.
    """
    starts = windows == 2  # <|im_start|>
    place = torch.arange(windows.shape[1]).expand_as(windows)
    last_start = torch.where(starts, place, 0).cummax(1).values
    who = windows.gather(1, (last_start + 1).clamp(max=windows.shape[1] - 1))
    asking = (who == user) & starts.gather(1, last_start)
    return (~asking | (place % one_in == 0))[:, 1:]


def batch(tokens: np.ndarray, seed: int, step: int, rows: int, length: int, echoes: int = 0) -> torch.Tensor:
    """Random windows (rows, length + 1), the same for the same seed and step.

    The first `echoes` of them say a shorter window twice: without them a model this small takes millions of tokens
    more before its heads learn to copy (Olsson et al. 2022), and until then names swap and no text is read.
    """
    starts = np.random.default_rng((seed, step)).integers(0, len(tokens) - length - 1, rows)
    windows = np.stack([tokens[s : s + length + 1] for s in starts]).astype(np.int64)
    for row in range(echoes):
        period = (length + 1) // (2 + (step + row) % 4)
        windows[row] = np.resize(windows[row, :period], length + 1)
    return torch.from_numpy(windows)


def probe(model: LlamaForCausalLM, file: Path, length: int, user: int, rows: int = 24) -> float:
    """Loss on a held-out token file, in the same windows every time; of a chat only the answers count."""
    windows = batch(np.fromfile(file, dtype=np.uint16), 7, 0, rows, length)
    with torch.no_grad():
        return float(loss_of(model, windows, worth_learning(windows, user, one_in=windows.numel())))


def rate(step: int, settings: dict, time_left: float = 1.0) -> float:
    """Share of the peak learning rate after so many steps (or where the time has got to): linear between the points."""
    reached = max(step + 1, (1 - time_left) * settings["steps"])
    return float(np.interp(reached, *zip(*settings["schedule"], strict=True)))


class Trainer:
    """The model in bf16, its fp32 masters, two optimizers, and where they are saved."""

    def __init__(self, recipe: dict, work: Path, name: str, entries: int):
        torch.manual_seed(recipe["seed"])
        shape = recipe["model"] if name == "nano" else recipe["sizes"][name]
        self.settings, self.seed, self.work, self.name = recipe["training"], recipe["seed"], work, name
        self.model = build(shape, entries)
        self.masters = [p.detach().clone().requires_grad_() for p in self.model.parameters()]
        self.frequencies = self.model.model.rotary_emb.inv_freq.clone()
        self.model.bfloat16()
        self.model.model.rotary_emb.inv_freq = self.frequencies  # rounded ones would not be those of the shipped model
        self.weights = list(self.model.parameters())
        names = [n for n, _ in self.model.named_parameters()]
        is_matrix = [p.ndim == 2 and "embed" not in n for n, p in zip(names, self.masters, strict=True)]
        self.muon = torch.optim.Muon([p for p, m in zip(self.masters, is_matrix, strict=True) if m], weight_decay=0.05)
        self.adam = torch.optim.AdamW([p for p, m in zip(self.masters, is_matrix, strict=True) if not m],
                                      betas=(0.9, 0.98), weight_decay=0.0)  # fmt: skip
        self.step, self.seconds = 0, 0.0
        self.user = Tokenizer.from_file(str(work / "tokenizer.json")).encode("user").ids[0]

    def update(self, windows: torch.Tensor, time_left: float = 1.0, processes: int = 1, rank: int = 0) -> float:
        """One optimizer step; returns the loss before it. Each of several processes takes its share of windows."""
        share = rate(self.step, self.settings, time_left)
        for optimizer, peak in ((self.muon, "muon_rate"), (self.adam, "adam_rate")):
            for group in optimizer.param_groups:
                group["lr"] = self.settings[peak] * share
        keep = worth_learning(windows, self.user)
        mine = keep[rank::processes]
        loss = loss_of(self.model, windows[rank::processes], mine) * (mine.sum() / keep.sum())
        loss.backward()
        with torch.no_grad():
            summed = torch.cat([loss.detach().reshape(1), *(w.grad.float().flatten() for w in self.weights)])
            if processes > 1:
                torch.distributed.all_reduce(summed)
            grads = summed[1:].split([w.numel() for w in self.weights])
            for master, weight, grad in zip(self.masters, self.weights, grads, strict=True):
                master.grad = grad.view_as(master)
                weight.grad = None
            self.muon.step()
            self.adam.step()
            for master, weight in zip(self.masters, self.weights, strict=True):
                weight.copy_(master)
        self.step += 1
        return float(summed[0])

    def seed_copying(self, tokens: np.ndarray) -> None:
        """Gives some heads a start at copying (see copying.py)."""
        windows = batch(tokens, self.seed, self.step, 24, self.settings["length"])[:, :-1]
        seed_copying_heads(self.model.float(), tokens, windows, self.settings["copying"]["groups"])
        with torch.no_grad():
            for master, weight in zip(self.masters, self.weights, strict=True):
                master.copy_(weight)
        self.model.bfloat16()
        self.model.model.rotary_emb.inv_freq = self.frequencies

    def begin_with(self, folder: Path) -> None:
        """Takes the weights of a finished model as the start."""
        finished = dict(LlamaForCausalLM.from_pretrained(folder, dtype=torch.float32).named_parameters())
        with torch.no_grad():
            for (name, weight), master in zip(self.model.named_parameters(), self.masters, strict=True):
                master.copy_(finished[name])
                weight.copy_(master)

    @property
    def file(self) -> Path:
        return self.work / f"{self.name}.pt"

    def save(self) -> None:
        """Everything needed to go on, written whole or not at all."""
        state = {"masters": self.masters, "muon": self.muon.state_dict(), "adam": self.adam.state_dict(),
                 "step": self.step, "seconds": self.seconds}  # fmt: skip
        torch.save(state, self.file.with_suffix(".part"))
        self.file.with_suffix(".part").replace(self.file)

    def load(self) -> None:
        """Goes on from the last checkpoint, if there is one."""
        if not self.file.exists():
            return
        state = torch.load(self.file)
        with torch.no_grad():
            for master, weight, saved in zip(self.masters, self.weights, state["masters"], strict=True):
                master.copy_(saved)
                weight.copy_(saved)
        self.muon.load_state_dict(state["muon"])
        self.adam.load_state_dict(state["adam"])
        self.step, self.seconds = state["step"], state["seconds"]


def export(model: LlamaForCausalLM, tokenizer_file: Path, folder: Path) -> None:
    """The model and tokenizer as transformers wants them."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_file=str(tokenizer_file), bos_token="<|endoftext|>", eos_token="<|im_end|>", pad_token="<|pad|>",
        model_max_length=512, clean_up_tokenization_spaces=False, padding_side="left",
    )  # fmt: skip
    tokenizer.chat_template = CHAT_TEMPLATE
    tokenizer.save_pretrained(folder)
    config = folder / "tokenizer_config.json"
    config.write_text(
        config.read_text().replace("TokenizersBackend", "PreTrainedTokenizerFast")
    )  # older versions' name
    model.generation_config.update(bos_token_id=0, eos_token_id=[3, 0], pad_token_id=1)
    model.save_pretrained(folder)
    for file in folder.iterdir():
        file.chmod(0o644)


def train(
    trainer: Trainer, tokens: np.ndarray, seconds: float, export_to: Path | None, processes: int = 1, rank: int = 0
) -> None:
    """Runs to the recipe's last step, or for so many CPU seconds in all (fair on a busy machine), and keeps a log.

    Of several processes, which all hold the same weights, the first saves and keeps the log.
    """
    settings, losses, started = trainer.settings, [], time.time()
    while trainer.step < settings["steps"] and trainer.seconds < seconds:
        before = time.process_time()
        if trainer.name == "nano" and trainer.step == settings["copying"]["step"]:
            trainer.seed_copying(tokens)
        echoes = settings["echoes"] if trainer.step < settings["echo_steps"] else 0
        windows = batch(tokens, trainer.seed, trainer.step, settings["batch"], settings["length"], echoes)
        losses.append(trainer.update(windows, 1 - trainer.seconds / seconds, processes, rank))
        spent = torch.tensor(time.process_time() - before, dtype=torch.float64)
        if processes > 1:  # all must count alike, or one would stop before the others
            torch.distributed.all_reduce(spent)
        trainer.seconds += float(spent)
        finished = trainer.step >= settings["steps"] or trainer.seconds >= seconds
        if rank or (time.time() - started < settings["checkpoint_seconds"] and not finished):
            continue
        write_log(trainer, losses, time.time() - started)
        trainer.save()
        if export_to:
            export(trainer.model, trainer.work / "tokenizer.json", export_to)
        losses, started = [], time.time()


def write_log(trainer: Trainer, losses: list[float], wall_seconds: float) -> None:
    """One line of figures: training loss of the last steps, loss on each probe, speed."""
    settings = trainer.settings
    tokens_a_step = settings["batch"] * settings["length"]
    line = {
        "step": trainer.step,
        "tokens": trainer.step * tokens_a_step,
        "seconds": round(trainer.seconds),
        "train": round(float(np.mean(losses[-50:])), 4),
        "tokens_per_second": round(len(losses) * tokens_a_step / wall_seconds),
    }
    for name in PROBES:
        if (file := trainer.work / f"probe_{name}.bin").exists():
            line[name] = round(probe(trainer.model, file, settings["length"], trainer.user), 4)
    with (trainer.work / f"{trainer.name}.jsonl").open("a") as out:
        out.write(json.dumps(line) + "\n")


def run(options: argparse.Namespace, rank: int) -> None:
    """Trains as one of the processes, on one thread."""
    torch.set_num_threads(1)
    recipe = yaml.safe_load(options.recipe.read_text())
    if options.start:
        recipe["training"] |= recipe["further"]
    trainer = Trainer(recipe, options.work, options.size, recipe["tokenizer"]["entries"])
    if options.start:
        trainer.begin_with(options.start)
    trainer.load()
    tokens = np.memmap(options.work / options.tokens, dtype=np.uint16, mode="r")
    train(trainer, tokens, options.seconds, options.export, options.processes, rank)
    if options.export and not rank:
        export(trainer.model, options.work / "tokenizer.json", options.export)


def run_beside(rank: int, options: argparse.Namespace, meeting_place: str) -> None:
    """One of several processes that add up their gradients."""
    torch.distributed.init_process_group("gloo", meeting_place, rank=rank, world_size=options.processes)
    run(options, rank)
    torch.distributed.barrier()  # none leaves while another still waits for it
    torch.distributed.destroy_process_group()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=HERE.parent.parent / ".lab/nano")
    parser.add_argument("--recipe", type=Path, default=HERE / "recipe.yaml")
    parser.add_argument("--size", default="nano", help="nano, or one of the recipe's sizes")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="CPU seconds, over all processes")
    parser.add_argument("--processes", type=int, default=1, help="a core each; the windows of a batch are shared out")
    parser.add_argument("--tokens", default="train.bin")
    parser.add_argument("--export", type=Path)
    parser.add_argument("--start", type=Path, help="a finished model to go on from, by the recipe's `further` settings")
    options = parser.parse_args()
    if options.processes == 1:
        run(options, 0)
        return
    meeting = options.work / f"meeting.{os.getpid()}"
    torch.multiprocessing.spawn(run_beside, (options, meeting.resolve().as_uri()), options.processes)
    meeting.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
