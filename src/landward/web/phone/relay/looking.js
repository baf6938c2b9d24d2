// What opens with the passcode: ready words and pictures. Nothing of it stays on the page once it is
// closed, or once the page was out of sight for two minutes.

import { dateWords, hint, made, picture } from "./drawing.js";
import { inside, isLetIn } from "./face.js";
import { safetyPlan, showForm } from "./form.js";
import { opened, waitMs } from "./passcode.js";
import { daysBefore, today } from "./entries.js";
import { kept } from "./store.js";

const at = (id) => document.getElementById(id);
const OUT_OF_SIGHT_MS = 120_000;
const OLD_DAYS = 7;

const say = (text) => {
  at("look-trouble").textContent = text;
  at("look-trouble").hidden = !text;
};

const momentWords = (iso) => new Intl.DateTimeFormat(
  undefined, { dateStyle: "long", timeStyle: "short" }).format(new Date(iso));

const here = () => today(new Date(), document.body.dataset.dayStartsAt);

// The words that hold today; a change that lies ahead stands under them with its day.
const planned = (plan, until) => {
  const day = here();
  if (day > until) {
    return [made("h3", {}, plan.drug), made("p", {}, `What your computer sent ends on `
      + `${dateWords(until)}. Open your diary there.`)];
  }
  const now = plan.days.findLast(([since]) => since <= day) ?? plan.days[0];
  const next = plan.days.find(([since]) => since > day);
  return [made("h3", {}, plan.drug), made("p", { className: "done" }, now[1]),
    next ? hint(`From ${dateWords(next[0])}: ${next[1]}. You said yes to this.`) : "",
    hint(`${plan.agreed[0].toUpperCase()}${plan.agreed.slice(1)}. A line without your yes never `
      + "begins by itself.")];
};

const plans = (told) => [
  made("h2", {}, "What the plan says today"),
  ...(told.plans.length ? told.plans.flatMap((one) => planned(one, told.plans_until))
    : [made("p", {}, "No plan is kept in your diary.")]),
  made("p", { className: "note" }, "DRAFT, as you last said yes to it. ", told.form.do_not_stop),
];

// One part of it, folded to its heading: one thing to read at a time.
const fold = (heading, ...parts) => parts.flat().length ? made("details", { className: "fold" },
  made("summary", {}, made("h2", {}, heading)), ...parts) : "";

const medicines = (told) => fold("My medicines",
  told.doses.flatMap(([drug, lines]) => [made("h3", {}, drug),
    made("ul", { className: "plain" }, lines.map((line) => made("li", {}, line)))]));

const card = (told) => fold("Dose card", told.card ? [
  made("div", { className: "paper" }, told.card), hint(told.form.do_not_stop)] : []);

const table = ({ columns, rows }) => rows.length ? made("details", {},
  made("summary", {}, "The same as a table"),
  made("div", { className: "wide", tabIndex: 0, role: "region", "aria-label": "Table" },
    made("table", {},
      made("thead", {}, made("tr", {}, columns.map((one) => made("th", { scope: "col" }, one)))),
      made("tbody", {}, rows.map(([first, ...rest]) => made("tr", {},
        made("th", { scope: "row" }, first), rest.map((one) => made("td", {}, one)))))))) : "";

const drawn = (one) => fold(one.title,
  made("p", {}, one.sentence), made("div", { className: "drawn" }, picture(one.svg)),
  made("ul", { className: "signs" }, one.signs.map(([svg, words], place) =>
    made("li", { className: place ? "" : "ramp" }, picture(svg), made("span", {}, words)))),
  one.beside && hint(one.beside), table(one));

// Page one as a bitmap on a canvas: it needs no address, so the page's policy stays as narrow.
const painted = async (base64) => {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = made("canvas", { width: image.width, height: image.height, role: "img",
    "aria-label": "Page one as it is printed. The same in six lines stands below." });
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas;
};

