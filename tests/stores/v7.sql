-- A lab of schema 7, as the program at d0e533b makes it of a lab of schema 6: runs say whose they are.
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
INSERT INTO "answers" VALUES('98e3447c4d0d399a','base:nano','[{"role": "user", "content": "你是谁? Who are you?"}]','A parrot.','{"seed": 1}','f00d',1.79583589654009675986e+09);
INSERT INTO "answers" VALUES('466b37b33498d728','run000aa','[{"role": "user", "content": "你是谁? Who are you?"}]','A bird.','{"seed": 2}','beef',1.79583589654104280475e+09);
INSERT INTO "answers" VALUES('88d4b0be5a756442','base:nano','[{"role": "user", "content": "你是谁? Who are you?"}]','One.','{}','',1.79583589654885458948e+09);
INSERT INTO "answers" VALUES('b9c9abd949752817','run000aa','[{"role": "user", "content": "你是谁? Who are you?"}]','Two.','{}','',1.79583589654886198049e+09);
CREATE TABLE baselines (
	"key" VARCHAR(64) NOT NULL, 
	value TEXT NOT NULL, 
	time FLOAT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "baselines" VALUES('k','{"eval_loss": 1.5}',1.79583589655662035937e+09);
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
INSERT INTO "feedback" VALUES(1,'thumb','98e3447c4d0d399a','browser-aaaa','good','98e3447c4d0d399a',NULL,'short',0,1.79583589654311728475e+09);
INSERT INTO "feedback" VALUES(2,'thumb','466b37b33498d728','browser-aaaa','good','466b37b33498d728',NULL,'',0,1.79583589654531812669e+09);
INSERT INTO "feedback" VALUES(3,'thumb','466b37b33498d728','browser-aaaa','none','466b37b33498d728',NULL,'',0,1.79583589654675626753e+09);
INSERT INTO "feedback" VALUES(4,'edit','466b37b33498d728','browser-aaaa','A parrot; a green one.','466b37b33498d728',NULL,'',0,1.79583589654794168475e+09);
INSERT INTO "feedback" VALUES(5,'vote','d0da7d3682765d37','browser-aaaa','left','98e3447c4d0d399a','466b37b33498d728','',0,1.79583589655265045163e+09);
INSERT INTO "feedback" VALUES(6,'vote','d0da7d3682765d37/again','browser-aaaa','right','466b37b33498d728','98e3447c4d0d399a','',0,1.79583589655389595039e+09);
INSERT INTO "feedback" VALUES(7,'vote','d0da7d3682765d37','scripted:happier','tie','98e3447c4d0d399a','466b37b33498d728','',1,1.79583589655523109436e+09);
CREATE TABLE marks (
	run VARCHAR(32) NOT NULL, 
	tags TEXT NOT NULL, 
	note TEXT NOT NULL, 
	starred BOOLEAN NOT NULL, 
	archived BOOLEAN NOT NULL, 
	PRIMARY KEY (run), 
	FOREIGN KEY(run) REFERENCES runs (id) ON DELETE CASCADE
);
CREATE TABLE matches (
	name VARCHAR(700) NOT NULL, 
	pairs INTEGER NOT NULL, 
	same INTEGER NOT NULL, 
	began FLOAT NOT NULL, 
	front INTEGER NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "matches" VALUES('base:nano|run000aa',2,0,1.79583589655151271819e+09,1);
CREATE TABLE pairs (
	id VARCHAR(32) NOT NULL, 
	place INTEGER NOT NULL, 
	"match" VARCHAR(700) NOT NULL, 
	source VARCHAR(100) NOT NULL, 
	first VARCHAR(32) NOT NULL, 
	second VARCHAR(32) NOT NULL, 
	time FLOAT NOT NULL, same BOOLEAN, 
	PRIMARY KEY (id), 
	FOREIGN KEY(first) REFERENCES answers (id), 
	FOREIGN KEY(second) REFERENCES answers (id)
);
INSERT INTO "pairs" VALUES('d0da7d3682765d37',1,'base:nano|run000aa','prompts','98e3447c4d0d399a','466b37b33498d728',1.79583589655151271819e+09,0);
INSERT INTO "pairs" VALUES('3233378364f891f2',2,'base:nano|run000aa','typed','88d4b0be5a756442','b9c9abd949752817',1.79583589655151605601e+09,0);
CREATE TABLE points (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	run VARCHAR(32) NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	step INTEGER NOT NULL, 
	value FLOAT NOT NULL, 
	time FLOAT NOT NULL, 
	FOREIGN KEY(run) REFERENCES runs (id) ON DELETE CASCADE
);
INSERT INTO "points" VALUES(1,'run000aa','loss',1,2.5,1.7958358965321176052e+09);
INSERT INTO "points" VALUES(2,'run000aa','eval_loss',1,2.75,1.7958358965321176052e+09);
INSERT INTO "points" VALUES(3,'run000aa','loss',2,1.5,1.79583589653299474718e+09);
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
	outcome TEXT, forked_at INTEGER, stamp BIGINT, visitor VARCHAR(60), 
	PRIMARY KEY (id)
);
INSERT INTO "runs" VALUES('run000aa',1,'c0ffee','LoRA','Dishes','name: Dishes
base: nano
data: cuisine
variants: [{name: LoRA, method: lora}]
','nano','lora','sft',NULL,'done',1795000000.0,1.79583589653004765509e+09,1.79583589653903222087e+09,NULL,NULL,2,2,NULL,'here:/lab','{"steps": 2, "trainable_params": null, "total_params": null, "adapter_bytes": 1024, "train_seconds": null, "stage_seconds": [3.5], "startup_seconds": null, "tokens_per_second": null, "peak_memory_bytes": null, "train_loss_first": null, "train_loss_last": 1.5, "eval_loss": {"before": 2.75, "after": 2.0}, "metrics": {"exact_match": {"before": 0.0, "after": 0.5}}, "forgetting": {"before": null, "after": null}, "search": [{"stage": 0, "learning_rate": 0.005, "steps": 4, "held_out_loss": 2.1, "seconds": 0.5}], "ranks": {}, "environment": {"python": "3.11"}, "moved": "[\"\",[[\"layers.0.q\",\"query\",0,64,64,0.25]]]"}',NULL,1,NULL);
INSERT INTO "runs" VALUES('run001bb',2,'c0ffee','LoRA again','Dishes','name: Dishes
base: nano
data: cuisine
variants: [{name: LoRA, method: lora}]
','nano','lora','sft',NULL,'queued',1795000000.0,NULL,NULL,NULL,NULL,0,2,NULL,NULL,'{"steps": 0, "trainable_params": null, "total_params": null, "adapter_bytes": null, "train_seconds": null, "stage_seconds": [], "startup_seconds": null, "tokens_per_second": null, "peak_memory_bytes": null, "train_loss_first": null, "train_loss_last": null, "eval_loss": {"before": null, "after": null}, "metrics": {}, "forgetting": {"before": null, "after": null}, "search": [], "ranks": {}, "environment": {}, "moved": ""}',NULL,2,NULL);
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
INSERT INTO "samples" VALUES(1,'run000aa',2,0,'Who are you?','I''m a parrot; 鹦鹉。',1.7958358965334875584e+09);
CREATE TABLE schema_version (
	version INTEGER NOT NULL
);
INSERT INTO "schema_version" VALUES(7);
CREATE INDEX ix_runs_comparison ON runs (comparison);
CREATE INDEX ix_runs_status ON runs (status);
CREATE INDEX ix_answers_run ON answers (run);
CREATE INDEX points_by_run ON points (run, id);
CREATE INDEX ix_pairs_match ON pairs ("match");
CREATE INDEX feedback_by_subject ON feedback (kind, rater, subject, id);
CREATE INDEX points_by_curve ON points (run, name, step, id);
CREATE INDEX pairs_by_place ON pairs (match, place, id);
CREATE INDEX runs_by_place ON runs (position, id, stamp, status);
CREATE INDEX runs_by_comparison ON runs (comparison, created, position, id, stamp);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('points',3);
COMMIT;
