// Landmarks as a drawn body; everything it shows came with `data`, nothing is fetched.
const UNSEEN = 0, SEEN = 1, HEAD = 0;
const SHAPES = ["hatched", "empty", "half", "full"];  // of the lights, in their order
const LOST = 0, TALLEST_PX = 520;

function unpack(text, Kind) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return new Kind(bytes.buffer);
}

function readBody(data) {
  return {
    ...data,
    time: unpack(data.time_s, Float32Array),
    points: unpack(data.points, Float32Array),
    state: unpack(data.state, Uint8Array),
    across: unpack(data.across, Float32Array),
  };
}

function readAngle(data) {
  return {
    ...data,
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

function degrees(value) {
  return `${Math.round(value) || 0}°`;
}

function colourOf(element) {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(name).trim();
}

// Makes a canvas as sharp as the screen and returns its pen, in CSS pixels.
function penOf(canvas, wide, high) {
  const ratio = window.devicePixelRatio || 1;
  canvas.style.height = `${high}px`;
  canvas.width = Math.round(wide * ratio);
  canvas.height = Math.round(high * ratio);
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, wide, high);
  return pen;
}

// Where the part of the picture that holds the body stands on a canvas of that width.
function viewOfBody(body, index, wide, follow) {
  const shown = follow ? body.close : body.width;
  const scale = Math.min(wide / shown, TALLEST_PX / body.height);
  const left = follow ? wide / 2 - body.across[index] * scale : (wide - shown * scale) / 2;
  return { scale, left, top: 0, wide, high: body.height * scale };
}

function paintBody(pen, body, angle, bones, index, view, colour) {
  const base = index * body.landmarks;
  const seen = (k) => body.state[base + k] !== UNSEEN;
  const sureBone = (a, b) => [a, b].every((k) => body.state[base + k] === SEEN);
  const at = (k) => [
    view.left + body.points[2 * (base + k)] * view.scale,
    view.top + body.points[2 * (base + k) + 1] * view.scale,
  ];
  for (const [from, to, measured] of bones) {
    if (!seen(from) || !seen(to)) continue;
    const sure = sureBone(from, to) && !(measured && angle.unsure[index]);
    pen.strokeStyle = measured ? body.lights[angle.light[index]][1] : colour("--st-text-color");
    pen.globalAlpha = measured ? 1 : 0.55;
    pen.lineWidth = (measured ? 6 : 2) * (sure ? 1 : 0.5);
    pen.setLineDash(sure ? [] : [7, 6]);
    pen.lineCap = sure ? "round" : "butt";
    pen.beginPath(); pen.moveTo(...at(from)); pen.lineTo(...at(to)); pen.stroke();
  }
  pen.globalAlpha = 1;
  pen.setLineDash([]);
  for (let k = 0; k < body.landmarks; k++) {
    if (!seen(k) || !body.shown[k]) continue;
    pen.beginPath(); pen.arc(...at(k), k === HEAD ? 9 : 4, 0, 2 * Math.PI);
    pen.strokeStyle = pen.fillStyle = colour("--st-text-color");
    pen.lineWidth = 1.5;
    if (body.state[base + k] !== SEEN) {
      pen.fillStyle = colour("--st-secondary-background-color");
    }
    pen.fill(); pen.stroke();
  }
  if (Number.isFinite(angle.angle[index]) && angle.anchor >= 0 && seen(angle.anchor)) {
    const [x, y] = at(angle.anchor);
    writeText(pen, degrees(angle.angle[index]), x + 12, y - 8, "650 20px", colour);
  }
  if (angle.light[index] === LOST) {
    pen.textAlign = "center";
    writeText(pen, body.lights[LOST][0], view.wide / 2, view.high / 2, "600 18px", colour);
    pen.textAlign = "left";
  }
}

// Text with a rim in the colour behind it, so that it can be read across lines.
function writeText(pen, text, x, y, font, colour, behind = "--st-secondary-background-color") {
  pen.font = `${font} ${colour("--st-font") || "sans-serif"}`;
  pen.lineWidth = 5;
  pen.lineJoin = "round";
  pen.strokeStyle = colour(behind);
  pen.fillStyle = colour("--st-text-color");
  pen.strokeText(text, x, y);
  pen.fillText(text, x, y);
}
