// The code comes after the # of the scanned address, so it never travels in a request line.

import { keep } from "./store.js";

const code = document.getElementById("code");
const scanned = location.hash.slice(1);
if (/^\d{9}$/.test(scanned)) {
  code.value = scanned;
  history.replaceState(null, "", location.pathname);
  document.querySelector("button").focus();
}

// A new pairing knows nothing of this phone yet: its key is handed over again (signing.js).
keep("handed over", undefined).catch(() => undefined);
