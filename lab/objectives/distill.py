"""Knowledge distillation: a student learns from a teacher model, by the words it writes or by its whole distribution.

Words can be learned from any teacher (Kim and Rush 2016, sequence level). A distribution is over the entries of one
tokenizer, so it can only be followed where both have the same (Hinton et al. 2015; Agarwal et al. 2024, on the student's
own text). The teacher is the recipe's `teacher`; the student begins where the recipe's base is, never at its teacher.
"""

from pathlib import Path
from typing import Any

from lab.card import Choice, Number, ObjectiveCard, Text, find_cards
from lab.data import DataSet, RowSizes
from lab.data.encode import ANSWERS, encode
from lab.data.token_rows import TrainingSequence
from lab.errors import DataError, RecipeError
from lab.evaluate.graded import Graded
from lab.home import Home
from lab.models.same_tokenizer import tokenizer_difference
from lab.objectives._sampling_knobs import ANSWER_TOKENS
from lab.objectives._sequences import question_sequence, spoken_sequences
from lab.objectives._supervised import supervised_trainer
from lab.objectives.distilling.figures import drawn, lesson_figures, likeness
from lab.objectives.distilling.rows import Lesson, keep_lessons, lessons_of, question_of
from lab.objectives.task import Task
from lab.recipe import ResolvedStage
from lab.recipe.teachers import Teaching
from lab.store.pictures import Picture

LESSONS = "lessons"
"""Beside the model, not a part of it: what its teacher wrote."""

CARD = ObjectiveCard(
    id="distill",
    name=Text("Knowledge distillation", "知识蒸馏"),
    family="distillation",
    explain=Text(
        "A student learns from a teacher model instead of from people's answers: either the words that the teacher writes, "
        "or, where both have one tokenizer, how likely the teacher finds every next word, on given text or on the "
        "student's own.",
        "学生模型不向人写的答案学,而向教师模型学:要么学教师写出的文字;要么在两者分词器相同时,学教师对每个下一词给出的概率,文本可以是现成的,也可以由学生自己写。",
    ),
    good=Text(
        "Questions are many and answers few, and a better or larger model can answer them.",
        "问题很多、标准答案很少,而手头有更好或更大的模型能回答。",
    ),
    bad=Text(
        "The student learns the teacher's faults as well, and seldom gets better than it. Probabilities can't be followed "
        "across tokenizers. Mind the teacher's licence.",
        "教师的错误也会学去,学生很少能超过教师。分词器不同就不能学概率。还要留意教师模型的许可。",
    ),
    paper="Hinton et al. 2015, arXiv:1503.02531; Kim and Rush 2016, arXiv:1606.07947; Agarwal et al. 2023, arXiv:2306.13649",
    formats=("prompt_completion", "messages", "prompt"),
    taught=True,
    knobs=(
        Choice(
            "learn", Text("What is learned", "学什么"), "words", ("words", "probabilities"),
            Text("words: the teacher's text, as if people had written it; any tokenizer. probabilities: how likely the "
                 "teacher finds every word; the same tokenizer.",
                 "words:教师写的文字,当作人写的来学,分词器可以不同。probabilities:教师给每个词的概率,分词器必须相同。"),
        ),
        Choice(
            "text", Text("On whose answers", "在谁的回答上学"), "teacher", ("teacher", "data"),
            Text("teacher: it answers every question first. data: the data's own answers, of which probabilities are learned.",
                 "teacher:先由教师回答每个问题。data:用数据自带的回答,在上面学概率。"),
        ),
        Number(
            "on_policy", Text("On-policy share", "同策略比例"), 0.0, 0.0, 1.0,
            Text("In how many of the steps the student answers itself and the teacher's probabilities on that are learned "
                 "(lambda in the paper); 0 never.",
                 "多少比例的步由学生自己写回答,再学教师在这些文字上的概率(论文中的 λ);0 表示从不。"),
        ),
        Number(
            "beta", Text("Divergence", "散度 β"), 0.0, 0.0, 1.0,
            Text("Of probabilities: 0 covers all that the teacher might say (forward KL), 1 keeps to what it says most "
                 "(reverse KL), between them Jensen-Shannon.",
                 "学概率时:0 覆盖教师可能说的一切(前向 KL),1 只抓住教师最可能说的(反向 KL),中间是广义 JS 散度。"),
        ),
        Number(
            "temperature", Text("Temperature", "蒸馏温度"), 1.0, 0.5, 10.0,
            Text("Softens both distributions, so that unlikely words count more.", "把两边的概率分布变平缓,让不太可能的词也有分量。"),
        ),
        Number(
            "teacher_temperature", Text("Teacher's sampling", "教师采样温度"), 0.0, 0.0, 2.0,
            Text("With which temperature the teacher writes; 0 always takes the likeliest word.", "教师写回答时的温度;0 表示总取最可能的词。"),
        ),
        Number(
            "prompts", Text("Questions", "问题数"), 0, 0, 100_000,
            Text("At most so many questions are answered by the teacher; 0 takes all.", "最多让教师回答多少个问题;0 表示全部。"), whole=True,
        ),
        ANSWER_TOKENS,
    ),
)  # fmt: skip


