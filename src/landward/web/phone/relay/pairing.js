// A phone joins with the code its computer shows, or with the same code again after its browser
// forgot everything. Nobody is let in by the code alone: the computer asks for four words.

import { blobsSince } from "./asking.js";
import { takeUp } from "./face.js";
import { newPasscode } from "./passcode.js";
import { toHex } from "./seal.js";
import { openBlob, rootOf, shelfOf, unpacked } from "./shelf.js";
import { deviceName, handedOver } from "./signing.js";
import { sayHello } from "./sending.js";
import { kept, put, waiting } from "./store.js";

const X25519 = { name: "X25519" };
const utf8 = new TextEncoder();

const kind = () => ["iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"]
  .find((word) => navigator.userAgent.includes(word)) ?? "a phone";

// What lies on the shelf from this phone's time before: lines the diary has, lines that wait.
const linesBefore = async (shelf, blobs, device) => {
  const found = { inDiary: 0, waiting: 0, last: "" };
  let newest = -1;
  for (const one of blobs) {
    const content = await openBlob(shelf, one);
    const { head } = (content && unpacked(content)) ?? {};
    if (head?.kind === "line" && head.device !== device) {
      found.waiting += 1;
      if (head.at > found.last) found.last = head.at;
    } else if (head?.kind === "face" && head.n > newest) {
      newest = head.n;
      found.inDiary = Object.entries(head.taken).filter(([name]) => name !== device)
        .reduce((sum, [, [through, also]]) => sum + through + also.length, 0);
    }
  }
  return found;
};

// Another shelf is another pairing: another name, counted from one.
const startAnew = async () => {
  const entries = (await waiting()).map(
    ({ n, put: left, tries, face, head, ...entry }) => entry);
  await put(entries, Object.fromEntries(["device", "signing", "numbered", "face", "outside",
    "read to", "hello tries", "wrong passcodes"].map((name) => [name, undefined])));
};

export const pair = async (typed, passcode) => {
  const root = await rootOf(typed);
  if (!root) {
    throw new Error("That is not the code: it has 28 letters and digits, and one may be wrong.");
  }
  const shelf = await shelfOf(root);
  const { found } = await blobsSince(shelf, 0).catch((error) => {
    throw error.status === 404 ? new Error("The relay does not know this code. Look again, or ask "
      + "your computer for a new one.") : error;
  });
  const before = await kept("relay");
  if (before?.shelf.shelf !== shelf.shelf) await startAnew();
  const device = await deviceName();
  const own = await crypto.subtle.generateKey(X25519, false, ["deriveBits"]);
  const me = {
    shelf, device, label: kind(), opens: own.privateKey,
    opensPublic: toHex(await crypto.subtle.exportKey("raw", own.publicKey)),
    guard: await newPasscode(passcode),
  };
  await takeUp(me, found);
  if (!(await kept("face"))) throw new Error("Your computer has not made this ready. Try again soon.");
  await put([], { relay: me, "lines before": await linesBefore(shelf, found, device) });
  await sayHello(me);
};

// A forgotten passcode: new keys behind a new one. The computer has to say yes again.
export const chooseAgain = async (passcode) => {
  const me = { ...(await kept("relay")), guard: await newPasscode(passcode) };
  await put([], { relay: me, "wrong passcodes": undefined, "hello tries": undefined });
};

// The four words both screens show: 44 bits of who this phone says it is.
export const fourWords = async (me) => {
  const { WORDS } = await import("./words.js");
  const said = [me.device, await handedOver(), me.opensPublic, me.guard.public].join("\n");
  const digest = new DataView(await crypto.subtle.digest("SHA-256", utf8.encode(
    `landward phone words 1\n${me.shelf.shelf}\n${said}`)));
  const number = digest.getBigUint64(0);
  return [33n, 22n, 11n, 0n].map((place) => WORDS[Number(number >> place & 2047n)]);
};
