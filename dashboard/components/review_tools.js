// Lines drawn by hand over a picture, in the picture's pixels. They are not stored; an angle's
// degrees may be kept.
const NEEDED = { angle: 3, line: 2, plumb: 1, ruler: 2 };
const HINTS = {
  "": "",
  angle: "Angle: choose one end, the corner, then the other end.",
  line: "Line: choose its two ends.",
  plumb: "Plumb line: choose a point through which it hangs.",
  ruler: "Ruler: choose the two ends of a length that you know, then type it in.",
};
const DRAWN = "#d6336c", HALO = "#ffffff", GRAB_PX = 16;

function lengthOf([a, b]) {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

function angleBetween([a, corner, b]) {
  const [x, y] = [a[0] - corner[0], a[1] - corner[1]], [u, v] = [b[0] - corner[0], b[1] - corner[1]];
  return (Math.atan2(Math.abs(x * v - y * u), x * u + y * v) * 180) / Math.PI;
}

function fromVertical([a, b]) {
  return (Math.atan2(Math.abs(b[0] - a[0]), Math.abs(b[1] - a[1])) * 180) / Math.PI;
}

// Returns how many pixels are a centimetre, or null where no length is known.
function pixelsPerCm(drawings) {
  const ruler = drawings.findLast((each) => each.kind === "ruler" && each.cm > 0);
  return ruler ? lengthOf(ruler.points) / ruler.cm : null;
}

function shortText(drawing, perCm) {
  if (drawing.kind === "angle") return degrees(angleBetween(drawing.points));
  if (drawing.kind === "ruler") return drawing.cm > 0 ? `${drawing.cm} cm` : "? cm";
  if (drawing.kind === "plumb") return "";
  const cm = perCm ? `, ${(lengthOf(drawing.points) / perCm).toFixed(1)} cm` : "";
  return `${degrees(fromVertical(drawing.points))}${cm}`;
}

function longText(drawing, perCm, time) {
  const at = `drawn at ${time[drawing.index].toFixed(2)} s`;
  if (drawing.kind === "angle") return `${shortText(drawing)} angle between the lines, ${at}`;
  if (drawing.kind === "plumb") return `Plumb line: the picture's vertical, ${at}`;
  if (drawing.kind === "ruler") {
    return drawing.cm > 0 ? `Ruler: ${drawing.cm} cm, ${at}` : `Ruler without a length, ${at}`;
  }
  const cm = perCm
    ? `, ${(lengthOf(drawing.points) / perCm).toFixed(1)} cm long in the plane of the ruler only` : "";
  return `Line: ${degrees(fromVertical(drawing.points))} from the picture's vertical${cm}, ${at}`;
}

function paintDrawings(pen, view, drawings, index, colour) {
  const perCm = pixelsPerCm(drawings);
  const place = ([x, y]) => [view.left + x * view.scale, view.top + y * view.scale];
  for (const drawing of drawings) {
    let points = drawing.points.map(place);
    if (drawing.kind === "plumb" && points.length) {
      points = [[points[0][0], 0], [points[0][0], view.high]];
    }
    pen.globalAlpha = drawing.index === index ? 1 : 0.4;  // the body moved on since
    const dash = drawing.kind === "plumb" ? [8, 6] : drawing.kind === "ruler" ? [3, 3] : [];
    for (const [css, width] of [[HALO, 5], [DRAWN, 2.5]]) {
      stroke(pen, points, css, width, dash);
      for (const [x, y] of drawing.points.map(place)) {
        pen.beginPath(); pen.arc(x, y, width + 1.5, 0, 2 * Math.PI); pen.fillStyle = css; pen.fill();
      }
    }
    if (drawing.points.length === NEEDED[drawing.kind]) {
      const [x, y] = place(drawing.points[drawing.kind === "angle" ? 1 : 0]);
      writeText(pen, shortText(drawing, perCm), x + 12, y - 10, "650 17px", colour);
    }
  }
  pen.globalAlpha = 1;
}

// The tools of one picture; `show` paints anew, `now` says which frame is shown.
function makeTools(find, picture, kept, now, show) {
  const drawings = kept.drawings, canvas = picture.canvas;
  const buttons = [...find("tools").querySelectorAll("[data-tool]")];
  let tool = "", moving = null, cross = null;

  function choose(name) {
    tool = tool === name ? "" : name;
    dropUnfinished();
    cross = null;
    refresh();
  }
  function dropUnfinished() {
    const last = drawings.at(-1);
    if (last && last.points.length < NEEDED[last.kind]) drawings.pop();
  }
  function toPicture(x, y) {
    const view = picture.view();
    return [(x - view.left) / view.scale, (y - view.top) / view.scale];
  }
  function placeOf(event) {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }
  function nearestPoint([x, y]) {
    const view = picture.view(), found = [];
    for (const drawing of drawings) drawing.points.forEach((point, k) => {
      const away = Math.hypot(view.left + point[0] * view.scale - x, view.top + point[1] * view.scale - y);
      if (away < GRAB_PX) found.push({ drawing, k, away });
    });
    return found.sort((a, b) => a.away - b.away)[0] ?? null;
  }
  function add(x, y) {
    let last = drawings.at(-1);
    if (!last || last.points.length === NEEDED[last.kind]) {
      last = { kind: tool, points: [], index: now(), cm: 0 };
      drawings.push(last);
    }
    last.points.push(toPicture(x, y));
    if (tool === "ruler" && last.points.length === 2) {
      find("known").focus();
      setLength();
    }
    refresh();
  }
  function setLength() {
    const ruler = drawings.findLast((each) => each.kind === "ruler");
    if (ruler) ruler.cm = Math.max(0, Number(find("known").value) || 0);
    refresh();
  }
  function refresh() {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.tool === tool));
    }
    find("hint").textContent = HINTS[tool];
    const done = drawings.filter((each) => each.points.length === NEEDED[each.kind]);
    find("length").hidden = !(tool === "ruler" || done.some((each) => each.kind === "ruler"));
    find("undo").disabled = find("clear").disabled = !drawings.length;
    find("keep").disabled = !lastAngle();
    canvas.classList.toggle("drawing", tool !== "");
    const perCm = pixelsPerCm(drawings), time = picture.body.time;
    find("drawn").replaceChildren(...done.map((each) => {
      const item = document.createElement("li");
      item.textContent = longText(each, perCm, time);
      return item;
    }));
    show();
  }
  // Returns the angle drawn last and when, or null: what may be kept.
  function lastAngle() {
    const last = drawings.findLast((each) => each.kind === "angle" && each.points.length === 3);
    return last ? { between_deg: angleBetween(last.points), time_s: picture.body.time[last.index] } : null;
  }
  function onKey(event) {
    if (event.key === "Escape" && tool) { choose(tool); return true; }
    if (!tool || event.target !== canvas) return false;
    const [dx, dy] = {
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    }[event.key] ?? [0, 0];
    if (!dx && !dy && event.key !== "Enter") return false;
    const view = picture.view(), by = event.shiftKey ? 10 : 2;
    cross ??= [view.wide / 2, view.high / 2];
    if (event.key === "Enter") add(...cross);
    else cross = [cross[0] + by * dx, cross[1] + by * dy];
    show();
    return true;
  }
  canvas.onpointerdown = (event) => {
    const place = placeOf(event);
    cross = null;
    moving = nearestPoint(place);
    if (!moving && tool) add(...place);
    if (moving) canvas.setPointerCapture(event.pointerId);
  };
  canvas.onpointermove = (event) => {
    if (!moving) return;
    moving.drawing.points[moving.k] = toPicture(...placeOf(event));
    refresh();
  };
  canvas.onpointerup = canvas.onpointercancel = () => { moving = null; };
  for (const button of buttons) button.onclick = () => choose(button.dataset.tool);
  find("known").oninput = setLength;
  find("undo").onclick = () => { drawings.pop(); refresh(); };
  find("clear").onclick = () => { drawings.length = 0; refresh(); };

  function paint(pen, view, colour, withCross = true) {
    paintDrawings(pen, view, drawings, now(), colour);
    if (!cross || !withCross) return;
    const [x, y] = cross;
    for (const [css, width] of [[HALO, 4], [DRAWN, 2]]) {
      stroke(pen, [[x - 14, y], [x + 14, y]], css, width);
      stroke(pen, [[x, y - 14], [x, y + 14]], css, width);
    }
  }
  return { paint, onKey, refresh, lastAngle };
}
