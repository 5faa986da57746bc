// A structure of one's own: duties dealt to roles, the other ingredients switched; answered by live futures alone.

const own = { base: null, made: null, live: null, futures: [], name: null, waiting: null };
const DESIGNS = Object.fromEntries(told.designs.map((design) => [design.name, design]));
const HOLDERS = { team: "the team", nobody: "nobody" };
const LIMIT = 3; // projects at a time in a team, where they begin when there is room
const inWords = (name) => HOLDERS[name] ?? name.replaceAll("_", " ");

function begin(name, dealt = {}) {
  found("own-base").value = own.base = name;
  own.made = { ...structuredClone(DESIGNS[name]), ...dealt };
  drawMatrix();
  askOwn();
}

const SWITCHES = ["ranks", "rhythm", "cover", "help", "intake"];
const POSSIBLE = {
  ranks: ["nobody", "own", "one", "board"], rhythm: ["flow", "sprints"], cover: [true, false], help: [true, false],
  intake: ["at once", "when there is room"],
};

/** The structure as an address has it: what it began as, and what is dealt otherwise. */
function ownInAddress() {
  const { made, base } = own, first = DESIGNS[base], asked = new URLSearchParams();
  if (!made || !ownDesign()) return "";
  asked.set("own", base);
  for (const [duty, holder] of Object.entries(made.duties)) if (holder !== first.duties[duty]) asked.set(`duty.${duty}`, holder);
  for (const key of SWITCHES) if (made[key] !== first[key]) asked.set(key, made[key]);
  return String(asked);
}

/** Begin with the structure of an address, as far as there can be such a one; else with today's. */
function beginWith(address) {
  const asked = new URLSearchParams(address), base = asked.get("own") ?? "";
  if (!told.live || !Object.hasOwn(DESIGNS, base)) return begin(about.current);
  const first = DESIGNS[base];
  const holders = [...Object.keys(first.roles), "team", "nobody"];
  const held = ([duty, holder]) => { const to = asked.get(`duty.${duty}`); return [duty, holders.includes(to) ? to : holder]; };
  const switched = SWITCHES.map((key) => [key, POSSIBLE[key].find((value) => String(value) === asked.get(key)) ?? first[key]]);
  const dealt = { duties: Object.fromEntries(Object.entries(first.duties).map(held)), ...Object.fromEntries(switched) };
  if (dealt.intake !== "at once") dealt.intake_limit = first.intake_limit ?? LIMIT;
  begin(base, dealt);
}

/** The structure as it would be written into a scenario; null where it is still the one it began as. */
function ownDesign() {
  const { made, base } = own, first = DESIGNS[base];
  if (!told.live || JSON.stringify({ ...made, name: 0 }) === JSON.stringify({ ...first, name: 0 })) return null;
  const design = { ...made };
  const roles = Object.keys(made.roles), holder = made.duties.resources;
  if (made.ranks === "nobody") delete design.ranked_by;
  else if (!roles.includes(design.ranked_by ?? holder)) design.ranked_by = roles[0];
  if (made.rhythm === "flow") delete design.sprint_days;
  if (made.intake === "at once") delete design.intake_limit;
  return design;
}

function drawMatrix() {
  const roles = Object.keys(own.made.roles), holders = [...roles, "team", "nobody"], first = DESIGNS[own.base];
  const head = make("tr", {}, make("th", { scope: "col" }, "Duty"), ...holders.map((holder) => make("th", { scope: "col" }, inWords(holder))));
  const rows = Object.entries(told.duties).map(([duty, does]) => make("tr", {},
    make("th", { scope: "row", title: does }, inWords(duty)),
    ...holders.map((holder) => make("td", { "data-duty": duty, class: first.duties[duty] === holder ? "first" : false },
      make("input", { type: "radio", name: `duty-${duty}`, value: holder, checked: own.made.duties[duty] === holder,
        disabled: !told.live, "aria-label": `${inWords(duty)}: ${inWords(holder)}`, onchange: () => deal(duty, holder) })))));
  found("matrix").replaceChildren(make("thead", {}, head), make("tbody", {}, ...rows));
  const { ranks, rhythm, cover, help, intake } = own.made;
  found("ranks").value = ranks;
  found("rhythm").value = rhythm;
  found("cover").checked = cover;
  found("help").checked = help;
  found("intake").checked = intake !== "at once";
  showOwn();
}

function deal(duty, holder) {
  own.made.duties[duty] = holder;
  askOwn();
}

