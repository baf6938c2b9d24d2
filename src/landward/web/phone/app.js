// The pocket page: a form whose answers are sealed the moment they are saved.

import { milligrams } from "./amounts.js";
import { checkIn, daysBefore, dose, line, newId, today } from "./entries.js";
import { carry, forgetCarried, send, showWaiting } from "./leaving.js";
import { canSeal, seal } from "./seal.js";
import { deviceName, signatureOf } from "./signing.js";
import { keep, kept, put, takeBack } from "./store.js";
import { turnTo } from "./turning.js";

const at = (id) => document.getElementById(id);
// What this page knows of its diary; at a relay it may come anew while the page stands open.
const known = document.body.dataset;
const planned = () => JSON.parse(known.planned);
const drugs = () => [...new Set(planned().map((step) => step.drug))];
const form = at("check-in");
const BACK_DAYS = 7;

const say = (text) => {
  at("trouble").textContent = text;
  at("trouble").hidden = !text;
  if (text) at("trouble").scrollIntoView({ block: "center" });
};

// ---- the half-finished form -------------------------------------------------------------------

const draft = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value));

const restore = ({ fields = {} } = {}) => {
  for (const [name, value] of Object.entries(fields)) {
    const control = form.elements[name];
    if (control) control.value = value;
  }
  const folded = form.querySelector("details");
  folded.open = ["sleep", "note"].some((name) => fields[name])
    || (fields.about !== undefined && fields.about !== day());
  tellPlannedDose();
};

const day = () => today(new Date(), known.dayStartsAt);

const offerDays = () => {
  const words = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "short" });
  at("about").replaceChildren(...Array.from({ length: BACK_DAYS + 1 }, (_, count) => {
    const date = daysBefore(day(), count);
    const name = words.format(new Date(`${date}T12:00`));
    return new Option(count === 0 ? `Today, ${name}` : name, date, count === 0, count === 0);
  }));
};

// ---- saving ------------------------------------------------------------------------------------

const number = (text, most) => {
  const plain = text.trim().replace(",", ".");
  if (!/^\d{1,6}(\.\d{1,4})?$/.test(plain) || Number(plain) > most) return undefined;
  return plain.replace(/^0+(?=\d)/, "");
};

// What the plan said for a day when this page was made; too far ahead it is not known.
const plannedMg = (drug, about) => about > known.plannedUntil ? undefined
  : planned().findLast((step) => step.drug === drug && step.since <= about)?.mg;

const tellPlannedDose = () => {
  if (!drugs().length) return;
  const about = at("about").value || day();
  const parts = drugs().map((drug) => [drug, plannedMg(drug, about)])
    .map(([drug, mg]) => mg ? `${drug} ${mg} mg` : drug);
  at("planned").textContent = `As planned is ${parts.join(" and ")} in the whole day.`;
};

const doses = (status, fields, about) => drugs().map((drug, place) => {
  const said = status === "different" ? fields.get(`mg-${place + 1}`) : "";
  if (status === "as_planned") return { drug, status, mg: plannedMg(drug, about) };
  if (status !== "different") return { drug, status };
  if (!said.trim()) return { drug };
  const mg = milligrams(said);
  return mg === "0" ? { drug, status: "not_taken" } : { drug, status, mg };
});

const bodies = (pressed, about) => {
  if (pressed.name === "mode") return [["check_in", { mode: "unwell" }]];
  const fields = new FormData(form);
  const items = [...form.querySelectorAll("fieldset[data-item]")].map((set) => ({
    id: set.dataset.item, scale: set.dataset.scale,
    answer: set.querySelector("input:checked")?.value ?? "",
  }));
  const choices = Object.fromEntries([...form.querySelectorAll("fieldset[data-choice]")]
    .map((set) => [set.dataset.choice, set.querySelector("input:checked")?.value])
    .filter(([, word]) => word));
  // In which words something was asked, where that is kept: numbers are asked, words answered.
  const wordings = Object.fromEntries([...form.querySelectorAll("fieldset[data-wording]")]
    .map(({ dataset }) => [dataset.item ?? dataset.choice, dataset])
    .filter(([id, { item }]) => item || choices[id]).map(([id, { wording }]) => [id, wording]));
  const words = fields.get("note").trim();
  const note = words.toWellFormed?.() ?? words;
  const found = [];
  if (items.some((item) => item.answer) || Object.keys(choices).length) {
    found.push(["check_in", checkIn({ items, choices, wordings, note })]);
  } else if (note) found.push(["note", { text: note }]);
  if (fields.get("sleep").trim()) {
    const hours = number(fields.get("sleep"), 24);
    if (hours === undefined) throw new Error("Hours of sleep are a number from 0 to 24.");
    found.push(["sleep", { hours: Number(hours) }]);
  }
  for (const taken of pressed.value ? doses(pressed.value, fields, about) : []) {
    if (!taken.status || (taken.status === "different" && !taken.mg)) {
      throw new Error("How much was it? Write it like 7.5 mg, or ½ tablet of 5 mg.");
    }
    found.push(["dose_taken", dose(taken)]);
  }
  if (!found.length) throw new Error("Nothing to save yet: one answer is enough.");
  return found;
};

const sealed = async (entry) => {
  const written = line(entry);
  const blob = await seal(known.vault, known.key, written, await signatureOf(written));
  return { id: entry.id, box: known.box, blob, savedAt: entry.at.toISOString() };
};

