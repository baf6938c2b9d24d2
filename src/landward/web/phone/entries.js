// From a form to journal lines, written exactly as landward/model/entries.py writes them.

// One text for one value: sorted keys, no spaces.
export const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.keys(value).sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${pairs.join(",")}}`;
};

export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)),
    (byte) => byte.toString(16).padStart(2, "0")).join("");

const isoDay = (date) => {
  const two = (number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

// The day it is: at two in the morning it is still yesterday evening.
export const today = (now, dayStartsAt) => {
  const [hours, minutes] = dayStartsAt.split(":").map(Number);
  const early = now.getHours() * 60 + now.getMinutes() < hours * 60 + minutes;
  return isoDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - (early ? 1 : 0)));
};

export const daysBefore = (day, count) => {
  const [year, month, date] = day.split("-").map(Number);
  return isoDay(new Date(year, month - 1, date - count));
};

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

const MOST_BYTES = 64 * 1024;

// One line: the body first and word for word, then the envelope.
export const line = ({ id, device, seq, at, date, kind, body, replaces = [], late = false }) => {
  const said = canonical(body);
  if (new TextEncoder().encode(said).length > MOST_BYTES) {
    throw new Error("That is more than one entry can hold: save part of it, then write more.");
  }
  const envelope = canonical({
    date, device, id, kind, origin: late ? "filled in later" : "app",
    recorded_at: at.toISOString(), replaces, seq, version: body.wordings ? 3 : body.choices ? 2 : 1, zone: zone(),
  });
  return `{"body":${said},${envelope.slice(1)}`;
};

// What was asked and answered. Fields that say nothing are left out, as the diary does.
export const checkIn = ({ items, choices = {}, wordings = {}, mode = "answered", note = "" }) => {
  const body = {};
  const named = (test) => items.filter(test).map((item) => item.id);
  if (items.length) body.asked = named(() => true);
  const answered = items.filter((item) => /^\d+$/.test(item.answer));
  if (answered.length) {
    body.answers = Object.fromEntries(answered.map((item) => [item.id, Number(item.answer)]));
    body.scales = Object.fromEntries(answered.map((item) => [item.id, item.scale]));
  }
  const tooMuch = named((item) => item.answer === "too_much");
  const noOccasion = named((item) => item.answer === "no_occasion");
  if (tooMuch.length) body.too_much = tooMuch;
  if (noOccasion.length) body.no_occasion = noOccasion;
  if (Object.keys(choices).length) body.choices = choices;
  if (Object.keys(wordings).length) body.wordings = wordings;
  if (mode !== "answered") body.mode = mode;
  if (note) body.note = note;
  return body;
};

// "As planned" carries the amount that stood on the page, or none where the page knew none.
export const dose = ({ drug, status, mg }) =>
  ({ drug, status, day_total: true, ...(mg ? { dose_mg: mg } : {}) });
