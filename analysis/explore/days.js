// The same days under two structures, side by side: desks, teams and projects, evening by evening.

const HUES = ["#3b2e7e", "#5b5bd6", "#9a86ea", "#2a6f97", "#61a5c2", "#12436d", "#00897b", "#7f4f24", "#b6743a", "#dda15e", "#606c38", "#90a955", "#bc4749", "#8d5a97"];
const WORK = [["worked on", "#44566a"], ["waiting for a manager", "#d1495b"], ["waiting for people", "#c3ccd4"]];
const PLAN = { width: 560, desk: 134, label: 152, teams: 172, lane: 15 };
const played = { day: 0, moved: false, query: "", runs: [], timer: null, panels: [] };
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function makePanel(home) {
  const title = make("h3"), svg = make("svg", { role: "group" }), pick = make("select", { "aria-label": "Whose story" });
  home.append(title, svg, make("p", { class: "note" }, make("label", {}, "Story of ", pick)));
  return { title, svg, pick, run: null };
}

const short = (name) => name.split(/[ _]+/).map((word) => (/^\d+$/.test(word) ? ` ${word}` : word[0].toUpperCase())).join("");

/** All that stays as it is while days go by, and the parts that move. */
function layOut(panel, run, days) {
  const { svg, title, pick } = panel, top = PLAN.teams + run.teams.length * PLAN.lane + 16;
  const bar = Math.min(9, Math.max(3.2, 210 / Math.max(1, run.projects.length)));
  Object.assign(panel, { run, top, bar, scale: (PLAN.width - 100) / days, wide: (PLAN.width - 20) / run.managers.length });
  set(svg, "viewBox", `0 0 ${PLAN.width} ${top + bar * run.projects.length + 22}`);
  set(svg, "aria-label", `${run.structure}: matters on each manager's desk, tasks of each team, projects over ${days} days`);
  title.replaceChildren(named(run.structure, colourOf[run.structure] ?? "#8a97a3"));
  const desks = run.managers.map((name, k) => make("text", { x: 10 + (k + 0.5) * panel.wide, y: PLAN.label, "text-anchor": "middle", class: "small" }, make("title", {}, name), short(name)));
  const lanes = run.teams.map((name, k) => make("text", { x: 82, y: PLAN.teams + k * PLAN.lane + 11, "text-anchor": "end", class: "small" }, name.length > 12 ? `${name.slice(0, 11)}…` : name));
  Object.assign(panel, { moving: make("g"), line: make("line", { y1: top - 6, y2: top + bar * run.projects.length + 4, stroke: "#1c2733" }) });
  const foot = top + bar * run.projects.length + 18;
  const ends = [[90, "start", "day 1"], [90 + panel.scale * days, "end", `day ${days}`]].map(([x, anchor, text]) => make("text", { x, y: foot, "text-anchor": anchor, class: "small" }, text));
  panel.hits = hits(panel);
  svg.replaceChildren(...desks, ...lanes, ...ends, panel.moving, panel.line, ...panel.hits);
  const of = (kind, names) => names.map((name, k) => make("option", { value: `${kind}${k}` }, name));
  pick.replaceChildren(make("option", { value: "" }, "…"), ...of("m", run.managers), ...of("p", run.projects.map(({ number }) => `Project ${number}`)));
  pick.onchange = () => pick.value && tell(panel, pick.value[0], Number(pick.value.slice(1)));
}

/** Where a click falls on a desk or a project. One of them is reached by Tab, the others from there by arrows. */
function hits(panel) {
  const { run, wide, top, bar } = panel;
  const hit = (kind, k, name, place) => make("rect", {
    ...place, fill: "transparent", class: "hit", role: "button", "aria-label": name, tabindex: -1, "data-of": kind + k,
    onclick: () => tell(panel, kind, k), onkeydown: (event) => byKey(panel, event, () => tell(panel, kind, k)),
  }, make("title", {}, name));
  const all = [
    ...run.managers.map((name, k) => hit("m", k, name, { x: 10 + k * wide, y: 0, width: wide, height: PLAN.label + 4 })),
    ...run.projects.map(({ number }, k) => hit("p", k, `Project ${number}`, { x: 0, y: top + k * bar, width: PLAN.width, height: bar })),
  ];
  all.slice(0, 1).forEach((first) => set(first, "tabindex", 0));
  return all;
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function byKey({ hits: all }, event, told_) {
  const step = STEPS[event.key];
  if (!step && event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  if (!step) return told_();
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(event.currentTarget) + step))];
  reachBy(all, next);
  next.focus();
}

