// Plays one take's landmarks, with the events of a walk under its slider.
function paint(canvas, take, index, follow) {
  const view = viewOfBody(take, index, canvas.clientWidth || 320, follow);
  const pen = penOf(canvas, view.wide, view.high);
  paintBody(pen, take, take, take.bones, index, view, colourOf(canvas));
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
  const take = readAngle(readBody(data));  // one packed field must not lie over another unpacked
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
