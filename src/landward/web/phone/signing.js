// This phone's own signature: what it signed, its paired computer knows to be written here. The
// private half of the key cannot be read out of the browser. Lines of a page that knows no computer
// go unsigned; they join the diary all the same, marked. Checked by landward/vault/phone_keys.py.

import { keep, keepFirst, kept } from "./store.js";
import { toHex } from "./seal.js";

const ECDSA = { name: "ECDSA", namedCurve: "P-256" };
const { submit, relay } = document.body.dataset;

export const deviceName = () => keepFirst("device", () =>
  `pocket-${toHex(crypto.getRandomValues(new Uint8Array(6)))}`);

const ownKey = async () => (await kept("signing")) ?? keepFirst(
  "signing", await crypto.subtle.generateKey(ECDSA, false, ["sign", "verify"]));

// The signature of one line, in hex; empty where there is nobody who could check it.
export const signatureOf = async (line) => {
  if (!submit && !relay) return "";
  const { privateKey } = await ownKey();
  const { vault } = document.body.dataset;
  const text = new TextEncoder().encode(`landward phone line 1\nvault ${vault}\n${line}`);
  return toHex(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, text));
};

// The public half, in hex.
export const handedOver = async () =>
  toHex(await crypto.subtle.exportKey("raw", (await ownKey()).publicKey));

// Hands the public half to the computer this phone is paired with, once for each pairing. Where
// that does not work out, entries still go: they are marked there.
export const handOverKey = async () => {
  if (!submit) return;
  const key = await handedOver();
  if (await kept("handed over") === key) return;
  const answer = await fetch("key", {
    method: "POST", body: JSON.stringify({ device: await deviceName(), key }),
    headers: { "Content-Type": "application/json" }, credentials: "same-origin", redirect: "error",
  });
  if (answer.ok) await keep("handed over", key);
};
