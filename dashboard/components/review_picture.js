// One take's picture: the kept video, or the body as it was found; what is drawn over it lies in
// the picture's own pixels, so that it stays where it is when the picture is shown otherwise.
function makePicture(stage, data) {
  const body = readBody(data), canvas = stage.querySelector(".picture");
  const video = stage.querySelector("video");
  const last = body.time.length - 1;
  const state = { video: false, index: 0, follow: false };
  if (data.video) {
    const url = new URL(data.video.url.replace(/^\//, ""), document.baseURI).href;
    if (video.src !== url) video.src = url;
    video.muted = true;
    video.style.transform = data.video.flipped ? "scaleX(-1)" : "";
    state.video = true;
  }

  // The middle between two frames: what is shown there is certainly the first of them.
  function within(index) {
    return index < last ? (body.time[index] + body.time[index + 1]) / 2 : body.time[last];
  }

  function view() {
    const wide = stage.clientWidth || 320;
    if (!state.video) {
      const found = viewOfBody(body, state.index, wide, state.follow);
      const { scale } = found, [x, y] = data.corner;
      return { ...found, body: found, left: found.left - x * scale, top: found.top - y * scale };
    }
    const [width, height] = data.picture_px;
    const scale = Math.min(wide / width, TALLEST_PX / height);
    return { scale, left: (wide - width * scale) / 2, top: 0, wide, high: height * scale };
  }

  // Paints one frame and returns the pen and where the picture's pixels are.
  function show(index, angle, bones) {
    state.index = index;
    const at = view(), pen = penOf(canvas, at.wide, at.high);
    stage.style.height = `${at.high}px`;
    video.hidden = !state.video;
    if (state.video) {
      video.style.left = `${at.left}px`;
      video.style.width = `${data.picture_px[0] * at.scale}px`;
      video.style.height = `${at.high}px`;
    } else {
      paintBody(pen, body, angle, bones, index, at.body, colourOf(canvas));
    }
    return { pen, view: at };
  }

  function seek(index) {
    if (state.video) video.currentTime = within(index);
  }

  // A copy of the picture under the drawings, for a file.
  function copyTo(pen, at, angle, bones) {
    if (!state.video) {
      paintBody(pen, body, angle, bones, state.index, at.body, colourOf(canvas));
      return;
    }
    const width = data.picture_px[0] * at.scale;
    pen.save();
    if (data.video.flipped) { pen.translate(2 * at.left + width, 0); pen.scale(-1, 1); }
    pen.drawImage(video, at.left, 0, width, at.high);
    pen.restore();
  }

  return { body, last, state, video, canvas, view, show, seek, copyTo };
}

// Which lines of the body an angle is made of.
function bonesOf(body, angle) {
  const measured = new Set(angle.measured);
  return body.bones.map(([from, to]) => [from, to, measured.has(from) && measured.has(to)]);
}

// What stands beside a curve at a moment: "72° at 3.40 s, Good".
function readingAt(body, angle, index) {
  const value = angle.angle[index], word = body.lights[angle.light[index]][0];
  const moment = `${body.time[index].toFixed(2)} s`;
  return Number.isFinite(value) ? `${degrees(value)} at ${moment}, ${word}`
    : `not measured at ${moment}: ${word.toLowerCase()}`;
}
