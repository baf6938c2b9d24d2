// The code comes after the # of the scanned address, so it never travels in a request line.

const code = document.getElementById("code");
const scanned = location.hash.slice(1);
if (/^\d{9}$/.test(scanned)) {
  code.value = scanned;
  history.replaceState(null, "", location.pathname);
  document.querySelector("button").focus();
}
