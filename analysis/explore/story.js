// The story of a project or manager, event by event: what has happened by the day shown stands out.

const story = { of: new WeakMap(), shown: null };

/** All that happened in a run: from a file with it, else from the server, which takes some seconds the first time. */
function storyOfRun(run) {
  if (!story.of.has(run)) story.of.set(run, told.live ? asked_(run) : Promise.resolve(run.story));
  return story.of.get(run);
}

async function asked_(run) {
  try {
    const answer = await fetch(`story?${played.query}&structure=${encodeURIComponent(run.structure)}&number=${run.number}`);
    if (answer.ok) return answer.json();
    throw new Error(await answer.text());
  } catch (error) {
    story.of.delete(run); // asked for again at the next click
    throw error;
  }
}

async function showStory({ run }, kind, k) {
  const mine = (story.shown = { lines: [] }), id = kind === "m" ? k : run.projects[k].number;
  say_(told.live ? "Every event of this run is being written down: some seconds, the first time …" : "");
  try {
    const all = await storyOfRun(run);
    if (story.shown !== mine) return;
    mine.lines = linesOf(all, kind, id);
    drawStory(mine, all, kind, id);
  } catch (error) {
    if (story.shown === mine) say_(`This story cannot be told: ${error.message}`);
  }
}

function say_(text) {
  found("went").textContent = text;
  found("events").replaceChildren();
}

function linesOf({ events, projects, room }, kind, id) {
  const mine = events.filter(([, , project, manager]) => id === (kind === "m" ? manager : project)).slice(0, room);
  return mine.map(([label, day, project, , words]) => {
    const of = kind === "m" && projects[project] ? `${projects[project].name}: ` : "";
    return { day, element: make("li", {}, make("span", { class: "when" }, `Day ${label}`), ` ${of}${words}`) };
  });
}

function drawStory({ lines }, all, kind, id) {
  const many = all.seen[kind + id] ?? 0, left = many - lines.length;
  found("went").textContent = (kind === "m" ? all.managers[id] : all.projects[id]?.went) ?? "";
  const more = left > 0 ? [make("li", { class: "soft" }, `… and ${digits(left, 0)} events more, which the command above tells.`)] : [];
  const none = lines.length ? [] : [make("li", { class: "soft" }, "Nothing happened that its log would tell.")];
  found("events").replaceChildren(...lines.map(({ element }) => element), ...none, ...more);
  markStory();
}

/** What has happened by the evening that is shown stands out, and its last event is in sight. */
function markStory() {
  const lines = story.shown?.lines ?? [], past = lines.filter(({ day }) => day <= played.day + 1).length;
  lines.forEach(({ element }, n) => {
    element.classList.toggle("past", n < past);
    element.classList.toggle("now", n === past - 1);
    if (n === past - 1) set(element, "aria-current", "step");
    else element.removeAttribute("aria-current");
  });
  const box = found("events"), last = lines[past - 1]?.element;
  if (lines.length) box.scrollTop = last ? last.offsetTop - box.clientHeight / 2 : 0;
}