def check(stage: ResolvedStage, *, place: str) -> None:
    """Refuse options that leave nothing to learn from a teacher, and data that lacks what they need."""
    options = stage.options
    if options["learn"] == "words" and options["text"] == "data":
        raise RecipeError(
            "the words of the data are learned by 'sft', which has no teacher", where=f"{place}.options.text",
            do="take text: teacher, or learn: probabilities.",
        )  # fmt: skip
    if options["learn"] == "words" and options["on_policy"]:
        raise RecipeError(
            "a student learns nothing from its own words but what the teacher thinks of them",
            where=f"{place}.options.on_policy", do="take learn: probabilities, or leave it out.",
        )  # fmt: skip
    built_in = find_cards("lab.data.builtin")
    asking = [one.name for one in stage.data if one.name in built_in and built_in[one.name].CARD.format == "prompt"]
    if asking and options["text"] == "data" and options["on_policy"] < 1:
        raise RecipeError(
            f"'{asking[0]}' has no answers to learn on", where=f"{place}.options.text",
            do="take text: teacher, or on_policy: 1.",
        )  # fmt: skip
    if asking and stage.chooses:
        raise RecipeError(
            f"'{asking[0]}' has no answers, so there is no held-out loss to choose anything by", where=place,
            do="give a learning rate, and leave out early_stop and keep.",
        )  # fmt: skip


def check_teacher(stage: ResolvedStage, teacher: Path, student: Path, /, *, place: str) -> None:
    """Refuse a teacher in one folder whose probabilities are over other words than those of the student in another."""
    if stage.options["learn"] == "probabilities" and (difference := tokenizer_difference(teacher, student)):
        raise RecipeError(
            f"the probabilities of '{stage.teacher}' can't be learned across tokenizers: {difference}",
            where=f"{place}.teacher", do="take learn: words, or a teacher made from the same base.",
        )  # fmt: skip


def teaching(stage: ResolvedStage) -> Teaching:
    """How much the teacher has to do."""
    options = stage.options
    follows = options["learn"] == "probabilities"
    writes = options["text"] == "teacher" and not (follows and options["on_policy"] == 1)
    return Teaching(
        writes=(options["prompts"] or None) if writes else 0, answer_tokens=options["answer_tokens"], follows=follows,
        on_policy=options["on_policy"],
    )  # fmt: skip


def sizes(of_rows: RowSizes, stage: ResolvedStage) -> RowSizes:
    """Rows that only ask get an answer: half of what it may be at most, which is all that is known of it."""
    if of_rows.learned:
        return of_rows
    limit, answer = float(stage.budget.max_length), stage.options["answer_tokens"] / 2
    return RowSizes(min(limit, of_rows.mean + answer), min(limit, of_rows.longest + 2 * answer), answer)


def make_trainer(task: Task) -> Any:
    """A trainer of the teacher's words, or one that follows its probabilities."""
    options = task.stage.options
    lessons: list[Lesson] = []
    if options["text"] == "teacher" and options["on_policy"] < 1:
        lessons, rows = lessons_of(task)
    else:
        rows = _given_rows(task)
    if options["learn"] == "words":
        trainer = supervised_trainer(task, rows)
    else:
        from lab.objectives.distilling.trainer import divergence_trainer

        trainer = divergence_trainer(task, rows)
    trainer.lessons = lessons, str(task.stage.teacher)
    task.model.__dict__[LESSONS] = lessons
    return trainer


def _given_rows(task: Task) -> list[Any]:
    """The data's rows with their answers; where those are never looked at, rows that only ask do too."""
    data, length = task.data, task.stage.budget.max_length
    if data.format in ANSWERS:
        return encode(data.train, data.format, task.tokenizer, length)
    if task.stage.options["on_policy"] < 1:
        raise DataError(f"the rows of '{data.name}' have no answers to learn on", do="take options.text: teacher.")
    asked = [{"prompt": row["prompt"], "completion": "?"} for row in data.train]
    return encode(asked, "prompt_completion", task.tokenizer, length)


def save(trainer: Any, folder: Path) -> None:
    """What the teacher wrote, beside the weights."""
    lessons, teacher = trainer.lessons
    if lessons:
        keep_lessons(lessons, teacher, folder)


def sequences(row: dict[str, Any], format: str, tokenizer: Any, stage: ResolvedStage) -> list[TrainingSequence]:
    """The question alone where somebody has yet to answer it; else the row with its answers."""
    if stage.options["text"] == "teacher" or format not in ANSWERS:
        return [question_sequence({"prompt": question_of(row, format)}, tokenizer, stage)]
    return spoken_sequences(row, format, tokenizer, stage)


def held_out_loss(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, limit: int) -> float | None:
    """Mean cross-entropy of the data's own held-out answers in nats, as in supervised fine-tuning, so that both stand
    beside each other; None for data that only asks."""
    from lab.evaluate.loss import mean_loss

    if data.format not in ANSWERS or not data.held_out:
        return None
    return mean_loss(model, tokenizer, encode(data.held_out[:limit], data.format, tokenizer, stage.budget.max_length))


def measure(model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int) -> Graded:
    """How alike student and teacher answer held-out questions, and what the teacher's text was worth."""
    lessons = model.__dict__.get(LESSONS)
    alike = likeness(model, tokenizer, data, stage, home, limit, trained=lessons is not None)
    return alike + lesson_figures(lessons or ())


def pictures(
    model: Any, tokenizer: Any, data: DataSet, stage: ResolvedStage, home: Home, limit: int
) -> dict[str, Picture]:
    """What the teacher wrote to some questions, and what the student says to them now."""
    return dict(drawn(model, tokenizer, data, stage, home, model.__dict__.get(LESSONS, ())))
