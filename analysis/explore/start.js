// The page at work: what is told of it, what is moved, and what is asked of futures at the very position.

const told = JSON.parse(document.getElementById("told").textContent);
const about = told.organisation, found = (id) => document.getElementById(id);
const others = about.structures.filter(({ name }) => name !== about.current);
const colourOf = Object.fromEntries(about.structures.map(({ name, colour }) => [name, colour]));
const judged = about.outcomes.find(({ name }) => name === about.judged_by);

const known = { sliders: told.sliders, surface: told.surface, status: told.status };
const here = { state: {}, futures: [], rows: [], live: null, lost: false };
const kept = new Map(told.futures ? [["", told.futures]] : []); // live futures by position: whoever comes back finds them there
const dots = makeDots(found("dots"));

// --- the answer at the position ----------------------------------------------------------------------------

function gainsAt(shares, futures) {
  return others.flatMap(({ name }) => {
    const read_ = pooled(known.surface, futures, about.judged_by, name, shares, about.current);
    return read_ ? [{ ...gainOf(name, read_, reachAt(read_, about.reach.all)), found: read_ }] : [];
  });
}

/** The smallest difference that counts here: 1% of what is earned, as `decide` has it. */
function deltaAt(shares) {
  const read_ = read(known.surface, about.matters, about.current, shares);
  return read_ ? read_.mean : 0;
}

function show() {
  const shares = known.sliders ? sharesOf(here.state, known.sliders) : [];
  const futures = lookedAt(here.futures, about.looks);
  const gains = gainsAt(shares, futures);
  const delta = deltaAt(shares);
  showAnswer(gains, delta);
  showDots(gains);
  showCards(shares, futures);
}

function showAnswer(gains, delta) {
  if (!gains.length) return;
  const answer = answerOf(gains, delta, about.clear);
  const where = known.sliders ? whereOf(here.state, known.sliders) : "As things are today,";
  const sentence = sentenceOf(answer, judged, about.current, where);
  const beside = besideOf(gains, answer, judged, delta, about.clear);
  found("word").textContent = answer.word;
  found("word").dataset.word = answer.word;
  if (found("sentence").textContent !== sentence)
    found("sentence").replaceChildren(...withNames(sentence, about.structures));
  const rest = beside.length ? `${listed(beside)}.` : "";
  found("beside").replaceChildren(...withNames(rest, about.structures));
}

function showDots(gains) {
  if (!gains.length) return;
  const best = gains.reduce((a, b) => (b.mean > a.mean ? b : a));
  const values = best.found.live ?? [], surface = known.surface;
  const spread = 2.5 * best.found.deviation;
  const reach = reachOf(about.judged_by, [best.name]) ?? [Math.min(0, best.mean - spread), Math.max(0, best.mean + spread)];
  const moved = known.sliders && !isToday(here.state, known.sliders);
  const before = moved && surface ? dotsOf(pooled(surface, lookedAt(kept.get("") ?? [], about.looks), about.judged_by, best.name, todays(known.sliders), about.current)) : null;
  drawDots(dots, {
    now: dotsOf(best.found), today: before, rug: values, reach, outcome: judged,
    colours: [colourOf[about.current], colourOf[best.name]], ends: [about.current, best.name],
  });
  const from = surface ? `read off ${digits(surface.futures, 0)} futures over all sliders` : "of a bell curve";
  const sharper = values.length ? `${surface ? ", sharpened by" : ", from"} ${values.length} lived through at this very position (the dashes)` : "";
  const grey = moved ? " Grey: as things are today." : "";
  const said = `${best.name} less ${about.current}, ${judged.short.toLowerCase()}. ${best.wins} of 50 dots are to the right. Quantiles ${from}${sharper}.${grey}`;
  found("dots-said").replaceChildren(...withNames(said, about.structures));
}

/** Between which gains of some structures a drawing reaches, wherever the sliders stand. */
function reachOf(outcome, names) {
  const ends = (known.surface?.reaches ?? []).filter((each) => each.outcome === outcome && names.includes(each.structure)).map((each) => each.ends);
  return ends.length ? [Math.min(...ends.map(([low]) => low)), Math.max(...ends.map(([, high]) => high))] : null;
}

const todays = (sliders) => sliders.map(({ stops, today }) => stops[today].share);

// --- what else changes -------------------------------------------------------------------------------------

const cards = about.outcomes.map((outcome) => {
  const level = make("p", { class: "level" }, "…");
  const gains = others.map(({ name, colour }) => {
    const svg = make("svg", { viewBox: "0 0 200 18", preserveAspectRatio: "none", "aria-hidden": "true" });
    const value = make("span", { class: "value" }, "…");
    const line = make("p", { class: "gain" }, named(name, colour), value);
    return { name, svg, value, line };
  });
  found("cards").append(make("div", { class: "card" }, make("h3", { title: outcome.label }, outcome.short), level, ...gains.flatMap(({ line, svg }) => [line, svg])));
  return { outcome, level, gains };
});

