// One page at a time: the sections of this page are turned to by their links.

const sections = () => [...document.querySelectorAll("main > section")]
  .filter((section) => !section.dataset.off);

export const turnTo = () => {
  const there = sections();
  const wanted = there.find((section) => `#${section.id}` === location.hash) ?? there[0];
  for (const section of document.querySelectorAll("main > section")) {
    section.hidden = section !== wanted;
  }
  for (const link of document.querySelectorAll("nav a")) {
    link.hidden = !there.some((section) => link.hash === `#${section.id}`);
    if (link.hash === `#${wanted.id}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  window.scrollTo(0, 0);
};
