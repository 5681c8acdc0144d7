// Draws angles over time, or over the percent of a repetition: curves, repetitions, lights, cursor.
const NAME_PX = 15, NAMED_FROM_PX = 420;  // of a narrower one the list below names the lines
const MARK_EVERY_PX = 64, PEAK = "#c2691c";
const STRIP_SHARE = [0.3, 0.3, 0.65, 1];  // heights of the lights in their order
const DASHES = { solid: [], dot: [2, 4], dash: [9, 6], dashdot: [9, 4, 2, 4] };

// Returns the scale, by which a pointer's place is turned into a moment.
function paintCurves(canvas, plot, high) {
  const colour = colourOf(canvas);
  const scale = scaleOf(plot, canvas.clientWidth || 320, high);
  const pen = penOf(canvas, scale.wide, high);
  const font = colour("--st-font") || "sans-serif";
  pen.font = `13px ${font}`;
  paintAxes(pen, plot, scale, colour);
  pen.save();
  pen.beginPath();
  pen.rect(EDGE.left, 0, scale.right - EDGE.left, scale.floor);
  pen.clip();
  for (const band of plot.bands) paintBand(pen, band, scale, colour);
  for (const each of plot.references) paintReference(pen, each, scale, colour);
  for (const line of plot.lines) paintLine(pen, line, scale);
  for (const peak of plot.peaks) paintPeak(pen, peak, scale, colour);
  if (scale.wide >= NAMED_FROM_PX) nameReferences(pen, plot, scale, colour);
  pen.restore();
  plot.strips.forEach((strip, row) => paintStrip(pen, strip, row, scale));
  for (const cursor of plot.cursors) paintCursor(pen, cursor, scale, colour);
  return scale;
}

function paintBand(pen, band, scale, colour) {
  const left = scale.x(band.from), width = scale.x(band.to) - left, high = scale.floor - EDGE.top;
  if (band.full) {
    pen.fillStyle = FAINT;
    pen.fillRect(left, EDGE.top, width, high);
  } else {
    hatch(pen, left, EDGE.top, width, high, 14, "rgba(125, 138, 138, 0.3)");
    pen.setLineDash([2, 4]);
    pen.strokeStyle = GREY;
    pen.lineWidth = 1;
    pen.strokeRect(left, EDGE.top, width, high);
    pen.setLineDash([]);
  }
  if (band.chosen) {
    pen.strokeStyle = colour("--st-text-color");
    pen.lineWidth = 2;
    pen.strokeRect(left + 1, EDGE.top + 1, width - 2, high - 2);
  }
  const text = [band.label, String(band.number)].find((t) => pen.measureText(t).width < width + 4);
  if (!text) return;
  pen.fillStyle = colour("--st-text-color");
  pen.textAlign = "center";
  pen.textBaseline = "bottom";
  pen.fillText(text, left + width / 2, EDGE.top - 4);
}

function paintReference(pen, each, scale, colour) {
  if (each.low !== null) {
    pen.fillStyle = "rgba(125, 138, 138, 0.18)";
    const top = scale.y(each.high);
    pen.fillRect(EDGE.left, top, scale.right - EDGE.left, scale.y(each.low) - top);
  }
  const y = scale.y(each.value ?? each.high);
  if (each.value !== null) {
    stroke(pen, [[EDGE.left, y], [scale.right, y]], GREY, 1.5, DASHES[each.dash]);
  }
}

// Writes each name where it lies on no other one and on no line: else only the list below has it.
function nameReferences(pen, plot, scale, colour) {
  const heights = plot.references.map((each) => scale.y(each.value ?? each.high));
  const width = (text) => pen.measureText(text).width;
  const taken = plot.peaks.map((peak) => {
    const x = scale.x(peak.x), y = scale.y(peak.y), half = width(peak.text) / 2 + 2;
    return [x - half, peak.up ? y - 24 : y - 6, x + half, peak.up ? y + 6 : y + 24];
  });
  const free = ([left, top, right, bottom], own) =>
    top >= EDGE.top - NAME_PX && !heights.some((y, k) => k !== own && y > top && y < bottom)
    && !taken.some((box) => left < box[2] && box[0] < right && top < box[3] && box[1] < bottom);
  pen.textAlign = "left";
  pen.textBaseline = "top";
  plot.references.forEach((each, own) => {
    const text = `${each.label} ${each.span}`, wide = width(text), y = heights[own];
    const room = scale.right - EDGE.left - wide - 10;
    const lefts = [0, 1, 0.5, 0.25, 0.75].map((share) => EDGE.left + 5 + share * room);
    const boxes = [y - NAME_PX - 1, y + 2].flatMap((top) =>
      lefts.map((left) => [left, top, left + wide, top + NAME_PX]));
    const box = boxes.find((each) => free(each, own));
    if (!box) return;
    taken.push(box);
    writeText(pen, text, box[0], box[1], "13px", colour, "--st-background-color");
  });
}

