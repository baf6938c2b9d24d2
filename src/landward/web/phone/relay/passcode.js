// The passcode of this phone. What the computer sealed for it opens with a key that lies here only
// wrapped: by the passcode (PBKDF2) and by a key that cannot be read out of this browser. A wrong
// passcode costs time, more each time, and never wipes anything.

import { joined } from "./shelf.js";
import { keep, kept } from "./store.js";
import { toHex } from "./seal.js";

export const FEWEST_SIGNS = 6;
const ROUNDS = 600_000;
const FREE_TRIES = 3;
const LONGEST_MS = 15 * 60_000;
const X25519 = { name: "X25519" };

const utf8 = new TextEncoder();

const wrapping = async (passcode, salt, rounds, pepper) => {
  const typed = await crypto.subtle.importKey(
    "raw", utf8.encode(passcode.normalize("NFKC")), "PBKDF2", false, ["deriveBits"]);
  const stretched = new Uint8Array(await crypto.subtle.deriveBits(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, typed, 256));
  const raw = await crypto.subtle.sign("HMAC", pepper, joined(utf8.encode("wrap\n"), stretched));
  return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
};

// A new key pair behind a passcode. Returns what is kept, and the public half in hex.
export const newPasscode = async (passcode) => {
  const pair = await crypto.subtle.generateKey(X25519, true, ["deriveBits"]);
  const pepper = await crypto.subtle.generateKey(
    { name: "HMAC", hash: "SHA-256", length: 256 }, false, ["sign"]);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await wrapping(passcode, salt, ROUNDS, pepper);
  const secret = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  const wrapped = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, secret));
  const open = toHex(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { salt, iv, rounds: ROUNDS, pepper, wrapped, public: open };
};

// How long the next try has to wait, in milliseconds. A clock that was turned back adds nothing.
export const waitMs = async () => {
  const { until = 0 } = (await kept("wrong passcodes")) ?? {};
  return Math.min(Math.max(0, until - Date.now()), LONGEST_MS);
};

// The private key behind the passcode; undefined for a wrong one, which the next try waits for.
export const opened = async (guard, passcode) => {
  const tried = (await kept("wrong passcodes")) ?? { count: 0, until: 0 };
  // Counted before it is tried, so that closing the page at the right moment wins nothing.
  const count = tried.count + 1;
  const wait = count < FREE_TRIES ? 0 : Math.min(5_000 * 2 ** (count - FREE_TRIES), LONGEST_MS);
  await keep("wrong passcodes", { count, until: Date.now() + wait });
  try {
    const key = await wrapping(passcode, guard.salt, guard.rounds, guard.pepper);
    const secret = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: guard.iv }, key, guard.wrapped);
    const found = await crypto.subtle.importKey("pkcs8", secret, X25519, false, ["deriveBits"]);
    await keep("wrong passcodes", undefined);
    return found;
  } catch {
    return undefined;
  }
};
