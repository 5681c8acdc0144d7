// The plane that curves are drawn on: its scales and axes, and which moment a pointer is at.
const EDGE = { left: 50, right: 14, top: 30, bottom: 44 };
const STRIP_PX = 14, STRIP_GAP_PX = 8;
const GREY = "#7d8a8a", FAINT = "rgba(125, 138, 138, 0.16)";
const INKS = ["#0f8f83", "#8a5fd0", "#c2691c", "#3f7fd0"];
const MARKS = ["", "circle", "square", "triangle"];

// The axis always holds the zero, and has room for the numbers above.
function limitsOf(plot) {
  let low = 0, high = 0;
  const take = (value) => {
    if (!Number.isFinite(value)) return;
    low = Math.min(low, value); high = Math.max(high, value);
  };
  for (const line of plot.lines) line.y.forEach(take);
  for (const each of plot.references) [each.value, each.low, each.high].forEach(take);
  const room = Math.max(5, 0.1 * (high - low));
  return [low - room, high + room];
}

function niceStep(span, wanted) {
  const rough = span / wanted, power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((k) => k * power).find((step) => step >= rough);
}

function scaleOf(plot, wide, high) {
  const [low, top] = limitsOf(plot), [first, last] = plot.span;
  const strips = plot.strips.length * (STRIP_PX + 3) + STRIP_GAP_PX;
  const right = wide - EDGE.right, floor = high - EDGE.bottom - strips;
  const length = Math.max(last - first, 1e-6);
  return {
    low, top, first, last, right, floor, wide, high,
    x: (value) => EDGE.left + ((value - first) / length) * (right - EDGE.left),
    y: (value) => floor - ((value - low) / (top - low)) * (floor - EDGE.top),
    at: (px) => first + ((px - EDGE.left) / (right - EDGE.left)) * length,
  };
}

function paintAxes(pen, plot, scale, colour) {
  const ink = colour("--st-text-color");
  pen.fillStyle = ink;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  const step = niceStep(scale.top - scale.low, 6);
  for (let value = Math.ceil(scale.low / step) * step; value <= scale.top; value += step) {
    const y = scale.y(value), zero = Math.abs(value) < step / 1000;
    stroke(pen, [[EDGE.left, y], [scale.right, y]], zero ? GREY : FAINT, zero ? 2 : 1);
    pen.fillText(degrees(value), EDGE.left - 6, y);
  }
  pen.textAlign = "center";
  pen.textBaseline = "top";
  const across = niceStep(scale.last - scale.first, scale.wide < 450 ? 5 : 8);
  const under = scale.high - EDGE.bottom + 4;
  for (let k = Math.ceil(scale.first / across - 1e-9); k * across <= scale.last + 1e-9; k++) {
    pen.fillText(String(Number((k * across).toFixed(2))), scale.x(k * across), under);
  }
  pen.fillText(plot.xTitle, scale.wide / 2, under + 19, scale.wide - 8);
  pen.save();
  pen.translate(3, (EDGE.top + scale.floor) / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText("Angle in degrees (°)", 0, 0);
  pen.restore();
}

function stroke(pen, points, css, width, dash = []) {
  pen.strokeStyle = css;
  pen.lineWidth = width;
  pen.setLineDash(dash);
  pen.beginPath();
  points.forEach((point, k) => (k ? pen.lineTo(...point) : pen.moveTo(...point)));
  pen.stroke();
  pen.setLineDash([]);
}

function hatch(pen, left, top, width, high, every, css) {
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, high);
  pen.clip();
  for (let x = left - high; x < left + width; x += every) {
    stroke(pen, [[x, top + high], [x + high, top]], css, 1);
  }
  pen.restore();
}

// A sample of a line as it is drawn, for beside its name.
function swatchOf(css, mark) {
  const canvas = document.createElement("canvas");
  canvas.className = "swatch";
  canvas.setAttribute("aria-hidden", "true");
  canvas.style.width = "34px";
  const pen = penOf(canvas, 34, 14);
  stroke(pen, [[1, 7], [33, 7]], css, 3);
  if (mark) paintMark(pen, mark, 17, 7, css);
  return canvas;
}

// Turns clicks and drags on a curve into moments.
function followPointer(canvas, find, onMoment) {
  let held = false;
  const tell = (event) => {
    const box = canvas.getBoundingClientRect();
    onMoment(find().at(event.clientX - box.left), event.clientY - box.top < EDGE.top, event.type);
  };
  canvas.onpointerdown = (event) => {
    held = true;
    canvas.setPointerCapture(event.pointerId);
    tell(event);
  };
  canvas.onpointermove = (event) => { if (held) tell(event); };
  canvas.onpointerup = canvas.onpointercancel = () => { held = false; };
}

function paintMark(pen, mark, x, y, css) {
  pen.fillStyle = css;
  pen.beginPath();
  if (mark === "circle") pen.arc(x, y, 5, 0, 2 * Math.PI);
  else if (mark === "square") pen.rect(x - 4.5, y - 4.5, 9, 9);
  else { pen.moveTo(x, y - 6); pen.lineTo(x + 6, y + 5); pen.lineTo(x - 6, y + 5); }
  pen.fill();
}
