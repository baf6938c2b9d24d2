// Sealing one journal line to the diary's public key: HPKE (RFC 9180), base mode, single shot,
// DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Only the unlocked diary can open it again;
// this page cannot. The other half is landward/vault/browser_seal.py.

const MAGIC = "landward-hpke 1\n";
const KEM_X25519 = 0x0020;
const KDF_SHA256 = 0x0001;
const AES_256_GCM = { id: 0x0002, keyBytes: 32 };
const PAD_TO = 256;

const utf8 = new TextEncoder();

export const fromHex = (hex) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export const toHex = (bytes) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

const join = (...parts) => {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const twoBytes = (number) => Uint8Array.of(number >> 8, number & 255);

const hmac = async (key, message) => {
  // HMAC pads its key with zeros, so no key and 32 zeros are the same; WebCrypto refuses the first.
  const raw = key.length ? key : new Uint8Array(32);
  const usable = await crypto.subtle.importKey(
    "raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", usable, message));
};

const labeledExtract = (suite, salt, label, secret) =>
  hmac(salt, join(utf8.encode("HPKE-v1"), suite, utf8.encode(label), secret));

// Everything HPKE asks for here fits one block of SHA-256, so HKDF-Expand is a single HMAC.
const labeledExpand = async (suite, key, label, info, size) => {
  const message = join(
    twoBytes(size), utf8.encode("HPKE-v1"), suite, utf8.encode(label), info, Uint8Array.of(1));
  return (await hmac(key, message)).slice(0, size);
};

const X25519 = { name: "X25519" };

const importPublic = (raw) => crypto.subtle.importKey("raw", raw, X25519, true, []);

// The shared secret of section 4.1 from one Diffie-Hellman result.
export const sharedSecret = async (diffieHellman, enc, recipient) => {
  const suite = join(utf8.encode("KEM"), twoBytes(KEM_X25519));
  const none = new Uint8Array();
  const key = await labeledExtract(suite, none, "eae_prk", diffieHellman);
  return labeledExpand(suite, key, "shared_secret", join(enc, recipient), 32);
};

// The key schedule of section 5.1 for mode_base: the key and nonce of the only message.
export const keySchedule = async (shared, info, aead = AES_256_GCM) => {
  const suite = join(
    utf8.encode("HPKE"), twoBytes(KEM_X25519), twoBytes(KDF_SHA256), twoBytes(aead.id));
  const none = new Uint8Array();
  const context = join(
    Uint8Array.of(0),
    await labeledExtract(suite, none, "psk_id_hash", none),
    await labeledExtract(suite, none, "info_hash", info));
  const secret = await labeledExtract(suite, shared, "secret", none);
  return {
    key: await labeledExpand(suite, secret, "key", context, aead.keyBytes),
    nonce: await labeledExpand(suite, secret, "base_nonce", context, 12),
  };
};

// Whether this browser can seal at all: X25519 came to browsers between 2023 and 2025.
export const canSeal = async () => {
  try {
    await crypto.subtle.generateKey(X25519, false, ["deriveBits"]);
    return true;
  } catch {
    return false;
  }
};

// The other way round, for what the computer sealed to a key of this phone's own.
export const openSealed = async (privateKey, publicKeyHex, info, sealed) => {
  const enc = sealed.slice(0, 32);
  const diffieHellman = new Uint8Array(await crypto.subtle.deriveBits(
    { name: "X25519", public: await importPublic(enc) }, privateKey, 256));
  const shared = await sharedSecret(diffieHellman, enc, fromHex(publicKeyHex));
  const { key, nonce } = await keySchedule(shared, info);
  const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  return crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, aes, sealed.slice(32));
};

// Bytes that only the diary `vault` can open. Trailing spaces hide how long the words were. A
// phone's signature of the line goes before it.
export const seal = async (vault, publicKeyHex, line, signature = "") => {
  const recipientRaw = fromHex(publicKeyHex);
  const recipient = await importPublic(recipientRaw);
  const oneTime = await crypto.subtle.generateKey(X25519, false, ["deriveBits"]);
  const enc = new Uint8Array(await crypto.subtle.exportKey("raw", oneTime.publicKey));
  const diffieHellman = new Uint8Array(await crypto.subtle.deriveBits(
    { name: "X25519", public: recipient }, oneTime.privateKey, 256));
  const shared = await sharedSecret(diffieHellman, enc, recipientRaw);
  const info = utf8.encode(`landward browser seal 1\nvault ${vault}\nkey ${publicKeyHex}`);
  const { key, nonce } = await keySchedule(shared, info);
  const aes = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  const text = utf8.encode(signature ? `landward-signed 1 ${signature}\n${line}` : line);
  const padded = new Uint8Array(Math.ceil(text.length / PAD_TO) * PAD_TO).fill(0x20);
  padded.set(text);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, aes, padded);
  return join(utf8.encode(MAGIC), enc, new Uint8Array(sealed));
};