function showCards(shares, futures) {
  for (const { outcome, level, gains } of cards) {
    const own = pooled(known.surface, futures, outcome.name, about.current, shares, about.current);
    level.textContent = own ? `${about.current}: ${amount(outcome, own.mean, reachAt(own, about.reach.one) * Math.sqrt(own.variance))}` : "…";
    for (const { name, svg, value, line } of gains) {
      const read_ = pooled(known.surface, futures, outcome.name, name, shares, about.current);
      if (!read_) continue;
      const reach = reachAt(read_, about.reach.one) * Math.sqrt(read_.variance);
      const gain = { mean: read_.mean, low: read_.mean - reach, high: read_.mean + reach };
      value.textContent = differenceOf(outcome, gain.mean, reach);
      line.classList.toggle("told", gain.low > 0 || gain.high < 0);
      drawInterval(svg, gain, reachOf(outcome.name, others.map((each) => each.name)) ?? [2 * Math.min(gain.low, 0) - 1e-9, 2 * Math.max(gain.high, 0) + 1e-9], colourOf[name]);
    }
  }
}

// --- sliders -----------------------------------------------------------------------------------------------

function whoAlong({ name, stops }) {
  return stops.map((_, stop) => {
    const shares = sharesOf({ ...here.state, [name]: stop }, known.sliders);
    const gains = gainsAt(shares, []);
    const best = gains.reduce((a, b) => (b.mean > a.mean ? b : a));
    const sure = best.mean > 0 ? best.low > 0 : gains.every(({ high }) => high < 0);
    const ahead = best.mean > 0 ? best.name : about.current;
    return { name: ahead, colour: colourOf[ahead], sure, lead: Math.abs(best.mean), reach: best.high - best.mean };
  });
}

function showRows() {
  for (const row of here.rows) {
    showRow(row, here.state[row.slider.name]);
    if (!known.surface) continue;
    const who = whoAlong(row.slider);
    drawTrack(row.track, who, row.slider.today);
    row.tip.replaceChildren(...withNames(tipOf(who, row.slider.stops, judged), about.structures));
  }
  found("reset").disabled = !known.sliders || isToday(here.state, known.sliders);
}

function startRows() {
  if (here.rows.length || !known.sliders) return;
  found("rows").replaceChildren();
  here.state = stateIn(location.hash.slice(1), known.sliders);
  here.rows = makeRows(found("rows"), known.sliders, (name, stop) => move({ [name]: stop }));
  found("meanings").replaceChildren(...known.sliders.flatMap(({ label, meaning, stops }) => [
    make("dt", {}, label), make("dd", {}, `${meaning} From ${stops[0].said} to ${stops.at(-1).said} here.`)]));
  const keys = about.structures.flatMap(({ name, colour }) => [named(name, colour), " "]);
  found("track-key").replaceChildren("Tracks have the colour of who is ahead there: ", ...keys, "– pale where that is not sure. The mark on a track is today.");
}

function move(changes) {
  Object.assign(here.state, changes);
  settle();
}

/** Everything at the position where the sliders stand now. */
function settle() {
  const place = asAddress(here.state, known.sliders ?? []);
  here.futures = kept.get(place) ?? [];
  showRows();
  show();
  found("command").textContent = told.commands[place ? "moved" : "today"];
  found("save-first").style.visibility = place ? "visible" : "hidden";
  ask(place);
  forgetApart();
  askOwn();
}

