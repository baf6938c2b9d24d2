"use strict";
const box = JSON.parse(document.getElementById("box").textContent);
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const said = document.getElementById("said");
async function open_box(event) {
  event.preventDefault();
  said.textContent = "Opening; this takes a few seconds.";
  const typed = document.getElementById("code").value.toLowerCase().replace(/[^0-9a-z]/g, "")
    .replace(/o/g, "0").replace(/[il]/g, "1");
  try {
    const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(typed), "PBKDF2", false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey(
      { name: "PBKDF2", hash: "SHA-256", salt: bytes(box.salt), iterations: box.rounds },
      base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(box.nonce) }, key, bytes(box.sealed));
    show(JSON.parse(new TextDecoder().decode(plain)));
  } catch (error) {
    said.textContent = crypto.subtle
      ? "That passcode does not open this file. Nothing was sent anywhere; try again."
      : "This browser cannot open sealed files. Try another one.";
  }
}
function show(inside) {
  document.getElementById("lock").hidden = true;
  said.textContent = "";
  const open = document.getElementById("open");
  for (const line of inside.lines) {
    const words = document.createElement("p");
    words.textContent = line;
    open.append(words);
  }
  for (const file of inside.files) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes(file.data)], { type: file.type }));
    link.download = file.name;
    link.textContent = "Save " + file.name;
    const row = document.createElement("p");
    row.append(link);
    open.append(row);
  }
  open.hidden = false;
  open.focus();
}
document.getElementById("lock").addEventListener("submit", open_box);
