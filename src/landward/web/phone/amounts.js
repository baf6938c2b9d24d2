// Amounts as people write them, read as model/amounts.py reads them, whose grammar this page was
// made with. Exact: fractions of whole numbers, never a binary number.

const grammar = {{ grammar | tojson }};

const whole = (pattern) => new RegExp(`^(?:${pattern})$`, "u");
const NUMBER = whole(grammar.number);
const PLAIN = whole(grammar.plain);
const VOLUME = whole(grammar.volume);
const TABLETS = grammar.tablets.map(whole);
const DROPS = grammar.drops.map(whole);
const MICRO = new Set(grammar.micro);

const fraction = (text) => {
  const [before, after = ""] = text.split(".");
  return [BigInt(before + after), 10n ** BigInt(after.length)];
};
const times = ([a, b], [c, d]) => [a * c, b * d];
const over = ([a, b], [c, d]) => [a * d, b * c];
const plus = ([a, b], [c, d]) => [a * d + c * b, b * d];
const isNone = ([top]) => top === 0n;
const isLess = ([a, b], [c, d]) => a * d < c * b;
const ONE = [1n, 1n];

// The digit a decimal sign of any script stands for: every script has them in runs of ten.
const digitOf = (sign) => {
  const code = sign.codePointAt(0);
  let first = code;
  while (first > 0 && /\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return (code - first) % 10;
};

const tidied = (text) => {
  const signs = [...text];
  const scripts = new Set(signs.filter((sign) => /\p{Nd}/u.test(sign))
    .map((sign) => sign.codePointAt(0) - digitOf(sign)));
  const same = { "٫": ".", "⁄": "/", "μ": "µ" };
  const out = signs.map((sign) => {
    if (/\p{No}/u.test(sign) && sign.normalize("NFKC").includes("⁄")) {
      return ` ${sign.normalize("NFKC").replace("⁄", "/")} `;
    }
    if (/\p{Nd}/u.test(sign) && scripts.size === 1) return String(digitOf(sign));
    return same[sign] ?? sign;
  });
  const plain = out.join("").toLowerCase().replaceAll("μ", "µ").split(/\s+/u).filter(Boolean).join(" ");
  return plain.replace(/(^|[^\d.,])(\d+),(\d+)(?![\d.,]*\d)/gu, (all, left, first, last) =>
    last.length === 3 && /[^0]/.test(first) ? all : `${left}${first}.${last}`);
};

const countOf = (text) => {
  const parts = /^(?:(\d{1,3}) )?(\d)\/([1-9]\d?)$/.exec(text);
  if (parts) {
    const part = [BigInt(parts[2]), BigInt(parts[3])];
    return isLess(part, ONE) ? plus([BigInt(parts[1] ?? 0), 1n], part) : undefined;
  }
  if (NUMBER.test(text)) return fraction(text);
  const said = (words) => grammar.words[words] && grammar.words[words].map(BigInt);
  const words = text.replaceAll("-", " ").trim();
  if (said(words)) return said(words);
  const [left, ...rest] = words.split(" and ");
  const [one, more] = [said(left), said(rest.join(" and "))];
  return one && more && isLess(more, ONE) && !isLess(one, ONE) ? plus(one, more) : undefined;
};

const inMg = (number, unit) => MICRO.has(unit) ? over(fraction(number), [1000n, 1n]) : fraction(number);

const mgPerMl = ({ strength, unit, per }) => {
  const size = fraction((per ?? "1").trim());
  return isNone(size) ? [0n, 1n] : over(inMg(strength, unit), size);
};

const inDrops = (said) => {
  for (const form of DROPS) {
    const found = form.exec(said)?.groups;
    if (!found) continue;
    if (found.each !== undefined) return times(fraction(found.n), inMg(found.each, found.unit));
    const drops = fraction(found.drops);
    if (!isNone(drops)) {
      return times(times(over(fraction(found.n), drops), fraction(found.ml)), mgPerMl(found));
    }
  }
  return undefined;
};

const inTablets = (said) => {
  for (const form of TABLETS) {
    const found = form.exec(said)?.groups;
    const count = found && countOf(found.count);
    if (count) return times(count, inMg(found.n, found.unit));
  }
  return undefined;
};

const inVolume = (said) => {
  const found = VOLUME.exec(said)?.groups;
  return found && times(fraction(found.n), mgPerMl(found));
};

const inMilligrams = (said) => {
  const { n = "", unit = "" } = PLAIN.exec(said)?.groups ?? {};
  if (new RegExp(`\\b(?:${grammar.tablet})\\b`).test(said)) {
    throw new Error("Of what strength? Write it like ½ tablet of 5 mg, or in mg.");
  }
  if (said.includes("drop")) {
    throw new Error("How much is in a drop? Write it like 10 drops of 0.25 mg.");
  }
  if (/^(ml|millil)/.test(unit)) {
    throw new Error("That is a volume: write its strength too, like 2.5 mL of 0.4 mg/mL, or write mg.");
  }
  const part = unit && n.includes("/") ? countOf(n) : undefined;
  const grams = /^g/.test(unit);
  if (grams || !(part || NUMBER.test(n)) || /\d,\d/.test(n)) {
    throw new Error(`That is not an amount. Write it like ${grammar.examples}.`);
  }
  const value = part ?? fraction(n);
  return MICRO.has(unit) ? over(value, [1000n, 1n]) : value;
};

const common = (a, b) => b === 0n ? a : common(b, a % b);

const asDecimal = ([top, bottom]) => {
  const by = common(top, bottom);
  let [left, under, places] = [top / by, bottom / by, 0];
  while (under > 1n && places < grammar.places && (under % 2n === 0n || under % 5n === 0n)) {
    [left, places] = [left * 10n, places + 1];
    const shared = common(left, under);
    [left, under] = [left / shared, under / shared];
  }
  if (under > 1n) throw new Error("That comes to mg without an end: write it in mg.");
  const digits = String(left).padStart(places + 1, "0");
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
};

// Milligrams as exact text, “0” for none. Throws an Error with an example for what is no amount.
export const milligrams = (text) => {
  const said = tidied(text);
  if (said.length > grammar.longest) {
    throw new Error(`That is not an amount. Write it like ${grammar.examples}.`);
  }
  if (new RegExp(`^0(?:\\.0*)?(?: ?(?:${grammar.mg}))?$`, "u").test(said)) return "0";
  const value = inVolume(said) ?? inTablets(said) ?? inDrops(said) ?? inMilligrams(said);
  if (isNone(value)) throw new Error("That comes to 0: write an amount above 0.");
  if (isLess([BigInt(grammar.most), 1n], value)) {
    throw new Error("That is more than any dose of any drug: check the unit.");
  }
  return asDecimal(value);
};
