// An angle's curve with three handles: where one repetition starts, tops out and ends.
const SVG = "http://www.w3.org/2000/svg";
const HIGH = 260, LEFT = 52, RIGHT = 34, TOP = 30, BOTTOM = 44, ROW = 48;
const NAMES = ["start", "peak", "end"];
const TITLES = { start: "Start", peak: "Peak", end: "End" };

function make(name, attributes, into, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  into.append(element);
  return element;
}

function ticks(low, high, wanted) {
  const raw = Math.max(high - low, 1e-6) / wanted, power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= raw);
  const found = [];
  for (let value = Math.ceil(low / step) * step; value <= high + 1e-9; value += step) found.push(value);
  return found;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const find = (name) => parentElement.querySelector(`.${name}`);
  const root = find("span"), svg = find("curve"), bar = find("handles"), said = find("said");
  const times = { ...data.times };
  const known = data.deg.filter((value) => value !== null);
  const low = Math.min(...known), high = Math.max(...known), room = 0.08 * (high - low) + 1;
  let held = null;

  const wide = () => Math.max(200, root.clientWidth);
  const x = (time) => LEFT + ((wide() - LEFT - RIGHT) * (time - data.from_s)) / (data.to_s - data.from_s);
  const y = (deg) => TOP + ((HIGH - TOP - BOTTOM) * (high + room - deg)) / (high - low + 2 * room);
  const back = (px) => data.from_s + ((px - LEFT) * (data.to_s - data.from_s)) / (wide() - LEFT - RIGHT);
  const active = () => NAMES.filter((name) => times[name] !== null);

  function paint() {
    const line = getComputedStyle(root).getPropertyValue("--st-primary-color");
    svg.setAttribute("viewBox", `0 0 ${wide()} ${HIGH}`);
    svg.setAttribute("aria-label", data.title);
    svg.replaceChildren();
    for (const [from, to] of data.others) {
      make("rect", { x: x(from), y: TOP, width: Math.max(1, x(to) - x(from)), height: HIGH - TOP - BOTTOM,
                     fill: "currentColor", opacity: 0.12 }, svg);
    }
    make("rect", { x: x(times.start), y: TOP, width: Math.max(1, x(times.end) - x(times.start)),
                   height: HIGH - TOP - BOTTOM, fill: line, opacity: 0.18 }, svg);
    for (const value of ticks(low - room, high + room, 5)) {
      make("line", { x1: LEFT, x2: wide() - RIGHT, y1: y(value), y2: y(value), stroke: "currentColor", opacity: 0.15 }, svg);
      make("text", { x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, svg, `${Math.round(value)}°`);
    }
    for (const value of ticks(data.from_s, data.to_s, 6)) {
      make("text", { x: x(value), y: HIGH - BOTTOM + 18, "text-anchor": "middle" }, svg, String(+value.toFixed(2)));
    }
    make("text", { x: 4, y: 16 }, svg, data.axis);
    make("text", { x: (LEFT + wide() - RIGHT) / 2, y: HIGH - 6, "text-anchor": "middle" }, svg,
         "Time in the recording, in seconds (s)");
    let path = "", open = false;
    data.time_s.forEach((time, index) => {
      const value = data.deg[index];
      if (value === null) { open = false; return; }
      path += `${open ? "L" : "M"}${x(time).toFixed(1)} ${y(value).toFixed(1)}`;
      open = true;
    });
    make("path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 2 }, svg);
    for (const name of active()) {
      make("line", { x1: x(times[name]), x2: x(times[name]), y1: TOP, y2: HIGH - BOTTOM, stroke: line,
                     "stroke-width": 2.5, "stroke-dasharray": name === "peak" ? "5 4" : "none" }, svg);
    }
    for (const handle of bar.children) {
      const name = handle.dataset.name;
      handle.hidden = times[name] === null;
      if (handle.hidden) continue;
      const half = handle.offsetWidth / 2;
      handle.style.left = `${Math.min(wide() - half, Math.max(half, x(times[name])))}px`;
      handle.setAttribute("aria-valuenow", times[name].toFixed(2));
      handle.setAttribute("aria-valuetext", `${times[name].toFixed(2)} seconds`);
    }
    said.textContent = active().map((name) => `${TITLES[name]} ${times[name].toFixed(2)} s`).join(", ");
  }
  function move(name, time) {
    times[name] = Math.min(data.to_s, Math.max(data.from_s, time));
    paint();
  }
  function commit() {
    setTriggerValue("times", { ...times });
  }
  if (bar.children.length === 0) {
    NAMES.forEach((name, row) => {
      const handle = document.createElement("button");
      handle.type = "button";
      handle.className = "handle";
      handle.dataset.name = name;
      handle.textContent = TITLES[name];
      handle.style.top = `${row * ROW}px`;
      handle.setAttribute("role", "slider");
      handle.setAttribute("aria-label", `${TITLES[name]} of the repetition`);
      bar.append(handle);
    });
  }
  for (const handle of bar.children) {
    const name = handle.dataset.name;
    handle.setAttribute("aria-valuemin", data.from_s.toFixed(2));
    handle.setAttribute("aria-valuemax", data.to_s.toFixed(2));
    handle.onpointerdown = (event) => {
      held = { off: event.clientX - root.getBoundingClientRect().left - x(times[name]) };
      handle.setPointerCapture(event.pointerId);
      handle.focus({ preventScroll: true });
      event.preventDefault();
    };
    handle.onpointermove = (event) => {
      if (held) move(name, back(event.clientX - root.getBoundingClientRect().left - held.off));
    };
    handle.onpointerup = handle.onpointercancel = () => {
      if (held) commit();
      held = null;
    };
    handle.onkeydown = (event) => {
      const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
      if (!by) return;
      move(name, times[name] + by * data.step_s * (event.shiftKey ? 10 : 1));
      event.preventDefault();
    };
    handle.onkeyup = (event) => {
      if (event.key.startsWith("Arrow")) commit();
    };
  }
  const resized = new ResizeObserver(paint);
  resized.observe(root);
  paint();
  return () => resized.disconnect();
}
