-- A lab of schema 1, as the program at 30a66f7 made it: runs, points, samples, answers, thumbs, an edit.
BEGIN TRANSACTION;
CREATE TABLE answers (
	id VARCHAR(32) NOT NULL, 
	run VARCHAR(300) NOT NULL, 
	messages TEXT NOT NULL, 
	text TEXT NOT NULL, 
	settings TEXT NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	time FLOAT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "answers" VALUES('6b9bbde0aff4754a','base:nano','[{"role": "user", "content": "你是谁? Who are you?"}]','A parrot.','{"seed": 1}','f00d',1.79583589604975581164e+09);
INSERT INTO "answers" VALUES('a974d2e49aa5ab32','run000aa','[{"role": "user", "content": "你是谁? Who are you?"}]','A bird.','{"seed": 2}','beef',1.79583589605085611347e+09);
CREATE TABLE baselines (
	"key" VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	time FLOAT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "baselines" VALUES('k','{"eval_loss": 1.5}',1.79583589605966091151e+09);
CREATE TABLE feedback (
	id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	subject VARCHAR(100) NOT NULL, 
	rater VARCHAR(100) NOT NULL, 
	verdict TEXT NOT NULL, 
	answer VARCHAR(32) NOT NULL, 
	other VARCHAR(32), 
	reason TEXT NOT NULL, 
	scripted BOOLEAN NOT NULL, 
	time FLOAT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(answer) REFERENCES answers (id), 
	FOREIGN KEY(other) REFERENCES answers (id)
);
INSERT INTO "feedback" VALUES(1,'thumb','6b9bbde0aff4754a','browser-aaaa','good','6b9bbde0aff4754a',NULL,'short',0,1795835896.05315);
INSERT INTO "feedback" VALUES(2,'thumb','a974d2e49aa5ab32','browser-aaaa','good','a974d2e49aa5ab32',NULL,'',0,1.79583589605523920055e+09);
INSERT INTO "feedback" VALUES(3,'thumb','a974d2e49aa5ab32','browser-aaaa','none','a974d2e49aa5ab32',NULL,'',0,1.79583589605658054352e+09);
INSERT INTO "feedback" VALUES(4,'edit','a974d2e49aa5ab32','browser-aaaa','A parrot; a green one.','a974d2e49aa5ab32',NULL,'',0,1.79583589605779337878e+09);
CREATE TABLE points (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	run VARCHAR(32) NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	step INTEGER NOT NULL, 
	value FLOAT NOT NULL, 
	time FLOAT NOT NULL, 
	FOREIGN KEY(run) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "points" VALUES(1,'run000aa','loss',1,2.5,1.79583589604350519182e+09);
INSERT INTO "points" VALUES(2,'run000aa','eval_loss',1,2.75,1.79583589604350519182e+09);
INSERT INTO "points" VALUES(3,'run000aa','loss',2,1.5,1.79583589604469776156e+09);
CREATE TABLE runs (
	id VARCHAR(32) NOT NULL, 
	position INTEGER NOT NULL, 
	comparison VARCHAR(32) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	recipe_name VARCHAR(200) NOT NULL, 
	recipe TEXT NOT NULL, 
	base VARCHAR(300) NOT NULL, 
	method VARCHAR(60) NOT NULL, 
	objective VARCHAR(60) NOT NULL, 
	parent VARCHAR(32), 
	status VARCHAR(20) NOT NULL, 
	created FLOAT NOT NULL, 
	started FLOAT, 
	ended FLOAT, 
	request VARCHAR(20), 
	error TEXT, 
	step INTEGER NOT NULL, 
	total_steps INTEGER NOT NULL, 
	pid INTEGER, 
	machine VARCHAR(200), 
	outcome TEXT, 
	PRIMARY KEY (id)
);
INSERT INTO "runs" VALUES('run000aa',1,'c0ffee','LoRA','Dishes','name: Dishes
base: nano
data: cuisine
variants: [{name: LoRA, method: lora}]
','nano','lora','sft',NULL,'done',1795000000.0,1.79583589604124975206e+09,1.79583589604869985579e+09,NULL,NULL,2,2,NULL,'here:/lab','{"steps": 2, "trainable_params": null, "total_params": null, "adapter_bytes": 1024, "train_seconds": null, "startup_seconds": null, "tokens_per_second": null, "peak_memory_bytes": null, "train_loss_first": null, "train_loss_last": 1.5, "eval_loss": {"before": 2.75, "after": 2.0}, "metrics": {"exact_match": {"before": 0.0, "after": 0.5}}, "forgetting": {"before": null, "after": null}, "environment": {"python": "3.11"}}');
INSERT INTO "runs" VALUES('run001bb',2,'c0ffee','LoRA again','Dishes','name: Dishes
base: nano
data: cuisine
variants: [{name: LoRA, method: lora}]
','nano','lora','sft',NULL,'queued',1795000000.0,NULL,NULL,NULL,NULL,0,2,NULL,NULL,'{"steps": 0, "trainable_params": null, "total_params": null, "adapter_bytes": null, "train_seconds": null, "startup_seconds": null, "tokens_per_second": null, "peak_memory_bytes": null, "train_loss_first": null, "train_loss_last": null, "eval_loss": {"before": null, "after": null}, "metrics": {}, "forgetting": {"before": null, "after": null}, "environment": {}}');
CREATE TABLE samples (
	id INTEGER NOT NULL, 
	run VARCHAR(32) NOT NULL, 
	step INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	prompt TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	time FLOAT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (run, step, position), 
	FOREIGN KEY(run) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "samples" VALUES(1,'run000aa',2,0,'Who are you?','I''m a parrot; 鹦鹉。',1.79583589604532146456e+09);
CREATE TABLE schema_version (
	version INTEGER NOT NULL
);
INSERT INTO "schema_version" VALUES(1);
CREATE INDEX ix_runs_comparison ON runs (comparison);
CREATE INDEX ix_runs_status ON runs (status);
CREATE INDEX ix_answers_run ON answers (run);
CREATE INDEX points_by_run ON points (run, id);
CREATE INDEX feedback_by_subject ON feedback (kind, rater, subject, id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('points',3);
COMMIT;
