// Today's questions, whom to call and the card, as the computer wrote them for this phone.

import { dateWords, hint, made } from "./drawing.js";

const at = (id) => document.getElementById(id);

const choice = (name, [value, words]) => made("label", {},
  made("input", { type: "radio", name, value }), made("span", {}, words));

const question = (one, place) => {
  const name = place === 0 ? one.id : `q-${one.id}`;
  const kind = one.scale ? { "data-item": one.id, "data-scale": one.scale }
    : { "data-choice": one.id };
  const all = (pairs, more = "") => made("div", { className: `choices ${more}` },
    pairs.map((pair) => choice(name, pair)));
  return made("fieldset", kind, made("legend", {}, one.words), one.hint && hint(one.hint),
    all(one.options, one.options.length === 11 ? "numbers" : ""),
    one.besides.length ? all(one.besides) : "");
};

const listed = (words) => words.join(" and ");

const doses = (drugs) => {
  const part = at("dose-part").content.cloneNode(true);
  part.querySelector("h2").textContent = `Last one: your ${listed(drugs)}. This saves.`;
  const fields = drugs.map((drug, place) => made("label", { className: "field" },
    `${drug[0].toUpperCase()}${drug.slice(1)}: how much in the whole day? Such as 7.5 mg, or `
      + "½ tablet of 5 mg ",
    made("input", { name: `mg-${place + 1}`, autocapitalize: "off", autocomplete: "off",
      maxLength: 120 })));
  part.querySelector("#how-much").prepend(...fields);
  return part;
};

let shown = "";

// Puts the form in place of the one that stands, unless it is the same. What was typed in it goes.
export const showForm = (form) => {
  const wanted = JSON.stringify(form);
  if (wanted === shown) return false;
  shown = wanted;
  const { dataset } = document.body;
  dataset.planned = JSON.stringify(form.planned);
  dataset.plannedUntil = form.planned_until;
  dataset.dayStartsAt = form.day_starts_at;
  at("questions").replaceChildren(...form.questions.map(question), hint(form.specials_mean));
  const drugs = [...new Set(form.planned.map((step) => step.drug))];
  at("doses").replaceChildren(drugs.length ? doses(drugs)
    : at("save-part").content.cloneNode(true));
  at("do-not-stop").textContent = form.do_not_stop;
  return true;
};

const dialled = (number) => number.replaceAll(" ", "");

const callTo = (line, more = "") =>
  made("a", { className: `call ${more}`, href: `tel:${dialled(line.phone)}` }, `Call ${line.phone}`);

const lineToCall = (line) => made("li", {}, made("strong", {}, line.name),
  line.phone && callTo(line),
  line.text_to && made("a", { className: "call", href: `sms:${dialled(line.text_to)}` },
    `Text ${line.text_to}`),
  made("span", { className: "hint" },
    [line.hours === "always" ? "" : line.hours, line.note].filter(Boolean).join(" · ")));

export const showHelp = ({ crisis, safety_plan: plan }) => {
  const [emergency, others] = [crisis.lines.find((line) => line.kind === "emergency"),
    crisis.lines.filter((line) => line.kind !== "emergency")];
  at("first-words").textContent = crisis.first_words;
  at("whom").replaceChildren(...[
    emergency && made("p", {}, callTo(emergency, "first-call"), " ",
      made("span", { className: "hint" }, emergency.note)),
    others.length && made("h2", {}, "Someone to talk to"),
    others.length && made("ul", { className: "lines" }, others.map(lineToCall)),
    ...safetyPlan(plan),
  ].filter(Boolean));
  at("checked").textContent = crisis.checked ? `Numbers last checked on ${dateWords(crisis.checked)}.` : "";
  at("warning").textContent = crisis.warning;
};

export const safetyPlan = (plan, level = "h2") => plan.flatMap(([heading, words]) =>
  [made(level, {}, heading), made("div", { className: "paper" }, words)]);