function reachBy(all, one) {
  all.forEach((each) => set(each, "tabindex", each === one ? 0 : -1));
}

/** Whose story it is, is seen in the drawing and in the list below it. */
function choose(chosen, of) {
  for (const panel of played.panels) {
    const one = panel === chosen ? panel.hits.find((each) => each.dataset.of === of) : null;
    panel.pick.value = one ? of : "";
    for (const each of panel.hits ?? []) each.classList.toggle("chosen", each === one);
    if (one) reachBy(panel.hits, one);
  }
}

function showDay(panel, day) {
  const { run, wide, top, bar, scale, moving, line } = panel, x = (when) => 90 + scale * Math.max(0, when);
  const dots = run.trays[day].flatMap((tray, k) => [...tray].map((letter, n) => {
    const column = Math.floor(n / 14), row = n % 14;
    return make("circle", { cx: 10 + (k + 0.5) * wide + 9 * (column - Math.floor((tray.length - 1) / 14) / 2), cy: PLAN.desk - 9 * row, r: 4, fill: HUES[letter.charCodeAt(0) - 97] });
  }));
  const lanes = run.work[day].flatMap((counts, k) => {
    let from = 90;
    return counts.map((count, n) => {
      const width = 11 * count, rect = make("rect", { x: from, y: PLAN.teams + k * PLAN.lane + 2, width: Math.max(0, width - 1), height: 10, fill: WORK[n][1] });
      from += width;
      return rect;
    });
  });
  const bars = run.projects.flatMap((project, k) => {
    if (project.first > day) return [];
    const end = Math.min(day, project.first + project.states.length - 1), late = end > project.promised;
    const y = top + k * bar, height = bar - 1.2, done = project.done[end - project.first] / 100;
    const from = x(project.arrival), width = x(end + 1) - from;
    return [
      make("rect", { x: from, y, width, height, fill: late ? "#f0b6bd" : "#d5dce2" }),
      make("rect", { x: from, y, width: width * done, height, fill: project.states[end - project.first] === "x" ? "#c3ccd4" : late ? "#d1495b" : "#44566a" }),
      make("rect", { x: Math.min(PLAN.width - 2, x(project.promised)), y, width: 1.6, height, fill: "#1c2733" }),
    ];
  });
  moving.replaceChildren(...dots, ...lanes, ...bars);
  set(line, "x1", x(day + 1));
  set(line, "x2", x(day + 1));
}

function goTo(day) {
  const most = Math.max(0, ...played.runs.map(({ days }) => days - 1));
  played.day = Math.min(most, Math.max(0, day));
  found("day").value = played.day;
  set(found("day"), "aria-valuetext", `day ${played.day + 1}`);
  found("day-said").textContent = `day ${played.day + 1} of ${most + 1}`;
  for (const panel of played.panels) if (panel.run) showDay(panel, Math.min(played.day, panel.run.days - 1));
  markStory();
  if (played.timer && played.day >= most) pause();
}

function pause() {
  clearInterval(played.timer);
  played.timer = null;
  found("play").textContent = "Play";
}

function play() {
  if (played.timer) return pause();
  if (played.day >= played.runs[0].days - 1) goTo(0);
  found("play").textContent = "Pause";
  const [step, every] = calm.matches ? [20, 1500] : [1, 80]; // where no motion is wanted, it steps
  played.timer = setInterval(() => goTo(played.day + step), every);
}

const days = (value) => `${digits(Math.abs(value), 0)} day${Math.round(Math.abs(value)) === 1 ? "" : "s"}`;

