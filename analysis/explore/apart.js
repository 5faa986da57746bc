// The roles told apart from the rest at this position, in the words of `decide`, when somebody asks.

const apart = { live: null, first: found("apart-said").textContent };

function askApart() {
  forgetApart();
  const source = new EventSource(`between?${asQuery(here.state)}`);
  const mine = (told_) => (event) => apart.live === source && told_(event.data && JSON.parse(event.data));
  apart.live = source;
  found("ask-apart").disabled = true;
  source.addEventListener("lived", mine(({ futures, of, designs }) => (found("apart-from").textContent = `Living through futures of ${designs} designs: ${futures} of ${of}.`)));
  source.addEventListener("told", mine(showApart));
  source.addEventListener("refused", mine((why) => { forgetApart(); found("apart-said").textContent = why; }));
  source.addEventListener("over", mine(() => { source.close(); found("ask-apart").disabled = false; found("apart-from").textContent += " These are the first futures of decide at this position; it goes on until it is sure."; }));
  source.onerror = () => { source.close(); found("ask-apart").disabled = false; };
}

function showApart({ futures, question, said, steps }) {
  found("apart-said").replaceChildren(make("b", {}, question), " ", ...withNames(said, about.structures));
  const cells = ([design, ...rest]) => [make("th", { scope: "row" }, ...withNames(design, about.structures)), ...rest.map((text) => make("td", {}, text))];
  found("steps").querySelector("tbody").replaceChildren(...steps.map((step) => make("tr", {}, ...cells(step))));
  found("steps").hidden = !steps.length;
  found("apart-from").textContent = `From ${futures} futures.`;
}

/** What was told holds where it was asked: whoever moves on asks anew. */
function forgetApart() {
  if (!apart.live) return;
  apart.live.close();
  apart.live = null;
  found("ask-apart").disabled = false;
  found("apart-said").textContent = apart.first;
  found("apart-from").textContent = "";
  found("steps").hidden = true;
}

if (told.live) found("ask-apart").addEventListener("click", askApart);
