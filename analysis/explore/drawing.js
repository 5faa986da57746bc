// What is drawn: fifty dots, small intervals, tracks. Elements are made once and moved, so that nothing jumps.

const SVG = "http://www.w3.org/2000/svg";

/** An element, or one of a drawing; what is given as text stays text, whatever is in it. */
function make(name, attributes = {}, ...inside) {
  const drawn = ["svg", "g", "circle", "line", "rect", "path", "text", "title"].includes(name);
  const element = drawn ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) set(element, key, value);
  element.append(...inside);
  return element;
}

function set(element, key, value) {
  if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (value === false || value === null) element.removeAttribute(key);
  else element.setAttribute(key, value === true ? "" : value);
}

/** Text in which names of structures carry their colour; other names in it stay plain. */
function withNames(text, structures) {
  const names = structures.filter(({ name }) => text.includes(name)).sort((a, b) => b.name.length - a.name.length);
  if (!names.length) return [text];
  const [{ name, colour }] = names;
  return text.split(name).flatMap((part, n) => {
    const rest = withNames(part, structures.filter((each) => each.name !== name));
    return n ? [named(name, colour), ...rest] : rest;
  });
}

function named(name, colour) {
  const element = make("bdi", { class: "name" }, name);
  element.style.setProperty("--own", colour + "99");
  return element;
}

/** Round values for an axis: some six between two ends. */
function ticksOf(low, high) {
  const least = (high - low) / 8, size = 10 ** Math.floor(Math.log10(least));
  const step = size * [1, 2, 5, 10].find((times) => size * times >= least);
  const first = Math.ceil(low / step), last = Math.floor(high / step);
  return Array.from({ length: last - first + 1 }, (_, k) => (first + k) * step);
}

// --- fifty dots --------------------------------------------------------------------------------------------

const DOTS = { width: 600, left: 14, right: 586, base: 214, radius: 7, columns: 36, rug: 226 };

function placesOf(values, x) {
  const wide = (DOTS.right - DOTS.left) / DOTS.columns, heights = new Map(), middle = x(0);
  const [first, last] = [Math.ceil((DOTS.left - middle) / wide), Math.floor((DOTS.right - middle) / wide) - 1];
  const spots = [...values].sort((a, b) => a - b).map((value) => {
    const column = Math.min(last, Math.max(first, Math.floor((x(value) - middle) / wide))); // none across the line
    const height = heights.get(column) ?? 0;
    heights.set(column, height + 1);
    return { value, column, height };
  });
  const step = Math.min(2 * DOTS.radius, (DOTS.base - 40) / Math.max(...heights.values(), 1));
  return spots.map(({ value, column, height }) => ({
    value, cx: middle + (column + 0.5) * wide, cy: DOTS.base - DOTS.radius - height * step,
  }));
}

function makeDots(svg) {
  const group = (name) => svg.appendChild(make("g", { class: name }));
  const parts = { axis: group("axis"), today: group("today"), now: group("now"), rug: group("rug") };
  for (const [part, fill] of [["today", "#d3dae0"], ["now", "#000"]])
    for (let k = 0; k < 50; k++) parts[part].append(make("circle", { r: part === "now" ? 5.6 : 7, fill, visibility: "hidden" }));
  return parts;
}

/** Fifty futures of a gain, those of today in grey behind, and below each future that was lived through here. */
function drawDots(parts, { now, today, rug, reach, colours, ends, outcome }) {
  const [low, high] = reach, x = (value) => DOTS.left + ((value - low) / (high - low)) * (DOTS.right - DOTS.left);
  const inside = (value) => Math.min(DOTS.right, Math.max(DOTS.left, x(value)));
  drawAxis(parts.axis, { low, high, x, ends, outcome });
  for (const [part, values] of [["today", today], ["now", now]]) {
    const places = values ? placesOf(values, x) : [];
    [...parts[part].children].forEach((circle, k) => {
      set(circle, "visibility", places[k] ? "visible" : "hidden");
      if (!places[k]) return;
      set(circle, "cx", places[k].cx);
      set(circle, "cy", places[k].cy);
      if (part === "now") set(circle, "fill", places[k].value > 0 ? colours[1] : colours[0]);
    });
  }
  parts.rug.replaceChildren(...rug.map((value) => make("line", { x1: inside(value), x2: inside(value), y1: DOTS.rug, y2: DOTS.rug + 9, stroke: value > 0 ? colours[1] : colours[0], "stroke-width": 1.6 })));
}

function drawAxis(group, { low, high, x, ends, outcome }) {
  const ticks = ticksOf(low, high).map((value) =>
    make("text", { x: x(value), y: 262, "text-anchor": "middle" }, value ? amount(outcome, value, 0, true) : "0"));
  const clip = (name) => (name.length > 24 ? `${name.slice(0, 23)}…` : name);
  group.replaceChildren(
    make("line", { x1: DOTS.left, x2: DOTS.right, y1: DOTS.base, y2: DOTS.base, stroke: "#d5dce2" }),
    make("line", { x1: x(0), x2: x(0), y1: 8, y2: 240, stroke: "#1c2733", "stroke-width": 1.4 }),
    make("text", { x: DOTS.left, y: 290, class: "end" }, `← ${clip(ends[0])} better`),
    make("text", { x: DOTS.right, y: 290, "text-anchor": "end", class: "end" }, `${clip(ends[1])} better →`),
    ...ticks,
  );
}

// --- small intervals ---------------------------------------------------------------------------------------

/** A mean and its interval on a scale that stays as it is. */
function drawInterval(svg, gain, [low, high], colour) {
  const x = (value) => Math.min(198, Math.max(2, 2 + ((value - low) / (high - low)) * 196));
  svg.replaceChildren(
    make("line", { x1: x(0), x2: x(0), y1: 0, y2: 18, stroke: "#1c2733" }),
    make("line", { x1: 2, x2: 198, y1: 9, y2: 9, stroke: "#d5dce2" }),
    make("line", { x1: x(gain.low), x2: x(gain.high), y1: 9, y2: 9, stroke: colour, "stroke-width": 5, "stroke-linecap": "round" }),
    make("circle", { cx: x(gain.mean), cy: 9, r: 5, fill: "#fff", stroke: colour, "stroke-width": 3 }),
  );
}

// --- tracks ------------------------------------------------------------------------------------------------

/** The colour of who is ahead at each stop, pale where that is not sure; a mark where the scenario stands. */
function drawTrack(svg, who, today) {
  const wide = 100 / Math.max(1, who.length - 1), runs = [];
  who.forEach((each, n) => {
    const last = runs.at(-1), to = Math.min(100, (n + 0.5) * wide);
    if (last && last.colour === each.colour && last.sure === each.sure) last.to = to;
    else runs.push({ ...each, from: Math.max(0, (n - 0.5) * wide), to });
  });
  const bars = runs.map(({ colour, sure, from, to }) =>
    make("rect", { x: `${from}%`, width: `${to - from}%`, y: 0, height: 10, fill: colour, opacity: sure ? 1 : 0.3 }));
  const spot = `${today * wide}%`;
  svg.replaceChildren(...bars, make("line", { x1: spot, x2: spot, y1: -4, y2: 14, stroke: "#1c2733", "stroke-width": 2 }));
}
