// The phone's page at a relay. What it asks and shows comes sealed from the computer; the page itself
// knows nobody. Once it is paired it is the same page for writing as at home (app.js).

import { isLetIn } from "./face.js";
import { showForm, showHelp } from "./form.js";
import { leaveBy, showWaiting } from "./leaving.js";
import { showLook, startLooking } from "./looking.js";
import { chooseAgain, fourWords, pair } from "./pairing.js";
import { FEWEST_SIGNS } from "./passcode.js";
import { canSeal } from "./seal.js";
import { visit } from "./sending.js";
import { keep, kept } from "./store.js";
import { turnTo } from "./turning.js";

const at = (id) => document.getElementById(id);

const say = (text, where = "pair-trouble") => {
  at(where).textContent = text;
  at(where).hidden = !text;
};

// ---- what is kept, on the page -----------------------------------------------------------------

const showKept = async () => {
  const [me, face, outside] = await Promise.all(["relay", "face", "outside"].map(kept));
  const { door } = face.head;
  Object.assign(document.body.dataset, { vault: door.vault, box: door.box, key: door.key });
  const letIn = isLetIn(face, me);
  at("compare").hidden = letIn;
  at("four-words").textContent = letIn ? "" : (await fourWords(me)).join("  ");
  if (outside) {
    document.title = outside.name;
    at("name").textContent = outside.name;
    at("card-part").hidden = !outside.card;
    at("card-words").textContent = outside.card;
    showHelp(outside.help);
  }
  if (at("open-part").hidden && isUntouched()) showForm(outside?.form ?? plainForm());
  await showLook();
};

const plainForm = () => JSON.parse(document.body.dataset.form);

// Nobody's half-finished answers are taken from under their thumb.
const isUntouched = () => !at("check-in").querySelector("input:checked")
  && !at("check-in").elements.note.value;

const showBefore = async () => {
  const before = await kept("lines before");
  if (!before || !(before.inDiary + before.waiting)) return;
  const last = before.last ? ` The last of those was saved ${new Intl.DateTimeFormat(
    undefined, { dateStyle: "medium", timeStyle: "short" }).format(new Date(before.last))}.` : "";
  at("before").textContent = `From before: ${before.inDiary} in your diary, ${before.waiting} at the `
    + `relay for it.${last} What was written after the last one sent, and had not left this phone, `
    + "went when its browser forgot.";
  at("before").hidden = false;
};

const onceVisited = async () => {
  const { left, line } = await visit();
  await showKept();
  if (line) throw new Error(line);
  return left;
};

// ---- pairing ---------------------------------------------------------------------------------------

const chosenPasscode = (first, second) => {
  if ([...first].length < FEWEST_SIGNS) {
    throw new Error(`A passcode has at least ${FEWEST_SIGNS} letters or digits.`);
  }
  if (first !== second) throw new Error("The two passcodes differ. Type both again.");
  return first;
};

const working = async (form, where, work) => {
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  say("", where);
  try {
    await work();
  } catch (error) {
    say(error.message, where);
  } finally {
    button.disabled = false;
  }
};

at("pair-form").addEventListener("submit", (event) => {
  event.preventDefault();
  working(event.target, "pair-trouble", async () => {
    await pair(at("code").value, chosenPasscode(at("new-1").value, at("new-2").value));
    event.target.reset();
    history.replaceState(null, "", location.pathname);
    await begin();
  });
});

at("again-form").addEventListener("submit", (event) => {
  event.preventDefault();
  working(event.target, "again-trouble", async () => {
    await chooseAgain(chosenPasscode(at("again-1").value, at("again-2").value));
    event.target.reset();
    at("again-part").open = false;
    await showKept();
    await onceVisited();
  });
});

at("look-now").addEventListener("click", async () => {
  at("look-now").disabled = true;
  try {
    say("", "compare-trouble");
    await onceVisited();
    if (!at("compare").hidden) {
      say("Your computer has not said yes yet. Writing works already.", "compare-trouble");
    }
  } catch (error) {
    say(error.message, "compare-trouble");
  } finally {
    at("look-now").disabled = false;
  }
});

// ---- start -------------------------------------------------------------------------------------------

const begin = async () => {
  for (const section of document.querySelectorAll("main > section")) {
    if (section.id === "pair") section.dataset.off = "yes";
    else delete section.dataset.off;
  }
  leaveBy(onceVisited);
  startLooking();
  await showKept();
  await showBefore();
  await import("./app.js");
  await showWaiting();
};

const CODE = /^#[0-9A-Za-z-]{28,40}$/;

window.addEventListener("hashchange", () => {
  if (CODE.test(location.hash)) location.reload();
});

const start = async () => {
  document.documentElement.dataset.theme = (await kept("theme")) ?? "dim";
  const isCode = CODE.test(location.hash);
  if (isCode) {
    at("code").value = location.hash.slice(1).toUpperCase();
    history.replaceState(null, "", location.pathname);
  }
  if (await kept("relay") && !isCode) {
    await begin();
    return;
  }
  turnTo();
  window.addEventListener("hashchange", turnTo);
  if (!(await canSeal())) {
    at("pair-form").hidden = true;
    say(window.isSecureContext
      ? "This browser cannot seal entries, so nothing can be written here. A browser from 2025 or "
        + "later can. Help now works."
      : "This page came without https, so nothing can be sealed or kept here. Help now works.");
  }
  if (isCode) at("new-1").focus();
  document.documentElement.dataset.ready = "yes";
  await navigator.storage?.persist?.();
  await keep("theme", document.documentElement.dataset.theme);
};

if ("serviceWorker" in navigator) navigator.serviceWorker.register("sw.js");
start().catch((error) => say(`This page could not start: ${error.message}`));
