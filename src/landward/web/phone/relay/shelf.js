// This phone's shelf at a relay: everything follows from the root in its code. What lies there is
// sealed for the relay's eyes, padded to few sizes and bound to its place, and the same content
// gives the same bytes, so that sending again is harmless. The other half, and why, is in
// landward/vault/phone_shelf.py.

import { fromHex, toHex } from "./seal.js";

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ALIKE = { O: "0", I: "1", L: "1" };
const CODE_LETTERS = 28;
const ROOT_BYTES = 17;
const SIZES = Array.from({ length: 12 }, (_, power) => 512 << power);
const [NONCE, TAG, LENGTH] = [12, 16, 4];

const utf8 = new TextEncoder();

export const joined = (...parts) => {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

// The root in a code as it was typed or scanned; undefined where it is no code.
export const rootOf = async (typed) => {
  const letters = [...typed.toUpperCase()].filter((one) => /[0-9A-Z]/.test(one))
    .map((one) => ALIKE[one] ?? one);
  const places = letters.map((one) => LETTERS.indexOf(one));
  if (places.length !== CODE_LETTERS || places.includes(-1)) return undefined;
  let number = 0n;
  for (const place of places) number = number << 5n | BigInt(place);
  const root = fromHex((number >> 4n).toString(16).padStart(2 * ROOT_BYTES, "0"));
  const [first] = await sha256(root);
  return BigInt(first >> 4) === (number & 15n) ? root : undefined;
};

// Number, tokens and the two keys of the shelf; the keys cannot be read out of the browser again.
export const shelfOf = async (root) => {
  const base = await crypto.subtle.importKey("raw", root, "HKDF", false, ["deriveBits"]);
  const derived = async (what, bytes = 32) => new Uint8Array(await crypto.subtle.deriveBits({
    name: "HKDF", hash: "SHA-256", salt: new Uint8Array(),
    info: utf8.encode(`landward phone shelf 1\n${what}`),
  }, base, bytes * 8));
  const named = await derived("shelf", 16);
  named[0] = root[0];
  return {
    shelf: toHex(named),
    write: toHex(await derived("write")),
    read: toHex(await derived("read")),
    sealing: await crypto.subtle.importKey(
      "raw", await derived("sealing"), "AES-GCM", false, ["encrypt", "decrypt"]),
    naming: await crypto.subtle.importKey(
      "raw", await derived("naming"), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]),
  };
};

const mac = async (shelf, bytes) =>
  new Uint8Array(await crypto.subtle.sign("HMAC", shelf.naming, bytes));

// The number of a blob: the same for the same `what`, and nothing to a relay.
export const blobId = async (shelf, what) =>
  toHex(await mac(shelf, utf8.encode(what))).slice(0, 32);

const bound = (shelf, blob) => utf8.encode(`landward phone blob 1\n${shelf.shelf}\n${blob}`);

export const sealBlob = async (shelf, blob, content) => {
  const size = SIZES.find((one) => content.length + NONCE + TAG + LENGTH <= one);
  if (!size) throw new Error("That is more than a relay can hold. It stays on this phone.");
  const iv = (await mac(shelf, joined(utf8.encode(`nonce ${blob}\n`), content))).slice(0, NONCE);
  const padded = new Uint8Array(size - NONCE - TAG);
  new DataView(padded.buffer).setUint32(0, content.length);
  padded.set(content, LENGTH);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: bound(shelf, blob) }, shelf.sealing, padded);
  return joined(iv, new Uint8Array(sealed));
};

// The content of a blob; undefined where it was not sealed for this place.
export const openBlob = async (shelf, { blob, data }) => {
  try {
    const padded = new Uint8Array(await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: data.slice(0, NONCE), additionalData: bound(shelf, blob) },
      shelf.sealing, data.slice(NONCE)));
    return padded.slice(LENGTH, LENGTH + new DataView(padded.buffer).getUint32(0));
  } catch {
    return undefined;
  }
};

// Every content is one line of JSON, then bytes.
export const packed = (head, bytes = new Uint8Array()) =>
  joined(utf8.encode(`${JSON.stringify(head)}\n`), bytes);

export const unpacked = (content) => {
  const end = content.indexOf(10);
  try {
    return { head: JSON.parse(new TextDecoder().decode(content.slice(0, end))),
      bytes: content.slice(end + 1) };
  } catch {
    return undefined;
  }
};
