// The sliders and the state that they make: in the address, as a command, as YAML.

/** At which stop each slider stands: those of the address where it names them, else today's. */
function stateIn(address, sliders) {
  const asked = new URLSearchParams(address);
  return Object.fromEntries(sliders.map(({ name, today, stops }) => {
    const said = asked.get(name), stop = stops.findIndex((each) => each.said === said);
    return [name, stop < 0 ? today : stop];
  }));
}

function isToday(state, sliders) {
  return sliders.every(({ name, today }) => state[name] === today);
}

/** The state as an address has it: what is moved, in words that a reader can check. */
function asAddress(state, sliders) {
  const asked = new URLSearchParams();
  for (const { name, today, stops } of sliders) if (state[name] !== today) asked.set(name, stops[state[name]].said);
  return String(asked);
}

/** What the server is asked for this state. */
function asQuery(state) {
  return Object.entries(state).map(([name, stop]) => `at.${encodeURIComponent(name)}=${stop}`).join("&");
}

/** With what is moved, as a sentence begins. */
function whereOf(state, sliders) {
  const moved = sliders.filter(({ name, today }) => state[name] !== today);
  if (!moved.length) return "As things are today,";
  const shown = moved.slice(0, 3).map(({ name, stops }) => stops[state[name]].phrase);
  const more = moved.length - shown.length;
  return `With ${listed(more ? [...shown, `${more} more moved`] : shown)},`;
}

const sharesOf = (state, sliders) => sliders.map(({ name, stops }) => stops[state[name]].share);

/** A row for each slider; `onmove` is told which slider goes to which stop. */
function makeRows(home, sliders, onmove) {
  return sliders.map((slider, n) => {
    const id = `slider-${n}`;
    const output = make("output", { for: id });
    const back = make("button", { type: "button", class: "back", "aria-label": `${slider.label}: back to today`, onclick: () => onmove(slider.name, slider.today) }, "↺ today");
    const track = make("svg", { "aria-hidden": "true" });
    const input = make("input", { type: "range", id, min: 0, max: slider.stops.length - 1, step: 1, "aria-describedby": `${id}-tip`, oninput: () => onmove(slider.name, Number(input.value)) });
    const tip = make("p", { class: "tip", id: `${id}-tip` });
    const row = make("div", { class: "row" },
      make("div", { class: "line" }, make("label", { for: id, title: slider.meaning }, slider.label), back, output),
      make("div", { class: "track" }, track, input), tip);
    home.append(row);
    return { slider, row, output, input, track, tip };
  });
}

function showRow({ slider, row, output, input }, stop) {
  const { said } = slider.stops[stop];
  input.value = stop;
  output.textContent = said;
  set(input, "aria-valuetext", said);
  row.classList.toggle("moved", stop !== slider.today);
}

/** Where along a slider another structure comes out ahead: the stops at which that begins. */
function flipsAlong(who) {
  return who.flatMap(({ name }, n) => (n && name !== who[n - 1].name ? [n] : []));
}

/** What a slider does to the answer, in a line. */
function tipOf(who, stops, outcome) {
  const flips = flipsAlong(who), sure = who.some((each) => each.sure);
  if (!flips.length) return `${who[0].name} ahead all along, ${sure ? leadsOf(who, outcome) : "though nowhere surely"}`;
  if (flips.length > 2) return `who is ahead changes ${flips.length} times`;
  return `flips: ${who[0].name} ahead, ${flips.map((n) => `${who[n].name} from ${stops[n].said}`).join(", ")}`;
}

/** By how much at either end. */
function leadsOf(who, outcome) {
  const [first, last] = [who[0], who.at(-1)].map(({ lead, reach }) => amount(outcome, Math.max(0, lead), reach));
  return first === last ? `by ${first}` : `by ${first} at the left, ${last} at the right`;
}