function storyOf({ run }, kind, k) {
  if (kind === "m") {
    const all = run.trays.map((evening) => evening[k].length), now = run.trays[played.day][k];
    const most = Math.max(...all), mean = all.reduce((a, b) => a + b, 0) / all.length, per = {};
    for (const letter of now) per[letter] = (per[letter] ?? 0) + 1;
    const on = Object.entries(per).map(([letter, many]) => `${many} of ${Object.keys(told.duties)[letter.charCodeAt(0) - 97].replaceAll("_", " ")}`);
    return `${run.managers[k]}, ${run.structure}, evening of day ${played.day + 1}: ${now.length || "no"} matter${now.length === 1 ? "" : "s"} on the desk${on.length ? ` (${listed(on)})` : ""}. Over all days ${digits(mean, 1)} on average, ${most} at most, on day ${all.indexOf(most) + 1}.`;
  }
  const { number, team, arrival, promised, delivered, stopped, states, hours } = run.projects[k];
  const spent = (letter) => [...states].filter((each) => each === letter).length;
  const came = arrival < 0 ? "was under way when the days began" : `came on day ${digits(arrival, 0)}`;
  const ended = delivered !== null ? `delivered on day ${digits(delivered, 0)}, ${days(delivered - promised)} ${delivered > promised ? "late" : "early"}` : stopped !== null ? `stopped on day ${digits(stopped, 0)}` : "not delivered by the last day";
  const waits = [spent("p") && `${days(spent("p"))} for its plan`, spent("c") && `${days(spent("c"))} for its check`].filter(Boolean);
  const more = ["rework", "changed wants", "risks"].filter((what) => hours[what]).map((what) => `${digits(hours[what], 0)} of ${what}`);
  const beside = more.length ? ` Beside the ${digits(hours.planned, 0)} hours planned there were ${listed(more)}${hours["given up"] ? `; ${digits(hours["given up"], 0)} were given up` : ""}.` : "";
  return `Project ${number}, ${run.structure}, led by ${run.teams[team]}: ${came}, was promised for day ${digits(promised, 0)}, ${ended}.${waits.length ? ` It waited ${listed(waits)}.` : ""}${beside}`;
}

function tell(panel, kind, k) {
  choose(panel, `${kind}${k}`);
  showStory(panel, kind, k);
  found("story").textContent = storyOf(panel, kind, k);
  const { structure, number } = panel.run, file = played.moved ? about.saved_as : told.commands.file;
  const project = kind === "p" ? ` --project ${panel.run.projects[k].number}` : "";
  found("story-more").replaceChildren("The same run in a terminal, with its figures: ", make("code", {}, `rolecall trace ${file} --structure ${quoted(structure)} --replication ${number}${project}`));
}

const quoted = (text) => (/^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`);

function startPlaying(runs) {
  played.runs = runs;
  played.panels.forEach((panel, k) => layOut(panel, runs[k], runs[k].days));
  set(found("day"), "max", runs[0].days - 1);
  for (const id of ["play", "back-a-day", "on-a-day", "day"]) found(id).disabled = false;
  found("story").textContent = "Click a desk or a project, or choose one, and it tells its story.";
  found("story-more").replaceChildren();
  story.shown = null;
  say_("");
  found("told-of").hidden = false;
  goTo(Math.min(Math.max(played.day, Math.round(runs[0].days / 3)), runs[0].days - 1));
}

async function live(structures, number) {
  const moved = !isToday(here.state, known.sliders ?? []), query = asQuery(here.state);
  pause();
  found("days-said").textContent = "Living through them …";
  try {
    const runs = await Promise.all(structures.map(async (structure) => {
      const answer = await fetch(`days?${asQuery(here.state)}&structure=${encodeURIComponent(structure)}&number=${number}`);
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    }));
    Object.assign(played, { moved, query });
    startPlaying(runs);
    found("days-said").textContent = `Future ${number}, ${moved ? "at the position of the sliders" : "as things are today"}: the same projects, people and luck on both sides.`;
  } catch (error) {
    found("days-said").textContent = `These days cannot be shown: ${error.message}`;
  }
}

function startDays() {
  played.panels = [makePanel(found("left")), makePanel(found("right"))];
  found("duty-key").append(...Object.keys(told.duties).flatMap((duty, k) => [keyOf(HUES[k], duty.replaceAll("_", " "))]));
  found("work-key").append(...WORK.map(([name, colour]) => keyOf(colour, `task ${name}`)), keyOf("#d1495b", "project past its promised day (the dark mark)"));
  for (const [id, at_] of [["left-is", 0], ["right-is", 1]]) {
    found(id).append(...about.structures.map(({ name }) => make("option", { value: name }, name)));
    found(id).value = about.structures[at_].name;
  }
  found("live").addEventListener("click", () => live([found("left-is").value, found("right-is").value], Number(found("number").value) || 0));
  found("play").addEventListener("click", play);
  found("back-a-day").addEventListener("click", () => goTo(played.day - 1));
  found("on-a-day").addEventListener("click", () => goTo(played.day + 1));
  found("day").addEventListener("input", ({ target }) => goTo(Number(target.value)));
  if (told.runs) startPlaying(told.runs.map((run, k) => ({ ...run, story: told.stories[k] })));
}

function keyOf(colour, text) {
  const dot = make("span", { class: "dot" });
  dot.style.background = colour;
  return make("span", { class: "key" }, dot, text);
}
