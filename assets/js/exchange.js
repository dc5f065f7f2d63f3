// Taking feedback out, as a file or to the Hub, and bringing a file in; below the Arena's ranking.
(() => {
  const {h, fill, t} = Lab;
  const FORMATS = ["dpo", "kto", "sft", "votes", "thumbs", "edits"], HUB = "hub", ENDINGS = ["jsonl", "parquet", HUB];

  // draws into `place`; changed() is told when ratings came in
  Lab.exchange = (place, server, upload, changed) => {
    let format = "dpo", ending = "jsonl", repo = "", everybody = false, told = null, problem = null, given = null, busy = false, sending = false;
    const file = h("input", {type: "file", hidden: true, "data-bring-in": "", accept: ".jsonl,.json,.csv,.tsv,.parquet", onchange: () => file.files[0] && send(file.files[0])});

    async function takeOut() {
      if (ending === HUB) return toHub();
      const got = await Lab.ask(server.take_out, {format, ending});
      problem = got.problem || null;
      told = problem ? null : t("arena.taken_out", {n: got.rows, name: got.name});
      if (!problem) save(got);
      draw();
    }
    async function toHub() {
      sending = true; told = problem = null;
      draw();
      const got = await Lab.ask(server.send, {format, repo: repo.trim(), public: everybody});
      sending = false;
      problem = got.problem || null;
      told = problem ? null : t("arena.taken_out", {n: got.rows, name: repo.trim()});
      draw();
    }
    function save({name, type, content}) {
      const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0)), url = URL.createObjectURL(new Blob([bytes], {type}));
      h("a", {href: url, download: name}).click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    }

    async function send(chosen) {
      busy = true; told = problem = given = null;
      draw();
      try {
        given = (await upload(chosen)).path;
        await bringIn(false);
      } catch (error) {
        problem = t("train.upload_failed");
      }
      busy = false;
      file.value = "";
      draw();
    }
    // a file with wrong rows is not taken in until one says to leave them out
    async function bringIn(skip) {
      const got = await Lab.ask(server.bring_in, {path: given, skip_bad: skip});
      told = null;
      problem = got.problem || null;
      if (problem) return;
      if (got.new === undefined) problem = {sentence: got.fault, wrong: got.wrong, rows: got.rows, good: got.ratings};
      else {
        told = [t(`arena.brought_${got.kind}`, {n: got.ratings, fresh: got.new}), got.wrong ? t("arena.left_out", {n: got.wrong}) : "", ...got.notes].filter(Boolean).join(" ");
        if (got.new) changed();
      }
    }
    const trouble = () => (typeof problem === "string" ? h("p.problem", {role: "alert", "data-exchange-problem": ""}, problem)
      : h("p.problem", {role: "alert", "data-exchange-problem": ""}, problem.sentence, " ", t("arena.wrong_rows", {n: problem.wrong, rows: problem.rows}), " ",
        problem.good ? h("button.small", {"data-leave-out": "", onclick: async () => { await bringIn(true); draw(); }}, t("arena.leave_out", {n: problem.good})) : null));

    function draw() {
      const select = (name, entries, now, set) => h("select", {[`data-${name}`]: "", "aria-label": t(`arena.${name}`), onchange: (event) => set(event.target.value)}, entries.map(([value, words]) => h("option", {value, selected: value === now}, words)));
      fill(place, h("div.section-head", {}, h("h3", {}, t("arena.exchange"))),
        h("div.arena-script", {}, h("span", {}, t("arena.take_out")),
          select("format", FORMATS.map((one) => [one, t(`arena.format_${one}`)]), format, (value) => { format = value; }),
          select("ending", ENDINGS.map((one) => [one, t(`arena.ending_${one}`)]), ending, (value) => { ending = value; draw(); }),
          ending === HUB ? [h("input", {"data-repo": "", value: repo, placeholder: "owner/name", "aria-label": t("arena.repo"), spellcheck: false, oninput: (event) => { repo = event.target.value; }}),
            h("label", {}, h("input", {type: "checkbox", "data-everybody": "", checked: everybody, onchange: (event) => { everybody = event.target.checked; }}), " ", t("arena.everybody"))] : null,
          h("button", {"data-take-out": "", disabled: sending, onclick: takeOut}, t(ending === HUB ? "arena.send_to_hub" : "arena.save"))),
        h("div.arena-script", {}, h("span", {}, t("arena.bring_in")), h("button", {disabled: busy, onclick: () => file.click()}, t(busy ? "arena.reading" : "arena.choose_file")), file, h("small", {}, t("arena.bring_in_help"))),
        problem ? trouble() : null, told ? h("p.tally", {role: "status", "data-exchange": ""}, told) : null);
    }
    return {draw};
  };
})();
