// How sealed entries leave this phone: sent to the diary's own computer, left at a relay, or carried
// as a file. A copy stays here until the other side has said, by id, that it has it.

import { handOverKey } from "./signing.js";
import { keep, kept, markAsLeaving, remove, waiting } from "./store.js";

const at = (id) => document.getElementById(id);
const { vault, submit } = document.body.dataset;
const AT_ONCE_BYTES = 120_000;
const PATIENCE_MS = 15_000;

const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

const asText = ({ id, box, blob }) => ({ id, box, sealed: toBase64(blob) });

const parcel = (entries) =>
  JSON.stringify({ format: "landward-waiting", version: 1, vault, entries: entries.map(asText) });

const tell = (text) => { at("sending").textContent = text; };

const deliver = async (entries) => {
  await markAsLeaving(entries.map((entry) => entry.id));
  const answer = await fetch(submit, {
    method: "POST", body: parcel(entries), headers: { "Content-Type": "application/json" },
    signal: AbortSignal.timeout(PATIENCE_MS), credentials: "same-origin", redirect: "error",
  });
  if (answer.status === 401) {
    at("unpaired").hidden = false;
    await keep("handed over", undefined);
    throw new Error("This phone is not paired any more. Everything stays here.");
  }
  if (!answer.ok) {
    const told = await answer.json().catch(() => ({}));
    throw new Error(told.detail ?? "Your computer did not take them. They stay here.");
  }
  const { kept: taken } = await answer.json();
  at("unpaired").hidden = true;
  await remove(taken.filter((id) => entries.some((entry) => entry.id === id)));
  return taken.length;
};

// The oldest entries that fit into one request, at least one.
const firstFew = (entries) => {
  let size = 0;
  const most = entries.findIndex(({ blob }) => (size += blob.length) > AT_ONCE_BYTES);
  return most < 0 ? entries : entries.slice(0, Math.max(1, most));
};

const deliverAll = async () => {
  let sent = 0;
  if ((await waiting()).length) await handOverKey();
  for (let left = await waiting(); left.length; left = await waiting()) {
    const taken = await deliver(firstFew(left));
    if (!taken) break;
    sent += taken;
  }
  return sent;
};

let way = submit ? deliverAll : undefined;

// Lets what waits leave by another way: something that resolves to how many entries went.
export const leaveBy = (other) => { way = other; };

// Sends what waits, if this page has somewhere to send to and it answers. Safe to call any time.
export const send = async () => {
  if (!way || !navigator.onLine) return;
  const alone = (work) => navigator.locks ? navigator.locks.request("landward-send", work) : work();
  try {
    const sent = await alone(way);
    if (sent) tell(sent === 1 ? "1 entry sent." : `${sent} entries sent.`);
  } catch (error) {
    tell(error instanceof TypeError || error.name === "TimeoutError"
      ? "Your computer does not answer now. Everything stays here." : error.message);
  }
};

const tellOfRelay = (count) => {
  if (!at("at-relay")) return;
  at("at-relay").hidden = !count;
  at("at-relay").textContent = count === 1
    ? "1 entry is with the relay, sealed, until your computer takes it."
    : `${count} entries are with the relay, sealed, until your computer takes them.`;
};

export const showWaiting = async () => {
  const everything = await waiting();
  const all = everything.filter((entry) => !entry.put);
  const when = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  at("count").textContent = {
    0: "Nothing waits on this phone.", 1: "1 entry waits on this phone.",
  }[all.length] ?? `${all.length} entries wait on this phone.`;
  tellOfRelay(everything.length - all.length);
  at("list").replaceChildren(...all.slice(-20).map((entry) => {
    const item = document.createElement("li");
    item.textContent = `Saved ${when.format(new Date(entry.savedAt))}, sealed`;
    return item;
  }));
  at("badge").hidden = !all.length;
  at("badge").textContent = `${all.length}`;
  at("badge").setAttribute("aria-label", `${all.length} waiting`);
  at("carry").disabled = !everything.length;
  if (at("send")) at("send").disabled = Boolean(submit) && !all.length;
  const carried = (await kept("carried")) ?? [];
  at("carried").hidden = !everything.some((entry) => carried.includes(entry.id));
};

// A file with everything that waits. The entries stay until the person says they arrived.
export const carry = async () => {
  const all = await waiting();
  const ids = all.map((entry) => entry.id);
  await markAsLeaving(ids);
  await keep("carried", ids);
  const file = new File([parcel(all)], "waiting.landward", { type: "application/octet-stream" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  tell("Saved as waiting.landward. They stay here too, until you say your computer has them.");
  await showWaiting();
};

export const forgetCarried = async () => {
  await remove((await kept("carried")) ?? []);
  await keep("carried", undefined);
  tell("Taken off this phone.");
  await showWaiting();
};
