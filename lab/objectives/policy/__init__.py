"""Proximal policy optimisation for language models, written to be lifted out: it is used through `trainer.PPOTrainer`.

    trainer = PPOTrainer(
        "HuggingFaceTB/SmolLM2-135M-Instruct",
        reward_funcs=lambda prompts, completions, **columns: [float(len(set(said))) for said in completions],
        args=PPOConfig("out", per_device_train_batch_size=32, max_steps=50),
        train_dataset=Dataset.from_list([{"prompt": "Once upon a time"}]),
        peft_config=LoraConfig(task_type="CAUSAL_LM"),
    )
    trainer.train()

It needs torch, transformers, accelerate and datasets (peft and trl's reward models where you use them) and, of the lab,
only `lab.errors`. Nothing is imported here, so that reading the objectives' cards loads no heavy library.
"""