// Gaps stay open; what was measured with less certainty is thin and dashed.
function paintLine(pen, line, scale) {
  const n = line.x.length, place = (k) => [scale.x(line.x[k]), scale.y(line.y[k])];
  for (const unsure of [false, true]) {
    pen.strokeStyle = line.css;
    pen.lineWidth = unsure ? 1.5 : 3;
    pen.setLineDash(unsure ? [6, 4] : []);
    pen.lineJoin = "round";
    pen.beginPath();
    let drawing = false;
    for (let k = 1; k < n; k++) {
      const there = Number.isFinite(line.y[k - 1]) && Number.isFinite(line.y[k]);
      if (!there || Boolean(line.unsure[k - 1] || line.unsure[k]) !== unsure) {
        drawing = false;
        continue;
      }
      if (!drawing) pen.moveTo(...place(k - 1));
      pen.lineTo(...place(k));
      drawing = true;
    }
    pen.stroke();
  }
  pen.setLineDash([]);
  if (!line.mark) return;
  let last = -Infinity;
  for (let k = 0; k < n; k++) {
    const [x, y] = place(k);
    if (!Number.isFinite(y) || x - last < MARK_EVERY_PX) continue;
    paintMark(pen, line.mark, x, y, line.css);
    last = x;
  }
}

function paintPeak(pen, peak, scale, colour) {
  const x = scale.x(peak.x), y = scale.y(peak.y);
  pen.fillStyle = PEAK;
  pen.beginPath();
  pen.moveTo(x, y - 6); pen.lineTo(x + 6, y); pen.lineTo(x, y + 6); pen.lineTo(x - 6, y);
  pen.fill();
  pen.textAlign = "center";
  pen.textBaseline = peak.up ? "bottom" : "top";
  writeText(pen, peak.text, x, y + (peak.up ? -8 : 9), "13px", colour, "--st-background-color");
}

// A bar for each run of frames with one light; heights and hatching tell the lights apart too.
function paintStrip(pen, strip, row, scale) {
  const n = strip.x.length, bottom = scale.floor + STRIP_GAP_PX + STRIP_PX + row * (STRIP_PX + 3);
  const edge = (k) => {
    const middle = k <= 0 ? strip.x[0] : k >= n ? strip.x[n - 1] : (strip.x[k - 1] + strip.x[k]) / 2;
    return scale.x(Math.min(scale.last, Math.max(scale.first, middle)));
  };
  for (let from = 0, to; from < n; from = to) {
    for (to = from + 1; to < n && strip.light[to] === strip.light[from];) to++;
    const light = strip.light[from], left = edge(from), width = edge(to) - left;
    if (width <= 0) continue;
    const high = STRIP_SHARE[light] * STRIP_PX;
    pen.fillStyle = strip.lights[light][1];
    pen.fillRect(left, bottom - high, width, high);
    if (light === 0 || light === 2) hatch(pen, left, bottom - high, width, high, 5, "#ffffff");
  }
}

function paintCursor(pen, cursor, scale, colour) {
  if (cursor.x < scale.first || cursor.x > scale.last) return;
  const x = scale.x(cursor.x), ink = cursor.css ?? colour("--st-text-color");
  stroke(pen, [[x, EDGE.top - 2], [x, scale.high - EDGE.bottom]], ink, 2, cursor.dash ?? []);
  for (const y of cursor.values) {
    if (!Number.isFinite(y)) continue;
    pen.fillStyle = colour("--st-background-color");
    pen.strokeStyle = ink;
    pen.lineWidth = 2.5;
    pen.beginPath(); pen.arc(x, scale.y(y), 5.5, 0, 2 * Math.PI); pen.fill(); pen.stroke();
  }
}
