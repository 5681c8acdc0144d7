// Two takes with one clock: along time, each from its own anchor, or along percent of a repetition.
const WHERE = {
  start_s: "from the start of the repetition", peak_s: "from its peak", both: "of the recordings",
};

export default function (component) {
  const { parentElement, data } = component;
  const find = (name) => parentElement.querySelector(`.${name}`);
  const root = find("compare"), curve = find("curve"), play = find("play"), slider = find("time");
  const takes = data.takes.map((each, k) => makeSide(root.querySelectorAll(".one")[k], each, k));
  const key = data.takes.map((each) => each.take).join();
  if (root.kept?.key !== key) root.kept = { key, at: null };
  const kept = root.kept;
  let playing = null, clock = 0, scale = null;

  const along = () => find("axis").value;
  const anchorOf = (side) => {
    const rep = side.repetition();
    return rep && find("anchor").value !== "both" ? rep[find("anchor").value] : side.body.time[0];
  };
  const shiftOf = (side) => (side === takes[1] ? Number(find("offset").value) : 0);

  // A take's own second at a place of the common axis, and back.
  function secondsAt(side, at) {
    if (along() === "time") return anchorOf(side) + at - shiftOf(side);
    const rep = side.repetition();
    return rep.start_s + (at / 100) * (rep.end_s - rep.start_s);
  }
  function placeOf(side, seconds) {
    if (along() === "time") return seconds - anchorOf(side) + shiftOf(side);
    const rep = side.repetition();
    return (100 * (seconds - rep.start_s)) / (rep.end_s - rep.start_s);
  }
  function span() {
    if (along() === "percent") return [0, 100];
    const ends = takes.map((side) => [placeOf(side, side.body.time[0]), placeOf(side, side.body.time[side.last])]);
    return [Math.min(...ends.map((e) => e[0])), Math.max(...ends.map((e) => e[1]))];
  }
  // How much of the axis goes by in a second of playing: the first take keeps its own pace.
  function pace() {
    if (along() === "time") return 1;
    const rep = takes[0].repetition();
    return 100 / (rep.end_s - rep.start_s);
  }

  function show(running = false) {
    const [first, last] = span();
    kept.at = Math.min(last, Math.max(first, kept.at ?? placeOf(takes[0], anchorOf(takes[0]))));
    for (const side of takes) side.show(secondsAt(side, kept.at), running, rateOf(side));
    slider.value = Math.round((1000 * (kept.at - first)) / Math.max(last - first, 1e-6));
    const text = along() === "time" ? `${kept.at.toFixed(2)} s` : `${Math.round(kept.at)} %`;
    find("clock").textContent = text;
    slider.setAttribute("aria-valuetext", `${text}; ${takes.map((side) => side.said()).join("; ")}`);
    find("shift").textContent = `${Number(find("offset").value).toFixed(2)} s`;
    scale = paintCurves(curve, plotOf(first, last), curve.clientWidth < 450 ? 300 : 380);
  }
  function rateOf(side) {
    const speed = Number(find("speed").value);
    return speed * pace() * (secondsAt(side, 1) - secondsAt(side, 0));
  }
  function plotOf(first, last) {
    const percent = along() === "percent";
    const placed = takes.map((side) => Float32Array.from(side.body.time, (s) => placeOf(side, s)));
    return {
      span: [first, last],
      xTitle: percent ? "Percent of the repetition (%)"
        : `Time in seconds (s) ${WHERE[takes.every((s) => s.repetition()) ? find("anchor").value : "both"]}`,
      lines: takes.map((side, k) => {
        const own = side.angle();
        return { x: placed[k], y: inside(own.angle, placed[k], first, last), unsure: own.unsure, css: INKS[k], mark: MARKS[k] };
      }).reverse(),
      bands: [], peaks: [], references: [],
      strips: takes.map((side, k) => ({ x: placed[k], light: side.angle().light, lights: side.body.lights })),
      cursors: [{ x: kept.at, values: takes.map((side) => side.value()) }],
    };
  }
  function inside(values, places, first, last) {
    return values.map((value, k) => (places[k] < first - 1e-6 || places[k] > last + 1e-6 ? NaN : value));
  }

  function go(at) {
    stop();
    kept.at = at;
    show();
  }
  function step(by) {
    const side = takes[0], now = nearest(side.body.time, secondsAt(side, kept.at));
    go(placeOf(side, side.body.time[Math.max(0, Math.min(side.last, now + by))]));
  }
  function stop() {
    if (playing === null) return;
    cancelAnimationFrame(playing);
    playing = null;
    play.textContent = "Play both";
  }
  function run(now) {
    const last = span()[1];
    kept.at += ((now - clock) / 1000) * Number(find("speed").value) * pace();
    clock = now;
    if (kept.at >= last && find("again").checked) kept.at = span()[0];
    if (kept.at >= last) { go(last); return; }
    show(true);
    playing = requestAnimationFrame(run);
  }
  function toggle() {
    if (playing !== null) { stop(); show(); return; }
    const [first, last] = span();
    if (kept.at >= last - 1e-6) kept.at = first;
    clock = performance.now();
    play.textContent = "Pause both";
    playing = requestAnimationFrame(run);
  }
  function onKey(event) {
    const { tagName, type } = event.target;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const choosing = tagName === "SELECT" || event.target === find("offset");
    if (by && !choosing) step(by);
    else if (event.key === " " && !choosing && tagName !== "BUTTON" && type !== "checkbox") toggle();
    else return;
    event.preventDefault();
  }
  // Without a repetition in each there is nothing to align but the recordings.
  function settle() {
    const both = takes.every((side) => side.repetition());
    if (!both) find("axis").value = "time";
    find("axis").disabled = !both;
    find("anchor").disabled = !both;
    find("aligning").hidden = find("shifting").hidden = along() === "percent";
    curve.setAttribute("aria-label", `${takes.map((side) => side.angle().title).join(" and ")} of both takes over each other`);
    kept.at = null;
    stop();
    show();
  }

  for (const side of takes) side.onChange(settle);
  for (const name of ["axis", "anchor"]) find(name).onchange = settle;
  find("offset").oninput = () => show();
  root.onkeydown = onKey;
  play.onclick = toggle;
  find("back").onclick = () => step(-1);
  find("forth").onclick = () => step(1);
  slider.oninput = () => {
    const [first, last] = span();
    go(first + (Number(slider.value) / 1000) * (last - first));
  };
  followPointer(curve, () => scale, (at) => go(at));
  const resized = new ResizeObserver(() => show(playing !== null));
  resized.observe(root);
  const repaint = () => setTimeout(show, 60);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", repaint);
  settle();
  return () => { stop(); resized.disconnect(); scheme.removeEventListener("change", repaint); };
}
