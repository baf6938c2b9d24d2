// Asking the relay this page came from, and nobody else. Every no is one line, and loses nothing.

import { fromHex, toHex } from "./seal.js";

const WIRE = new URL("../v1/", location.href);
const VERSION = "1";
const PATIENCE_MS = 30_000;
const FRAME = 28;

const LINES = {
  404: "The relay does not know this phone. Everything stays here. Look on your computer whether "
    + "this phone is still listed there; if not, pair it again.",
  413: "The relay did not take this. Everything stays here.",
  422: "The relay did not take this. Everything stays here.",
  426: "The relay was made newer than this page. Everything stays here. Close this page and open it "
    + "again.",
  429: "The relay asks to wait a little. Everything stays here and goes later.",
  503: "The relay cannot write just now. Everything stays here and goes later.",
  507: "The relay has no room left for your diary. Everything stays here. Open your diary on your "
    + "computer: it takes your lines in, and makes room.",
};
const SILENT = "The relay does not answer now. Everything stays here and goes later.";
const NO_RELAY = "What answered is no relay. Everything stays here.";

export class Refused extends Error {
  constructor(status, line, waitS = 0) {
    super(line);
    Object.assign(this, { status, waitS });
  }
}

let quietUntil = 0;

const ask = async (path, { method = "GET", token, body } = {}) => {
  if (Date.now() < quietUntil) throw new Refused(429, LINES[429]);
  let answer;
  try {
    answer = await fetch(new URL(path, WIRE), {
      method, body, cache: "no-store", credentials: "omit", redirect: "error",
      headers: { "Landward-Relay": VERSION, "Authorization": `Bearer ${token}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Refused(0, SILENT);
  }
  const said = answer.headers.get("Landward-Relay");
  if (answer.status === 426 || (said !== null && said !== VERSION)) {
    throw new Refused(426, LINES[426]);
  }
  if (said === null) throw new Refused(-1, answer.status >= 500 ? SILENT : NO_RELAY);
  if (answer.ok) return answer;
  const waitS = Math.min(Number(answer.headers.get("Retry-After")) || 0, 3600);
  if (answer.status === 429) quietUntil = Date.now() + Math.max(1, waitS) * 1000;
  throw new Refused(answer.status, LINES[answer.status] ?? NO_RELAY, waitS);
};

// Leaves one blob. Resolves to "kept", or to "gone" where it lay there once and was removed.
export const putBlob = async ({ shelf, write }, blob, data) => {
  try {
    await ask(`shelf/${shelf}/${blob}`, { method: "PUT", token: write, body: data });
    return "kept";
  } catch (error) {
    if (error.status === 410 || error.status === 409) return "gone";
    throw error;
  }
};

const frames = (bytes) => {
  const view = new DataView(bytes.buffer);
  const found = [];
  for (let at = 0; at + FRAME <= bytes.length;) {
    const size = view.getUint32(at + 24);
    found.push({
      seq: Number(view.getBigUint64(at)), blob: toHex(bytes.slice(at + 8, at + 24)),
      data: bytes.slice(at + FRAME, at + FRAME + size),
    });
    at += FRAME + size;
  }
  return found;
};

// All blobs after a number, and the highest number the relay ever gave.
export const blobsSince = async ({ shelf, read }, seq) => {
  const found = [];
  let last = seq;
  for (let from = seq; ;) {
    const answer = await ask(`shelf/${shelf}?since=${from}&most=256`, { token: read });
    last = Number(answer.headers.get("Landward-Last")) || 0;
    const some = frames(new Uint8Array(await answer.arrayBuffer()));
    if (!some.length) return { found, last };
    found.push(...some);
    const next = some.at(-1).seq;
    if (next <= from) throw new Refused(-1, NO_RELAY);
    from = next;
  }
};
