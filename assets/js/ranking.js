// Below the Arena: who leads by votes with intervals, who won against whom, who rated, and how far raters agree.
(() => {
  const {h, fill, t, both} = Lab;

  // draws into `place`; refresh() asks anew, draw() only draws
  Lab.ranking = (place, server) => {
    let state = null, raters = "all", asked = 0;
    async function refresh() {
      const mine = ++asked, got = await Lab.ask(server.standings, {raters, rater: Lab.rater()});
      if (mine !== asked) return;
      state = got;
      draw();
    }
    function draw() {
      if (!state) return;
      if (state.problem) return fill(place, h("p.problem", {}, state.problem));
      if (!state.votes) return fill(place, h("p.empty", {}, t("arena.no_votes")));
      const pick = ["all", "people", "scripted"].map((one) => h("button", {"data-raters": one, "aria-pressed": String(raters === one), onclick: () => { raters = one; refresh(); }}, t(`arena.by_${one}`)));
      fill(place,
        h("div.section-head", {}, h("h3", {}, t("arena.ranking")), h("span.pick", {}, pick)),
        mixed(), state.ranking.length ? [standings(), h("p.soft", {}, settled(), " ", t("arena.how")), state.ranking.length > 1 ? matrix() : null] : h("p.soft", {}, t("arena.no_ranking")),
        h("div.section-head", {}, h("h3", {}, t("arena.raters"))), who(), agree());
    }
    const mixed = () => (state.scripted && raters !== "people" ? h("p.flag", {"data-mixed": ""}, t(state.scripted === state.votes ? "arena.all_scripted" : "arena.mixed", {n: state.scripted, all: state.votes})) : null);
    function settled() {
      const words = state.more === null ? t("arena.equal") : state.more ? t("arena.more", {n: state.more}) : t("arena.settled");
      return words[0].toUpperCase() + words.slice(1) + (Lab.language === "zh" ? "。" : ".");
    }
    const name = (one) => [Lab.swatch(one.place), both(one.name), one.recipe ? h("small", {}, one.recipe) : null];
    const percent = (value) => Math.round(100 * value);

    const standings = () => h("div.standings", {}, state.ranking.map((one) => h("div.standing", {"data-player-row": one.player, style: `--mine:${one.place === null ? "var(--run-base)" : Lab.colour(one.place)}`},
      h("span.standing-name", {}, name(one)),
      h("span.arena-bar", {"aria-hidden": "true"}, h("i", {style: `left:${100 * one.low}%;width:${100 * (one.high - one.low)}%`}), h("b", {style: `left:${100 * one.chance}%`})),
      h("span.standing-words", {}, h("b", {}, `${percent(one.chance)} %`), ` (${percent(one.low)}–${percent(one.high)})`, h("small", {}, t("arena.games", {n: one.votes}))))));

    const matrix = () => h("details.more", {open: true}, h("summary", {}, t("arena.matrix")), h("div.scroll-x", {}, h("table.results.wins", {},
      h("thead", {}, h("tr", {}, h("th", {}, t("arena.won")), state.ranking.map((one) => h("th", {}, both(one.name))))),
      h("tbody", {}, state.ranking.map((one, i) => h("tr", {}, h("td.name", {}, name(one)), state.ranking.map((other, j) => {
        const games = state.wins[i][j] + state.wins[j][i];
        return i === j || !games ? h("td.soft", {}, "·") : h("td", {style: `--part:${percent(state.wins[i][j] / games)}%`, "data-cell": ""}, `${state.wins[i][j]} / ${games}`);
      })))))));

    const called = (rater) => [rater.mine ? t("arena.you") : rater.scripted ? [h("mark.scripted", {}, t("arena.script")), " ", both(rater.name)] : rater.number ? t("arena.person", {n: rater.number}) : rater.name];
    const who = () => h("p.raters", {}, state.raters.map((rater) => h("span.chip", {}, called(rater), h("b", {}, ` ${rater.votes}`))));
    const kappa = (value) => (Lab.isNumber(value) ? `, κ ${value.toFixed(2)}` : "");
    function agree() {
      const {agreement, consistency} = state;
      return h("div.agreement", {},
        agreement ? h("p", {"data-agreement": ""}, t("arena.agree", {raters: agreement.raters, share: percent(agreement.share), pairs: agreement.pairs}), kappa(agreement.kappa), " ", h("small", {title: t("arena.kappa_help")}, t("arena.kappa"))) : h("p.soft", {}, t("arena.no_agreement")),
        agreement && state.between.length > 1 ? h("details.more", {}, h("summary", {}, t("arena.two_by_two")), h("ul", {}, state.between.map((one) => h("li", {}, called(one.raters[0]), " – ", called(one.raters[1]), ": ", t("arena.alike", {share: percent(one.share), pairs: one.pairs}), kappa(one.kappa))))) : null,
        consistency.length ? consistency.map((one) => h("p", {"data-consistency": ""}, called(one), ": ", t("arena.same_again", {same: one.same, pairs: one.pairs}))) : h("p.soft", {}, t("arena.no_consistency")));
    }
    return {refresh, draw};
  };
})();
