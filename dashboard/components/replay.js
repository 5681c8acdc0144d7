// Draws one take's landmarks; everything it shows came with `data`, nothing is fetched.
const UNSEEN = 0, SEEN = 1, HEAD = 0;
const SHAPES = ["hatched", "empty", "half", "full"];  // of the lights, in their order
const LOST = 0;

function unpack(text, Kind) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return new Kind(bytes.buffer);
}

function read(data) {
  return {
    ...data,
    time: unpack(data.time_s, Float32Array),
    points: unpack(data.points, Float32Array),
    state: unpack(data.state, Uint8Array),
    across: unpack(data.across, Float32Array),
    angle: unpack(data.angle_deg, Float32Array),
    light: unpack(data.light, Uint8Array),
    unsure: unpack(data.unsure, Uint8Array),
  };
}

function frameAt(time, seconds) {
  let low = 0, high = time.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (time[middle] <= seconds) low = middle; else high = middle - 1;
  }
  return low;
}

function nearest(time, seconds) {
  const before = frameAt(time, seconds), after = Math.min(before + 1, time.length - 1);
  return time[after] - seconds < seconds - time[before] ? after : before;
}

function paint(canvas, take, index, follow) {
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(name).trim();
  const wide = canvas.clientWidth || 320;
  const shown = follow ? take.close : take.width;
  const scale = Math.min(wide / shown, 520 / take.height);
  const ratio = window.devicePixelRatio || 1;
  const high = take.height * scale, left = follow ? wide / 2 - take.across[index] * scale : (wide - shown * scale) / 2;
  canvas.style.height = `${high}px`;
  canvas.width = Math.round(wide * ratio);
  canvas.height = Math.round(high * ratio);
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, wide, high);
  const base = index * take.landmarks;
  const seen = (k) => take.state[base + k] !== UNSEEN;
  const sureBone = (a, b) => [a, b].every((k) => take.state[base + k] === SEEN);
  const at = (k) => [
    left + take.points[2 * (base + k)] * scale, take.points[2 * (base + k) + 1] * scale,
  ];
  for (const [from, to, measured] of take.bones) {
    if (!seen(from) || !seen(to)) continue;
    const sure = sureBone(from, to) && !(measured && take.unsure[index]);
    pen.strokeStyle = measured ? take.lights[take.light[index]][1] : colour("--st-text-color");
    pen.globalAlpha = measured ? 1 : 0.55;
    pen.lineWidth = (measured ? 6 : 2) * (sure ? 1 : 0.5);
    pen.setLineDash(sure ? [] : [7, 6]);
    pen.lineCap = sure ? "round" : "butt";
    pen.beginPath(); pen.moveTo(...at(from)); pen.lineTo(...at(to)); pen.stroke();
  }
  pen.globalAlpha = 1;
  pen.setLineDash([]);
  for (let k = 0; k < take.landmarks; k++) {
    if (!seen(k) || !take.shown[k]) continue;
    pen.beginPath(); pen.arc(...at(k), k === HEAD ? 9 : 4, 0, 2 * Math.PI);
    pen.strokeStyle = pen.fillStyle = colour("--st-text-color");
    pen.lineWidth = 1.5;
    if (take.state[base + k] !== SEEN) {
      pen.fillStyle = colour("--st-secondary-background-color");
    }
    pen.fill(); pen.stroke();
  }
  label(pen, take, index, at, seen, colour);
  if (take.light[index] === LOST) {
    pen.font = `600 18px ${colour("--st-font") || "sans-serif"}`;
    pen.fillStyle = colour("--st-text-color");
    pen.textAlign = "center";
    pen.fillText(take.lights[LOST][0], wide / 2, high / 2);
  }
}

function label(pen, take, index, at, seen, colour) {
  const value = take.angle[index];
  if (!Number.isFinite(value) || take.anchor < 0 || !seen(take.anchor)) return;
  const [x, y] = at(take.anchor);
  pen.font = `650 20px ${colour("--st-font") || "sans-serif"}`;
  pen.lineWidth = 5;
  pen.strokeStyle = colour("--st-secondary-background-color");
  pen.fillStyle = colour("--st-text-color");
  pen.strokeText(`${degrees(value)}`, x + 12, y - 8);
  pen.fillText(`${degrees(value)}`, x + 12, y - 8);
}

function degrees(value) {
  return `${Math.round(value) || 0}°`;
}

const SVG = "http://www.w3.org/2000/svg";