// Seals and keeps all bodies together; resolves to their ids once they are on the disk.
const save = async (found, about, notes) => {
  const device = await deviceName();
  const first = ((await kept("seq")) ?? 0) + 1;
  const now = new Date();
  const entries = found.map(([kind, body, replaces], place) => ({
    id: newId(), device, seq: first + place, at: now, date: about, kind, body, replaces,
    late: about < day(),
  }));
  const blobs = await Promise.all(entries.map(sealed));
  const ids = entries.map((entry) => entry.id);
  await put(blobs, { seq: first + entries.length - 1, ...notes(ids, now) });
  return ids;
};

const clock = (iso) =>
  new Date(iso).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });

let dosePressedTwice = false;

const refuseSecondDose = async (pressed, about) => {
  const last = await kept("dose");
  const takes = ["as_planned", "different"].includes(pressed.value);
  if (!takes || last?.date !== about || dosePressedTwice) return false;
  dosePressedTwice = true;
  at("dose-written").textContent =
    `You wrote a dose for this day at ${clock(last.at)}. Press again only if this is another one.`;
  at("dose-written").hidden = false;
  return true;
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const pressed = event.submitter ?? { name: "dose", value: "" };
  const about = at("about").value || day();
  const buttons = [...form.elements].filter((control) => control.type === "submit");
  for (const button of buttons) button.disabled = true;
  try {
    say("");
    if (pressed.name === "dose" && await refuseSecondDose(pressed, about)) return;
    const found = bodies(pressed, about);
    const withDose = found.some(([, body]) => ["as_planned", "different"].includes(body.status));
    await save(found, about, (ids, now) => ({
      draft: undefined,
      last: { ids, at: now.toISOString(), date: about, withDose },
      ...(withDose ? { dose: { date: about, at: now.toISOString() } } : {}),
    }));
    await showWaiting();
    await showSaved();
    await leave();
  } catch (error) {
    say(error instanceof DOMException
      ? `The phone could not keep this (${error.message}). Your answers are still here.`
      : error.message);
  } finally {
    for (const button of buttons) button.disabled = false;
  }
});

const fresh = () => {
  form.reset();
  offerDays();
  restore();
  dosePressedTwice = false;
  at("how-much")?.setAttribute("hidden", "");
  at("dose-written")?.setAttribute("hidden", "");
};

const showForm = (shown) => {
  form.hidden = at("unwell").hidden = !shown;
  at("saved").hidden = shown;
};

const showSaved = async () => {
  const { withDose, date } = await kept("last");
  fresh();
  at("written").hidden = true;
  const about = date === day() ? "today" : date;
  at("saved-what").textContent = `For ${about}${withDose ? ", with your dose" : ""}.`;
  showForm(false);
  at("undo").focus({ preventScroll: true });
  window.scrollTo(0, 0);
};

at("again").addEventListener("click", () => showForm(true));

at("undo").addEventListener("click", async () => {
  const last = await kept("last");
  if (!last) return;
  const elsewhere = await takeBack(last.ids);
  const notes = () => ({ last: undefined, ...(last.withDose ? { dose: undefined } : {}) });
  if (elsewhere.length) {
    await save([["retraction", {}, elsewhere]], last.date, notes);
  } else {
    await put([], notes());
  }
  await showWaiting();
  showForm(true);
  await tellWhatIsWritten();
  await leave();
});

const tellWhatIsWritten = async () => {
  const last = await kept("last");
  const here = last?.date === day();
  at("written").hidden = !here;
  if (here) {
    at("written").textContent =
      `Written today at ${clock(last.at)}${last.withDose ? ", with your dose" : ""}.`;
  }
};

// ---- leaving this phone --------------------------------------------------------------------------

const leave = async () => {
  await send();
  await showWaiting();
};

at("carry").addEventListener("click", carry);
at("carried").addEventListener("click", forgetCarried);
at("send")?.addEventListener("click", leave);
window.addEventListener("online", leave);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") leave();
});

// ---- start -----------------------------------------------------------------------------------------

form.addEventListener("click", ({ target }) => {
  if (target.id !== "different") return;
  at("how-much").hidden = !at("how-much").hidden;
  at("different").setAttribute("aria-expanded", String(!at("how-much").hidden));
  if (!at("how-much").hidden) form.elements["mg-1"].focus();
});

at("theme").addEventListener("change", async ({ target }) => {
  document.documentElement.dataset.theme = target.value;
  await keep("theme", target.value);
});

at("about").addEventListener("change", tellPlannedDose);
window.addEventListener("hashchange", turnTo);

const start = async () => {
  turnTo();
  offerDays();
  tellPlannedDose();
  const theme = (await kept("theme")) ?? "dim";
  document.documentElement.dataset.theme = theme;
  at("theme").value = theme;
  if (!(await canSeal())) {
    form.hidden = at("unwell").hidden = true;
    say(window.isSecureContext
      ? "This browser cannot seal entries, so nothing can be written here. A browser from 2025 or "
        + "later can. Help now works."
      : "This page came without https, so nothing can be sealed or kept here. Help now works.");
  }
  const unfinished = await kept("draft");
  if (unfinished?.day >= daysBefore(day(), BACK_DAYS)) restore(unfinished);
  form.addEventListener("input", () => keep("draft", { day: day(), fields: draft() }));
  await tellWhatIsWritten();
  document.documentElement.dataset.ready = "yes";
  await navigator.storage?.persist?.();
  await leave();
};

if ("serviceWorker" in navigator) navigator.serviceWorker.register("sw.js");
start().catch((error) => say(`This page could not start: ${error.message}`));