/** Drag: pressed on a duty's dot, the duty goes with the pointer along its row. */
function dragging() {
  let duty = null;
  const over = ({ clientX, clientY }) => document.elementFromPoint(clientX, clientY)?.closest("td[data-duty]");
  found("matrix").addEventListener("pointerdown", (event) => { if (told.live) duty = over(event)?.dataset.duty ?? null; });
  addEventListener("pointermove", (event) => {
    const cell = duty && event.buttons ? over(event) : null;
    const input = cell?.dataset.duty === duty ? cell.querySelector("input") : null;
    if (!input || input.checked) return;
    input.checked = true;
    deal(duty, input.value);
  });
  addEventListener("pointerup", () => (duty = null));
}

function askOwn() {
  own.live?.close();
  clearTimeout(own.waiting);
  own.futures = [];
  writeAddress();
  showOwn();
  if (ownDesign() && !here.lost) own.waiting = setTimeout(listenOwn, 300);
  showYaml();
}

function listenOwn() {
  const source = new EventSource(`live?${asQuery(here.state)}&own=${encodeURIComponent(JSON.stringify(ownDesign()))}`);
  const mine = (told_) => (event) => own.live === source && told_(event.data && JSON.parse(event.data));
  own.live = source;
  source.addEventListener("begun", mine(({ structures }) => (own.name = structures[1])));
  source.addEventListener("future", mine((future) => { own.futures.push(future); showOwn(); }));
  source.addEventListener("refused", mine((why) => { source.close(); found("own-said").textContent = why; }));
  source.addEventListener("over", () => source.close());
  source.onerror = () => source.close();
}

function showOwn() {
  const design = ownDesign(), futures = lookedAt(own.futures, about.looks), many = futures.length;
  found("own-reset").disabled = !design;
  found("own-more").replaceChildren();
  found("own-word").textContent = "…";
  found("own-word").dataset.word = "";
  if (!told.live) return;
  if (!design) return void (found("own-said").textContent = `So far this is ${own.base} as it is. Give a duty to somebody else, and futures are lived through with it.`);
  const read_ = pooled(null, futures, about.judged_by, own.name, [], about.current);
  if (!read_) return void (found("own-said").textContent = `Living through futures with it: ${own.futures.length} of ${about.most}.`);
  const gain = { ...gainOf("your structure", read_, reachAt(read_, about.reach.own)), wins: (50 * read_.live.filter((value) => value > 0).length) / read_.live.length, worth: many };
  const delta = known.surface ? deltaAt(sharesOf(here.state, known.sliders)) : 0;
  const answer = answerOf([gain], delta, about.clear);
  found("own-word").textContent = answer.word;
  found("own-word").dataset.word = answer.word;
  const odds = `${read_.live.filter((value) => value > 0).length} of ${read_.live.length} futures`;
  const size = `${aYear(judged, gain.mean, gain.high - gain.mean, true)} ± ${amount(judged, gain.high - gain.mean)}`;
  found("own-said").replaceChildren(...withNames(`Your structure beats ${about.current} in ${odds} (${size}).`, about.structures));
  found("own-more").replaceChildren(...about.outcomes.slice(1).flatMap((outcome) => lineOf(outcome, futures)));
}

function lineOf(outcome, futures) {
  const read_ = pooled(null, futures, outcome.name, own.name, [], about.current);
  if (!read_) return [];
  const reach = reachAt(read_, about.reach.own) * Math.sqrt(read_.variance), told_ = Math.abs(read_.mean) > reach;
  return [make("li", { class: told_ ? "told" : false }, `${outcome.short}: `, make("span", { class: "value" }, differenceOf(outcome, read_.mean, reach)))];
}

function startMatrix() {
  const names = told.designs.map(({ name }) => name);
  found("own-base").append(...names.map((name) => make("option", { value: name }, name)));
  found("own-base").addEventListener("change", ({ target }) => begin(target.value));
  found("own-reset").addEventListener("click", () => begin(own.base));
  const set_ = (key, value) => { own.made[key] = value; askOwn(); };
  found("ranks").addEventListener("change", ({ target }) => set_("ranks", target.value));
  found("rhythm").addEventListener("change", ({ target }) => set_("rhythm", target.value));
  for (const key of ["cover", "help"]) found(key).addEventListener("change", ({ target }) => set_(key, target.checked));
  found("intake").addEventListener("change", ({ target }) => {
    own.made.intake_limit = own.made.intake_limit ?? LIMIT;
    set_("intake", target.checked ? "when there is room" : "at once");
  });
  dragging();
  beginWith(location.hash.slice(1));
}
