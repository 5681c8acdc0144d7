// One of two takes: its picture, the angle and the repetition that are looked at.
const DRIFT_S = 0.12;

function makeSide(section, data, place) {
  const find = (name) => section.querySelector(`.${name}`);
  const picture = makePicture(find("stage"), data), { body, last, video } = picture;
  const angles = data.curves.map(readAngle), angleChoice = find("angle"), repChoice = find("rep");
  let index = 0, outside = false, changed = () => {};

  const angle = () => angles[Number(angleChoice.value) || 0];
  const repetition = () => angle().repetitions.find((r) => r.number === Number(repChoice.value)) ?? null;
  const value = () => (outside ? NaN : angle().angle[index]);

  function listRepetitions() {
    const found = angle().repetitions;
    repChoice.replaceChildren(...found.map((each) => new Option(each.label, each.number)));
    const full = found.find((each) => each.full) ?? found[0];
    if (full) repChoice.value = String(full.number);
    repChoice.parentElement.hidden = !found.length;
  }
  function said() {
    if (outside) return "not recorded at this moment";
    return angle().title ? readingAt(body, angle(), index) : "nothing was measured";
  }
  function show(seconds, running, rate) {
    outside = seconds < body.time[0] - 0.05 || seconds > body.time[last] + 0.05;
    index = nearest(body.time, seconds);
    picture.show(index, angle(), bonesOf(body, angle()));
    section.classList.toggle("outside", outside);
    find("said").textContent = said();
    if (picture.state.video) follow(seconds, running && !outside, rate);
  }
  // The video is led by the common clock: put right where it drifts, still where that stands.
  function follow(seconds, running, rate) {
    if (!running) {
      if (!video.paused) video.pause();
      picture.seek(index);
      return;
    }
    video.playbackRate = Math.min(4, Math.max(0.1, rate));
    if (video.paused) video.play().catch(() => {});  // paused again before it began
    if (!video.seeking && Math.abs(video.currentTime - seconds) > DRIFT_S) video.currentTime = seconds;
  }
  function useBody() {
    picture.state.video = false;
    changed();
  }

  find("title").textContent = data.title;
  find("sample").replaceChildren(swatchOf(INKS[place], MARKS[place]));
  angleChoice.replaceChildren(...angles.map((each, k) => new Option(each.title || "None measured", k)));
  angleChoice.value = String(data.first);
  angleChoice.onchange = () => { listRepetitions(); changed(); };
  repChoice.onchange = () => changed();
  video.onerror = () => { if (picture.state.video) useBody(); };
  listRepetitions();
  return { body, last, angle, repetition, value, said, show, onChange: (call) => { changed = call; } };
}
