// Everything works without this file. It keeps a half-finished page, hides the app at a touch of
// Escape twice, and saves one step here and there.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (form) {
    let timer = 0, sent = false;
    const keep = () => {
      if (sent) return;
      clearTimeout(timer);
      timer = 0;
      const body = new URLSearchParams(new FormData(form));
      body.set("page", form.dataset.draft);
      navigator.sendBeacon("/draft", body);
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 250); });
    form.addEventListener("submit", (event) => {
      if (sent) { event.preventDefault(); return; }
      sent = true;
      clearTimeout(timer);
    });
    addEventListener("pagehide", () => { if (timer) keep(); });
    addEventListener("pageshow", (event) => { if (event.persisted) sent = false; });
  }
  // A page the browser kept may show what was locked since: it is asked for again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) { document.body.hidden = true; location.reload(); }
  });
  // In the grid of a week the arrows go where they point, and Enter goes on down.
  for (const grid of document.querySelectorAll("form[data-grid] table")) {
    grid.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
      if (!step || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      const place = event.target.closest("td").cellIndex;
      let row = event.target.closest("tr");
      while ((row = step > 0 ? row.nextElementSibling : row.previousElementSibling)) {
        const next = row.cells[place].querySelector("input");
        if (next) { next.focus(); next.select(); return; }
      }
    });
  }
  let last = -Infinity;
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const away = document.querySelector("[data-away]");
    if (away && event.timeStamp - last < 1000) { document.body.hidden = true; location.replace(away.href); }
    last = event.timeStamp;
  });
  for (const label of document.querySelectorAll("[data-show]")) {
    label.hidden = false;
    const typed = label.closest("form").querySelectorAll("input[type=password]");
    label.firstElementChild.addEventListener("change", (event) => {
      for (const one of typed) one.type = event.target.checked ? "text" : "password";
    });
  }
  for (const select of document.querySelectorAll("select[data-go]")) {
    select.addEventListener("change", () => select.form.requestSubmit());
  }
})();
