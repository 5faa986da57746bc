// What is known at a position: the surface read, live futures pooled with it, and the answer in a sentence.

const MINUS = "−";

const FORMATS = [0, 1, 2, 3].map((places) => new Intl.NumberFormat("en-GB", { minimumFractionDigits: places, maximumFractionDigits: places }));

function digits(value, places) {
  return FORMATS[places].format(value);
}

function signOf(value, text, signed) {
  return /[1-9]/.test(text) ? (value < 0 ? MINUS : signed ? "+" : "") : "";
}

function euroStep(euros) {
  const size = Math.abs(euros);
  if (size >= 999.5e3) return size < 99.95e6 ? 1e5 : 1e6;
  return size < 999.5 ? 1 : size < 9.95e3 ? 1e2 : 1e3;
}

/** Euros in two or three digits, in no finer steps than the reach of their interval has: €3.4k, −€40k. */
function money(euros, reach = 0, signed = false) {
  const step = euroStep(reach);
  const size = step > euroStep(euros) ? Math.round(Math.abs(euros) / step) * step : Math.abs(euros);
  const [unit, of] = size >= 999.5e3 ? ["M", 1e6] : size >= 999.5 ? ["k", 1e3] : ["", 1];
  const text = digits(size / of, Math.max(step, euroStep(size)) < of ? 1 : 0);
  return `${signOf(euros, text, signed)}€${text}${unit}`;
}

/** A size of an outcome, with its unit. */
function amount(outcome, value, reach = 0, signed = false) {
  if (outcome.unit === "€") return money(value, reach, signed);
  const share = outcome.unit === "share";
  const text = digits(Math.abs(share ? 100 * value : value), share ? 1 : outcome.digits);
  const unit = share ? (signed ? " points" : "%") : outcome.unit === "0-1" ? "" : ` ${outcome.unit}`;
  return signOf(value, text, signed) + text + unit;
}

/** A size of what structures are judged by: money is a year's. */
function aYear(outcome, value, reach = 0, signed = false) {
  return amount(outcome, value, reach, signed) + (outcome.unit === "€" ? " a year" : "");
}

/** A difference with the reach of its interval, in points of 100 where it is one of shares. */
function differenceOf(outcome, mean, reach) {
  const bare = amount(outcome, mean, reach, true).replace(" points", "").replace(` ${outcome.unit}`, "");
  return `${bare} ± ${amount(outcome, reach).replace("%", " points")}`;
}

function listed(items) {
  return items.length > 1 ? `${items.slice(0, -1).join(", ")} and ${items.at(-1)}` : items.join("");
}

// --- the surface -------------------------------------------------------------------------------------------

/** Every term at a place given in shares of ranges: Legendre polynomials of unit variance. */
function basisAt(shares, terms) {
  const polynomials = shares.map((share) => {
    const x = 2 * share - 1;
    return [1, Math.sqrt(3) * x, (Math.sqrt(5) * (3 * x * x - 1)) / 2, (Math.sqrt(7) * (5 * x * x * x - 3 * x)) / 2];
  });
  return terms.map((term) => term.reduce((product, [axis, degree]) => product * polynomials[axis][degree], 1));
}

function quadratic(basis, upper) {
  let sum = 0;
  for (let i = 0, n = 0; i < basis.length; i++)
    for (let j = i; j < basis.length; j++, n++) sum += (i === j ? 1 : 2) * basis[i] * upper[n] * basis[j];
  return Math.max(0, sum);
}

const at = (surface, outcome, structure) =>
  surface?.responses.find((each) => each.outcome === outcome && each.structure === structure);

/** The mean of a response at a place, the doubt about it (a variance), and how far single futures spread. */
function read(surface, outcome, structure, shares) {
  const found = at(surface, outcome, structure);
  if (!found) return null;
  const basis = basisAt(shares, surface.terms);
  const mean = basis.reduce((sum, value, n) => sum + value * found.weights[n], 0);
  const log = shares.reduce((sum, share, n) => sum + (2 * share - 1) * found.spread[n + 1], found.spread[0]);
  const deviation = Math.exp(log);
  return { mean, variance: quadratic(basis, found.covariance) + found.misfit, deviation, quantiles: found.quantiles };
}

// --- live futures ------------------------------------------------------------------------------------------

const NORMAL = Array.from({ length: 50 }, (_, k) => probit((k + 0.5) / 50));

/** The quantile of a normal distribution (Acklam's rational approximation, good to 1e-9 where it is used). */
function probit(p) {
  const a = [-39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
  const q = p - 0.5, r = q * q;
  if (Math.abs(q) <= 0.47575) return (q * a.reduce((s, v) => s * r + v, 0)) / b.reduce((s, v) => s * r + v, 0);
  const c = [-0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const tail = c.reduce((s, v) => s * t + v, 0) / d.reduce((s, v) => s * t + v, 0);
  return p < 0.5 ? tail : -tail;
}

/** What each live future adds by a structure, or (with none) what today's has. */
function seen(futures, outcome, structure, current) {
  return futures
    .map(({ values }) => {
      const [own, base] = [values[structure]?.[outcome], values[current]?.[outcome]];
      return own == null || base == null ? null : structure === current ? own : own - base;
    })
    .filter((value) => value !== null);
}

function moments(values) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(square / Math.max(1, values.length - 1)) };
}

const FEW = 10; // futures that say something without a surface, where others of a look failed