// One mark for each event, under the place of the slider's thumb at its moment.
function addMarks(track, take, go) {
  const last = Math.max(1, take.time.length - 1);
  for (const old of track.querySelectorAll(".mark")) old.remove();
  for (const event of take.events) {
    const index = nearest(take.time, event.time_s);
    const mark = document.createElement("button");
    mark.type = "button";
    mark.tabIndex = -1;  // the slider reaches every moment by keyboard
    mark.className = `mark ${event.comes_down ? "down" : "up"}${event.left_out ? " out" : ""}`;
    mark.title = event.text;
    mark.setAttribute("aria-label", event.text);
    mark.style.setProperty("--share", index / last);
    mark.style.setProperty("--side", take.side_colours[event.side]);
    const shape = document.createElementNS(SVG, "svg");
    shape.setAttribute("viewBox", "0 0 12 12");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", event.comes_down ? "M1 2 H11 L6 11 Z" : "M1 10 H11 L6 1 Z");
    shape.append(path);
    mark.append(shape);
    mark.onclick = () => go(index);
    mark.dataset.index = event.index = index;
    track.querySelector(`[data-side="${event.side}"]`)?.append(mark);
  }
}

// Shows where the replay is among the events, and which were the last.
function followMarks(track, said, take, index) {
  const last = Math.max(1, take.time.length - 1);
  track.style.setProperty("--now", index / last);
  for (const mark of track.querySelectorAll(".mark")) {
    mark.classList.toggle("here", Math.abs(Number(mark.dataset.index) - index) <= 1);
  }
  const past = take.events.filter((event) => event.index <= index).at(-1);
  said.textContent = past ? `Last event: ${past.text}` : "No event yet";
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const find = (name) => parentElement.querySelector(`.${name}`);
  const take = read(data);
  const last = take.time.length - 1;
  const canvas = find("picture"), slider = find("time"), play = find("play");
  let index = Math.min(Number(slider.value) || 0, last), playing = null, clock = 0, seconds = 0;
  slider.max = last;
  const closer = find("closer"), follow = find("follow");
  closer.hidden = take.width < 1.25 * take.close;  // nearly all of the picture is the body
  const track = find("ticks"), said = find("happened");
  track.hidden = said.hidden = find("marks").hidden = !take.events.length;

  function show() {
    paint(canvas, take, index, !closer.hidden && follow.checked);
    const value = take.angle[index];
    const done = take.ends_s.filter((end) => end <= take.time[index]).length;
    const moment = `${take.time[index].toFixed(1)} s of ${take.time[last].toFixed(1)} s`;
    const reading = Number.isFinite(value) ? degrees(value) : "not measured";
    find("angle").textContent = take.title ? `${take.title}: ${reading}` : "";
    find("count").textContent = take.title && !take.events.length ? `Repetitions: ${done}` : "";
    const [word, css] = take.lights[take.light[index]];
    find("light").hidden = !take.title;
    find("dot").className = `dot ${SHAPES[take.light[index]]}`;
    find("dot").style.setProperty("--light", css);
    find("word").textContent = word;
    find("clock").textContent = moment;
    slider.value = index;
    slider.setAttribute("aria-valuetext", moment);
    if (take.events.length) followMarks(track, said, take, index);
  }
  function go(to) {
    stop();
    index = to;
    show();
  }
  function step(by) {
    go(Math.max(0, Math.min(last, index + by)));
  }
  function stop() {
    cancelAnimationFrame(playing);
    playing = null;
    play.textContent = "Play";
  }
  function run(now) {
    seconds += ((now - clock) / 1000) * Number(find("speed").value);
    clock = now;
    index = frameAt(take.time, seconds);
    show();
    if (index >= last) stop(); else playing = requestAnimationFrame(run);
  }
  function toggle() {
    if (playing !== null) { stop(); return; }
    if (index >= last) index = 0;
    seconds = take.time[index];
    clock = performance.now();
    play.textContent = "Pause";
    playing = requestAnimationFrame(run);
  }
  function onKey(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const target = event.target.tagName;
    if (by && target !== "SELECT") { step(by); event.preventDefault(); }
    else if (event.key === " " && target !== "BUTTON" && target !== "SELECT") {
      toggle(); event.preventDefault();
    }
  }
  const root = find("replay");
  root.onkeydown = onKey;
  play.onclick = toggle;
  find("back").onclick = () => step(-1);
  find("forth").onclick = () => step(1);
  slider.oninput = () => go(Number(slider.value));
  addMarks(track, take, go);
  follow.onchange = show;
  const pick = find("pick");
  pick.hidden = !take.pick;
  pick.onclick = () => setTriggerValue("moment", take.time[index]);
  if (take.at_s !== undefined && slider.dataset.at !== String(take.at_s)) {
    slider.dataset.at = take.at_s;  // shown once: from there on the replay is free
    index = nearest(take.time, take.at_s);
  }
  const resized = new ResizeObserver(show);
  resized.observe(root);
  const repaint = () => setTimeout(show, 60);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", repaint);
  show();
  return () => { stop(); resized.disconnect(); scheme.removeEventListener("change", repaint); };
}
