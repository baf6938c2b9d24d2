// One visit to the relay: say who this phone is until the computer says yes, leave the sealed lines
// that wait, read what the computer left. A line stays here until the computer says that the diary
// has it; whatever breaks off is done again, and again does no harm.

import { blobsSince, putBlob } from "./asking.js";
import { isLetIn, takeUp } from "./face.js";
import { blobId, packed, sealBlob } from "./shelf.js";
import { handedOver, signatureOf } from "./signing.js";
import { change, keep, kept, numberLeaving, remove, waiting } from "./store.js";

const leaveBlob = async (me, what, content) => {
  const blob = await blobId(me.shelf, what);
  return putBlob(me.shelf, blob, await sealBlob(me.shelf, blob, content));
};

export const sayHello = async (me) => {
  if (isLetIn(await kept("face"), me)) return;
  const tries = (await kept("hello tries")) ?? 0;
  const said = await leaveBlob(me, `hello ${me.device} ${me.guard.public} ${tries}`, packed({
    kind: "hello", device: me.device, signs: await handedOver(), opens: me.opensPublic,
    passcode_opens: me.guard.public, label: me.label,
  }));
  if (said === "gone") await keep("hello tries", tries + 1);
};

const isTaken = (face, me, entry) => {
  const [through, also] = face?.head.taken[me.device] ?? [0, []];
  return entry.n !== undefined && (entry.n <= through || also.includes(entry.n));
};

// Whether the computer was at the relay since a line was left there, and yet may not have got it.
// Told by the number of what it left, by no clock: this phone's may be a year off.
const isMissing = (face, me, entry) =>
  entry.put && face?.head.n > entry.face && !isTaken(face, me, entry);

// What stands before a line: its number, which this phone signs, so that nobody else can claim it.
// Made once and kept: the same line is the same bytes whenever it is sent.
const headOf = async (me, entry, without) => {
  if (entry.head) return entry.head;
  const head = {
    kind: "line", device: me.device, n: entry.n, id: entry.id, box: entry.box, at: entry.savedAt,
    without,
    signature: await signatureOf(`head ${me.shelf.shelf} ${entry.n} ${entry.id} ${without.join(",")}`),
  };
  await change(entry.id, { head });
  return head;
};

// Numbers that never come: those lines were carried home as a file and are not kept here any more.
const goneOf = async (me, face) => {
  const there = new Set((await waiting()).map((entry) => entry.n));
  const [through, also] = face?.head.taken[me.device] ?? [0, []];
  const gone = [];
  for (let n = through + 1; n <= ((await kept("numbered")) ?? 0); n += 1) {
    if (!there.has(n) && !also.includes(n)) gone.push(n);
  }
  return gone.slice(0, 1000);
};

const leaveLine = async (me, face, entry, without) => {
  const tries = entry.tries ?? 0;
  const said = await leaveBlob(me, `line ${me.device} ${entry.n} ${tries}`,
    packed(await headOf(me, entry, without), entry.blob));
  // Somebody removed it and the diary has not got it: it goes again, under another number.
  const again = said === "gone" && isMissing(face, me, entry);
  await change(entry.id, {
    put: true, face: face?.head.n ?? 0, ...(again ? { tries: tries + 1, put: false } : {}) });
};

const leaveLines = async (me) => {
  const face = await kept("face");
  const leaving = (entry) => !entry.put || isMissing(face, me, entry);
  await numberLeaving((await waiting()).filter(leaving).map((entry) => entry.id));
  const gone = await goneOf(me, face);
  let left = 0;
  for (const entry of (await waiting()).filter(leaving)) {
    await leaveLine(me, face, entry, gone.filter((n) => n < entry.n));
    if (!entry.put) left += 1;
  }
  return left;
};

const readShelf = async (me) => {
  const from = (await kept("read to")) ?? 0;
  let { found, last } = await blobsSince(me.shelf, from);
  if (last < from) ({ found, last } = await blobsSince(me.shelf, 0));
  const line = await takeUp(me, found);
  await keep("read to", Math.max(0, ...found.map((one) => one.seq), last < from ? 0 : from));
  const face = await kept("face");
  await remove((await waiting()).filter((entry) => isTaken(face, me, entry))
    .map((entry) => entry.id));
  return line;
};

// Resolves to how many lines were left at the relay, and a line to say, if there is one.
export const visit = async () => {
  const me = await kept("relay");
  await sayHello(me);
  const left = await leaveLines(me);
  return { left, line: await readShelf(me) };
};