/** The futures that an answer takes in: those of the last look that is whole, whatever has come since. */
function lookedAt(futures, looks) {
  const there = new Set(futures.map(({ number }) => number));
  const whole = looks.filter((look) => Array.from({ length: look }, (_, k) => k).every((k) => there.has(k))).at(-1) ?? 0;
  return futures.filter(({ number }) => number < whole).sort((a, b) => a.number - b.number);
}

/** Standard errors to either side, at a look. */
const reachAt = ({ bare }, reaches) => reaches[bare ?? "surface"];

/** Surface and live futures together: each counts by how sure it is. Null while nothing is known. */
function pooled(surface, futures, outcome, structure, shares, current) {
  const read_ = read(surface, outcome, structure, shares);
  const values = seen(futures, outcome, structure, current);
  if (!read_ && values.length < FEW) return null;
  const live = values.length ? moments(values) : null;
  if (!read_) return { ...live, bare: futures.length, variance: live.deviation ** 2 / values.length, quantiles: NORMAL, live: values };
  if (!live) return { ...read_, live: values };
  const own = read_.deviation ** 2 / values.length;
  const [a, b] = [1 / Math.max(read_.variance, 1e-300), 1 / Math.max(own, 1e-300)];
  return { ...read_, mean: (a * read_.mean + b * live.mean) / (a + b), variance: 1 / (a + b), live: values };
}

/** Fifty futures as likely as each other. */
const dotsOf = (found) => found.quantiles.map((z) => found.mean + found.deviation * z);

function wilson(share, n, z) {
  const centre = share + (z * z) / (2 * n);
  const reach = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return [(centre - reach) / (1 + (z * z) / n), (centre + reach) / (1 + (z * z) / n)];
}

// --- the answer --------------------------------------------------------------------------------------------

const CLEAR = "clear", LEANING = "leaning", OPEN = "too close to call", TIE = "no difference that matters";

const MOST_WORTH = 200; // futures of its own that the odds at a position count as at most: what `decide` begins with

/** A gain with its interval, the futures of fifty in which it is won, and of how many futures that is worth. */
function gainOf(name, found, reach) {
  const sd = Math.sqrt(found.variance);
  const wins = dotsOf(found).filter((value) => value > 0).length;
  const worth = Math.min(MOST_WORTH, Math.max(1, found.deviation ** 2 / Math.max(found.variance, 1e-300)));
  return { name, mean: found.mean, low: found.mean - reach * sd, high: found.mean + reach * sd, wins, worth, reach };
}

/** How sure it is that to stay, or to move, is right, by the thresholds of `rolecall decide`. */
function howSure(gain, up, delta, clear) {
  const [low, high] = wilson(up ? gain.wins / 50 : 1 - gain.wins / 50, gain.worth, gain.reach);
  if (high < 0.5) return OPEN; // a better mean that surely loses in most futures: no advice follows from it
  const far = up ? gain.low > delta : gain.high < -delta;
  return far && low >= clear ? CLEAR : LEANING;
}

/** The answer of gains over today's structure: the word, which one it is about, and whether to move. */
function answerOf(gains, delta, clear) {
  const best = gains.reduce((a, b) => (b.mean > a.mean ? b : a));
  if (best.low > 0) return { word: howSure(best, true, delta, clear), best, up: true };
  if (gains.every((gain) => gain.high < 0)) return { word: howSure(best, false, delta, clear), best, up: false };
  if (gains.every((gain) => gain.high <= delta) && gains.some((gain) => gain.low >= -delta))
    return { word: TIE, best, up: null };
  return { word: OPEN, best, up: null };
}

/** The answer in a sentence, after what was moved. */
function sentenceOf(answer, outcome, current, where) {
  const { best, word, up } = answer;
  const reach = best.high - best.mean, size = aYear(outcome, Math.abs(best.mean), reach);
  const odds = `${best.wins} of 50 futures`;
  if (word === TIE) return `${where} ${best.name} and ${current} come to the same: no more than ${aYear(outcome, Math.max(best.high, -best.low))} apart, which matters to nobody.`;
  if (word === OPEN && up === null) return `${where} ${oftener(best, current)}; on average the two are less than ${aYear(outcome, Math.max(best.high, -best.low), reach)} apart.`;
  if (up) return `${where} ${best.name} beats ${current} in ${odds}, by about ${size}.`;
  return `${where} ${current} is best: ${best.name} beats it in only ${odds}, and is about ${size} behind.`;
}

/** Which of two is ahead in more futures: no "wins in 23 of 50". */
function oftener(best, current) {
  const behind = best.wins < 25, [first, second] = behind ? [current, best.name] : [best.name, current];
  return `${first} beats ${second} in ${behind ? 50 - best.wins : best.wins} of 50 futures`;
}

/** What is said of the structures beside the one that the sentence is about. */
function besideOf(gains, answer, outcome, delta, clear) {
  const rest = gains.filter((gain) => gain !== answer.best);
  return rest.map((gain) => {
    const own = answerOf([gain], delta, clear);
    const about = aYear(outcome, Math.abs(gain.mean), gain.high - gain.mean);
    if (own.up === true) return `${gain.name} is ahead as well, by about ${about}`;
    if (own.up === false) return `${gain.name} is about ${about} behind`;
    return own.word === TIE ? `${gain.name} makes no difference that matters` : `${gain.name} is too close to call`;
  });
}
