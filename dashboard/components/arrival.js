// Brings the heading of a section into view once it is drawn, and gives it the keyboard.

const SETTLING_MS = 1500;  // charts above may still grow that long
const OWN_MOVES = ["wheel", "touchstart", "pointerdown", "keydown"];

export default function ({ data }) {
  const heading = document.getElementById(data.anchor);
  if (!heading) return;
  const bring = () => heading.scrollIntoView({ block: "start" });
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  bring();
  const watch = new ResizeObserver(bring);
  for (let each = heading.parentElement; each; each = each.parentElement) watch.observe(each);
  const leave = () => {
    watch.disconnect();
    for (const name of OWN_MOVES) window.removeEventListener(name, leave, true);
  };
  // Who scrolls or types meanwhile is not pulled back.
  for (const name of OWN_MOVES) window.addEventListener(name, leave, true);
  window.setTimeout(leave, SETTLING_MS);
  return leave;
}
