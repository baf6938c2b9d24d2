// The small pieces all pages here are made of. Text goes in as text, never as code.

export const made = (name, values = {}, ...inside) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined || value === "") continue;
    if (key in element && key !== "list") element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...inside.flat().filter((one) => one !== undefined && one !== ""));
  return element;
};

export const hint = (...inside) => made("p", { className: "hint" }, ...inside);

// “27 November 2026”, as this phone writes dates.
export const dateWords = (iso) => new Intl.DateTimeFormat(undefined, { dateStyle: "long" })
  .format(new Date(`${iso}T12:00`));

const DRAWN = new Set(["svg", "g", "path", "rect", "circle", "line", "polyline", "text", "tspan",
  "title", "desc", "defs", "pattern", "clippath", "mask"]);

// A picture as it came from the computer; anything in it that draws nothing is left out.
export const picture = (svg) => {
  const drawn = new DOMParser().parseFromString(svg, "text/html").body.firstElementChild;
  if (drawn?.localName !== "svg") return "";
  for (const one of [...drawn.querySelectorAll("*")]) {
    if (!DRAWN.has(one.localName.toLowerCase())) one.remove();
    for (const { name } of [...one.attributes]) {
      if (name.startsWith("on") || name.endsWith("href") || name === "style") {
        one.removeAttribute(name);
      }
    }
  }
  return document.adoptNode(drawn);
};