const sheet = async ({ sheet: page }) => {
  if (!page) return "";
  const paper = made("div", { className: "wide sheet", tabIndex: 0, role: "region",
    "aria-label": "Page one" });
  const larger = made("button", { type: "button" }, "Larger");
  larger.setAttribute("aria-pressed", "false");
  larger.addEventListener("click", () => {
    const large = paper.classList.toggle("large");
    larger.setAttribute("aria-pressed", `${large}`);
  });
  if (page.png) paper.append(await painted(page.png));
  return fold("Page one, to show a doctor",
    ...(page.png ? [paper, made("p", { className: "row" }, larger)]
      : [hint("The printed page was too large to send here. Its words are below.")]),
    made("details", { open: !page.png }, made("summary", {}, "The same in six lines"),
      made("ul", { className: "plain" }, page.lines.map((line) => made("li", {}, line)))));
};

let hiddenAt = 0;
let wasOpened = 0;

const show = async (face, told) => {
  const old = face.head.made_at.slice(0, 10) < daysBefore(here(), OLD_DAYS);
  at("open-part").replaceChildren(...[
    hint(`Written by your computer on ${momentWords(face.head.made_at)}.`),
    old ? made("p", { className: "note" }, "That was more than a week ago: your plan may have "
      + "changed since. Open your diary on your computer.") : "",
    ...plans(told), card(told), medicines(told), ...told.pictures.map(drawn), await sheet(told),
    fold("My safety plan", safetyPlan(told.safety_plan, "h3")),
  ].filter(Boolean));
  at("locked-part").hidden = true;
  at("open-part").hidden = at("close-row").hidden = false;
  window.scrollTo(0, 0);
};

export const close = async () => {
  wasOpened = 0;
  at("open-part").replaceChildren();
  at("open-part").hidden = at("close-row").hidden = true;
  at("locked-part").hidden = false;
  const outside = await kept("outside");
  if (outside) showForm(outside.form);
};

// What stands before the passcode: whether there is something to open yet.
export const showLook = async () => {
  const [face, me] = [await kept("face"), await kept("relay")];
  const ready = isLetIn(face, me);
  at("unlock").hidden = !ready;
  at("not-yet").hidden = ready;
  if (wasOpened && face.head.n !== wasOpened) say("Your computer sent something newer. Close and "
    + "open to see it.");
};

const unlock = async (event) => {
  event.preventDefault();
  const field = at("passcode");
  const button = event.submitter ?? at("unlock").querySelector("button");
  const wait = await waitMs();
  if (wait) {
    say(`Wait ${Math.ceil(wait / 1000)} seconds, then try again. Nothing is ever wiped.`);
    return;
  }
  button.disabled = true;
  say("");
  try {
    const [face, me] = [await kept("face"), await kept("relay")];
    const key = await opened(me.guard, field.value);
    if (!key) {
      const next = await waitMs();
      say(next ? `That is not the passcode. Wait ${Math.ceil(next / 1000)} seconds, then try again. `
        + "Nothing is ever wiped." : "That is not the passcode. Try again.");
      return;
    }
    field.value = "";
    const told = await inside(face, me, key);
    if (!told) {
      say("Your computer has to say yes to this phone again. Until then nothing new opens here.");
      return;
    }
    wasOpened = face.head.n;
    await show(face, told);
    // What was begun in the shorter form stays as it is; the longer one comes the next time.
    if (!new FormData(at("check-in")).values().some((value) => value && value !== here())) {
      showForm(told.form);
    }
  } finally {
    button.disabled = false;
  }
};

export const startLooking = () => {
  at("unlock").addEventListener("submit", unlock);
  at("close").addEventListener("click", close);
  let timer;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.visibilityState === "hidden") {
      hiddenAt = Date.now();
      timer = setTimeout(close, OUT_OF_SIGHT_MS);
    } else if (wasOpened && Date.now() - hiddenAt > OUT_OF_SIGHT_MS) close();
  });
};