/** What is moved and dealt, in the address: it can be kept, and comes back with the page. */
function writeAddress() {
  if (!known.sliders) return;
  const address = [asAddress(here.state, known.sliders), ownInAddress()].filter(Boolean).join("&");
  history.replaceState(null, "", `${location.pathname}${location.search}${address ? `#${address}` : ""}`);
}

// --- futures at the very position --------------------------------------------------------------------------

let waiting = null;

function ask(place) {
  here.live?.close();
  here.live = null;
  clearTimeout(waiting);
  if (!told.live || here.lost || here.futures.length >= about.most) return;
  waiting = setTimeout(() => listen(place), 120); // a slider on its way asks for nothing
}

function listen(place) {
  const shares = known.sliders ? sharesOf(here.state, known.sliders) : [];
  const gains = gainsAt(shares, []).sort((a, b) => b.mean - a.mean).map(({ name }) => name);
  const names = (gains.length ? gains : others.map(({ name }) => name)).slice(0, about.at_once - 1);
  const source = new EventSource(`live?${asQuery(here.state)}&structures=${encodeURIComponent(JSON.stringify(names))}`);
  const futures = [];
  here.live = source;
  source.addEventListener("future", ({ data }) => {
    if (here.live !== source) return;
    futures.push(JSON.parse(data));
    if (futures.length < here.futures.length) return;
    here.futures = [...futures];
    kept.set(place, here.futures);
    show();
  });
  for (const end of ["over", "refused"]) source.addEventListener(end, () => source.close());
  source.onerror = () => source.close();
}

// --- what becomes known meanwhile --------------------------------------------------------------------------

function showStatus() {
  const { stage, done, of, why } = known.status;
  const line = here.lost ? "" : {
    choosing: `Choosing the sliders: ${done} of ${of} futures`,
    spreading: `Living through futures over the sliders: ${2 * done} of ${2 * of}`,
    ready: `${told.live ? "" : "A saved page. "}Rests on ${digits(known.surface?.futures ?? 0, 0)} futures over the sliders`,
    stopped: "",
  }[stage];
  found("under-way").textContent = line;
  notice("stopped", stage === "stopped" ? `No more becomes known: ${why}` : "");
  const surface = known.surface;
  found("rests").textContent = surface
    ? `${digits(surface.futures, 0)} futures at ${digits(surface.futures / 2, 0)} positions of the sliders, each lived through by every structure under the same luck, over ${about.days} working days. Between the positions a smooth surface is read; its own misfit is part of every interval.`
    : "Futures over the sliders are being lived through; until then, those at this very position alone.";
  found("borne-out").textContent = surface ? `Odds borne out on futures that were held out: ${surface.calibration.map(([odds, came]) => `said ${digits(50 * odds, 0)} of 50, came ${digits(50 * came, 0)}`).join("; ")}.` : "Odds are borne out on held-out futures as soon as there are enough.";
}

function notice(id, text) {
  const old = found(`notice-${id}`);
  if (!text) return old?.remove();
  if (old) old.textContent = text;
  else document.querySelector("main").prepend(make("p", { class: "notice", id: `notice-${id}`, role: "alert" }, text));
}

function hear(part, content) {
  known[part] = content;
  if (part === "sliders") startRows();
  if (part === "sliders") settle();
  if (part === "surface") { showRows(); show(); }
  showStatus();
}

function listenToAll() {
  const source = new EventSource("told");
  for (const part of ["sliders", "surface", "status"])
    source.addEventListener(part, ({ data }) => { back(); hear(part, JSON.parse(data)); });
  source.onerror = () => {
    here.lost = true;
    here.live?.close();
    notice("lost", "The program behind this page has ended. What is known stays; start it again to go on: rolecall explore");
    if (source.readyState === EventSource.CLOSED) setTimeout(listenToAll, 3000);
  };
}

function back() {
  if (!here.lost) return;
  here.lost = false;
  notice("lost", "");
  ask(asAddress(here.state, known.sliders ?? []));
}

// --- to take along -----------------------------------------------------------------------------------------

let asked = 0;

async function showYaml() {
  if (!told.live) return showChanges();
  if (!told.live || !found("as-yaml").open || here.lost) return;
  const number = ++asked, design = ownDesign();
  const answer = await fetch(`scenario?${asQuery(here.state)}${design ? `&own=${encodeURIComponent(JSON.stringify(design))}` : ""}`);
  const text = await answer.text();
  if (number === asked) found("yaml").textContent = text;
}

/** In a page that was saved: the scenario as it was, and what would have to be changed in it. */
function showChanges() {
  const moved = (known.sliders ?? []).filter(({ name, today }) => here.state[name] !== today);
  const lines = moved.flatMap(({ name, stops }) => Object.entries(stops[here.state[name]].sets).map(([key, value]) => `${key}: ${JSON.stringify(value)}`));
  found("yaml").textContent = told.yaml;
  found("to-change").textContent = lines.length ? `A saved page does not write scenarios anew. Set in it: ${lines.join("; ")}.` : "Nothing is moved: this is it.";
}

for (const button of document.querySelectorAll("[data-copies]"))
  button.addEventListener("click", async () => {
    const copied = await navigator.clipboard.writeText(found(button.dataset.copies).textContent).then(() => true, () => false);
    if (!copied) getSelection().selectAllChildren(found(button.dataset.copies)); // to be copied by hand
    button.textContent = copied ? "Copied" : "Selected";
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });

found("as-yaml").addEventListener("toggle", showYaml);
found("reset").addEventListener("click", () => move(Object.fromEntries(known.sliders.map(({ name, today }) => [name, today]))));
addEventListener("hashchange", () => { here.state = stateIn(location.hash.slice(1), known.sliders ?? []); beginWith(location.hash.slice(1)); settle(); });
for (const element of document.querySelectorAll(".saved-as")) element.textContent = about.saved_as;
for (const element of document.querySelectorAll(".current")) element.textContent = about.current;
if (!known.sliders) found("rows").append(...Array.from({ length: 7 }, () => make("div", { class: "row waiting", "aria-hidden": "true" })));
