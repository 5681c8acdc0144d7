// One take under review: the picture and the curve share one moment.
const FURTHER_N = 3;

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const find = (name) => parentElement.querySelector(`.${name}`);
  const root = find("review"), stage = find("stage"), curve = find("curve");
  if (root.kept?.take !== data.take) {
    root.kept = { take: data.take, index: 0, drawings: [], main: data.first, further: [], rep: null };
  }
  const kept = root.kept;
  const picture = makePicture(stage, data), { body, last, video } = picture;
  const angles = data.curves.map(readAngle);
  const play = find("play"), slider = find("time"), loop = find("loop"), follow = find("follow");
  let playing = null, clock = 0, seconds = 0, scale = null;
  slider.max = last;
  picture.state.video = Boolean(data.video) && find("film").checked;

  const angle = () => angles[Math.min(kept.main, angles.length - 1)];
  const now = () => kept.index;
  const chosen = () => angle().repetitions.find((each) => each.number === kept.rep) ?? null;

  function plotOf() {
    const drawn = [angle(), ...kept.further.map((k) => angles[k])];
    const own = angle();
    return {
      span: [body.time[0], body.time[last]],
      xTitle: "Time in seconds (s)",
      lines: drawn.map((each, k) => ({
        x: body.time, y: each.angle, unsure: each.unsure, css: INKS[k], mark: MARKS[k],
      })).reverse(),
      bands: own.repetitions.map((each) => ({
        ...each, from: each.start_s, to: each.end_s, chosen: each.number === kept.rep,
      })),
      peaks: own.repetitions.filter((each) => each.peak_deg !== null).map((each) => ({
        x: each.peak_s, y: each.peak_deg, text: each.peak_text, up: each.up,
      })),
      references: own.references,
      strips: [{ x: body.time, light: own.light, lights: body.lights }],
      cursors: [{ x: body.time[kept.index], values: drawn.map((each) => each.angle[kept.index]) }],
    };
  }

  function show() {
    const own = angle(), index = kept.index;
    picture.state.follow = !find("closer").hidden && follow.checked;
    const { pen, view } = picture.show(index, own, bonesOf(body, own));
    tools.paint(pen, view, colourOf(picture.canvas));
    if (own.title) scale = paintCurves(curve, plotOf(), curve.clientWidth < 450 ? 320 : 400);
    showWords(own, index);
  }

  function showWords(own, index) {
    const moment = `${body.time[index].toFixed(2)} s of ${body.time[last].toFixed(2)} s`;
    const done = own.repetitions.filter((each) => each.full && each.end_s <= body.time[index]).length;
    find("clock").textContent = moment;
    find("count").textContent = own.repetitions.length ? `Full repetitions so far: ${done}` : "";
    slider.value = index;
    const reading = own.title ? `, ${own.title} ${readingAt(body, own, index)}` : "";
    slider.setAttribute("aria-valuetext", `${moment}${reading}`);
    [...find("readings").children].forEach((item) => {
      const each = angles[Number(item.dataset.angle)];
      item.lastChild.textContent = `${each.title}: ${readingAt(body, each, index)}`;
    });
    for (const button of find("repetitions").children) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.number) === kept.rep));
    }
  }

  function build() {
    const own = angle();
    find("measured").hidden = !own.title;
    curve.setAttribute("aria-label",
      `${own.title} over time, with ${own.repetitions.length} repetitions; a click moves the picture`);
    find("readings").replaceChildren(...[kept.main, ...kept.further].map((k, place) => {
      const item = document.createElement("li");
      item.dataset.angle = k;
      item.append(swatchOf(INKS[place], MARKS[place]), document.createElement("span"));
      return item;
    }));
    buildRepetitions(own);
    find("lights").replaceChildren("How far each moment may be trusted:", ...lightsOf(body, own));
    find("against").replaceChildren(...own.references.map(
      (each) => listed(`${each.label} ${each.span}: ${each.source}`),
    ));
    for (const box of find("others").querySelectorAll("input")) {
      const k = Number(box.value), on = kept.further.includes(k);
      box.checked = on;
      box.disabled = k === kept.main || (!on && kept.further.length >= FURTHER_N);
    }
    show();
  }

  function buildRepetitions(own) {
    find("repetitions").hidden = find("looping").hidden = !own.repetitions.length;
    find("repetitions").replaceChildren(...own.repetitions.map((each) => repetitionButton(each, choose)));
  }

  function choose(repetition) {
    kept.rep = repetition.number;
    go(nearest(body.time, repetition.start_s));
  }
  function go(to) {
    stop();
    kept.index = Math.max(0, Math.min(last, to));
    picture.seek(kept.index);
    show();
  }
  function stop() {
    if (playing === null) return;
    cancelAnimationFrame(playing);
    playing = null;
    play.textContent = "Play";
    if (!picture.state.video) return;
    video.pause();
    picture.seek(kept.index);
  }
  function jump(to_s) {
    seconds = to_s;
    if (picture.state.video) video.currentTime = to_s;
  }
  function run(at) {
    const speed = Number(find("speed").value);
    if (picture.state.video) {
      video.playbackRate = speed;
      if (!video.seeking) seconds = video.currentTime;
    } else {
      seconds += ((at - clock) / 1000) * speed;
    }
    clock = at;
    const looped = loop.checked ? chosen() : null;
    if (looped && (seconds >= looped.end_s || seconds < looped.start_s - 0.5)) jump(looped.start_s);
    kept.index = frameAt(body.time, seconds);
    show();
    if (kept.index >= last || (picture.state.video && video.ended)) stop();
    else playing = requestAnimationFrame(run);
  }
  function toggle() {
    if (playing !== null) { stop(); return; }
    if (kept.index >= last) kept.index = 0;
    jump(body.time[kept.index]);
    clock = performance.now();
    play.textContent = "Pause";
    if (picture.state.video) video.play().catch(() => {});  // paused again before it began
    playing = requestAnimationFrame(run);
  }
  // What the browser cannot play is shown as the skeleton, and that is said.
  function useBody() {
    picture.state.video = false;
    find("filmed").hidden = true;
    find("trouble").hidden = false;
    find("trouble").textContent = "This browser cannot play the kept video: the skeleton is shown.";
    build();
  }

  function onKey(event) {
    if (tools.onKey(event)) { event.preventDefault(); return; }
    const { tagName, type } = event.target;
    const typing = tagName === "SELECT" || (tagName === "INPUT" && type === "number");
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const pressed = ["BUTTON", "SUMMARY"].includes(tagName) || type === "checkbox";
    if (by && !typing) go(kept.index + by);
    else if (event.key === " " && !typing && !pressed) toggle();
    else return;
    event.preventDefault();
  }

  function save() {
    const name = `${data.file}-${body.time[kept.index].toFixed(2)}s.png`;
    savePicture(picture, tools.paint, angle(), captionOf(), name, colourOf(root));
  }
  function captionOf() {
    const own = angle(), drawn = kept.drawings.length > 0;
    return [
      own.title ? `${own.title}: ${readingAt(body, own, kept.index)}` : find("clock").textContent,
      ...(drawn ? ["Drawn by hand: without an error figure; centimetres in the ruler's plane."] : []),
    ];
  }

  const tools = makeTools(find, picture, kept, now, show);
  find("main").replaceChildren(...angles.map((each, k) => new Option(each.title, k)));
  find("main").value = String(kept.main);
  find("which").hidden = angles.length < 2;
  find("main").onchange = () => {
    kept.main = Number(find("main").value);
    kept.further = kept.further.filter((k) => k !== kept.main);
    kept.rep = null;
    build();
  };
  find("more").hidden = angles.length < 2;
  find("others").replaceChildren(...angles.map((each, k) => angleBox(each, k, (on) => {
    kept.further = on ? [...kept.further, k] : kept.further.filter((other) => other !== k);
    build();
  })));
  find("closer").hidden = picture.state.video || body.width < 1.25 * body.close;
  find("filmed").hidden = !data.video;
  find("film").onchange = () => {
    stop();
    picture.state.video = find("film").checked;
    find("closer").hidden = picture.state.video || body.width < 1.25 * body.close;
    picture.seek(kept.index);
    show();
  };
  follow.onchange = show;
  root.onkeydown = onKey;
  play.onclick = toggle;
  find("back").onclick = () => go(kept.index - 1);
  find("forth").onclick = () => go(kept.index + 1);
  find("save").onclick = save;
  find("keep").onclick = () => setTriggerValue("drawn", tools.lastAngle());
  slider.oninput = () => go(Number(slider.value));
  followPointer(curve, () => scale, (moment, inHead, kind) => {
    const over = angle().repetitions.find((r) => r.start_s <= moment && moment <= r.end_s);
    if (inHead && kind === "pointerdown" && over) choose(over);
    else go(nearest(body.time, moment));
  });
  video.onerror = () => { if (picture.state.video) useBody(); };
  if (data.at_s !== null && kept.at !== data.at_s) {
    kept.at = data.at_s;  // gone to once: from there on the review is free
    kept.index = nearest(body.time, data.at_s);
    kept.rep = angle().repetitions.find((r) => r.start_s <= data.at_s && data.at_s <= r.end_s)?.number ?? null;
  }
  kept.index = Math.min(kept.index, last);
  picture.seek(kept.index);
  const resized = new ResizeObserver(show);
  resized.observe(root);
  const repaint = () => setTimeout(show, 60);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", repaint);
  tools.refresh();
  build();
  return () => { stop(); resized.disconnect(); scheme.removeEventListener("change", repaint); };
}
