// One frame with its landmarks, which mouse, touch and arrow keys move; nothing is fetched.
const SVG = "http://www.w3.org/2000/svg";
const HELD_PX = 30;  // a finger is this far off what it means, on the screen
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const BY_HAND = 4, SURE = 1, NOT_SEEN = 0;
const CLOSEST = 8;

function make(name, attributes, into) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  into.append(element);
  return element;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const find = (name) => parentElement.querySelector(`.${name}`);
  const root = find("correct"), ground = find("ground"), list = find("landmark");
  const put = find("put"), said = find("said");
  // Kept between two draws of the page: what is chosen, and how close one looks.
  const kept = (root.kept ??= { chosen: data.first, closer: 1 });
  const points = data.points.map(([x, y, state]) => ({ x, y, state }));
  const stamp = `${data.frame} ${JSON.stringify(data.points)}`;
  let held = false, moved = false;

  if (list.options.length !== data.names.length) {
    list.replaceChildren(...data.names.map((title, index) => new Option(title, index)));
  }
  list.value = kept.chosen;
  if (kept.stamp !== stamp) kept.stamp = stamp;
  put.disabled = true;

  const chosen = () => points[kept.chosen];
  const title = () => data.names[kept.chosen];
  function box() {
    const [x, y, width, height] = data.view;
    if (kept.closer === 1) return data.view;
    const at = kept.centre ?? [x + width / 2, y + height / 2];
    return [at[0] - width / kept.closer / 2, at[1] - height / kept.closer / 2,
            width / kept.closer, height / kept.closer];
  }
  function scale() {  // picture's pixels in one of the screen
    const shown = ground.getBoundingClientRect();
    const [, , width, height] = box();
    return Math.max(width / Math.max(shown.width, 1), height / Math.max(shown.height, 1));
  }
  function place(event) {
    const at = new DOMPoint(event.clientX, event.clientY)
      .matrixTransform(ground.getScreenCTM().inverse());
    return [at.x, at.y];
  }
  function inside(value, most) {
    return Math.min(most, Math.max(0, value));
  }
  function paint() {
    ground.setAttribute("viewBox", box().join(" "));
    ground.replaceChildren();
    const one = scale(), style = getComputedStyle(root);
    const ink = data.image ? "#ffffff" : style.getPropertyValue("--st-text-color");
    const halo = data.image ? "#000000" : style.getPropertyValue("--st-secondary-background-color");
    if (data.image) {
      const picture = make("image", {
        href: data.image, x: 0, y: 0, width: data.width, height: data.height,
        preserveAspectRatio: "none",
      }, ground);
      if (data.flipped) picture.setAttribute("transform", `translate(${data.width} 0) scale(-1 1)`);
    }
    const lines = [[halo, 5], [ink, 2]];
    for (const [colour, wide] of lines) {
      for (const [from, to] of data.bones) {
        const [a, b] = [points[from], points[to]];
        if (a.state === NOT_SEEN || b.state === NOT_SEEN) continue;
        make("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, stroke: colour,
                       "stroke-width": wide * one, "stroke-linecap": "round" }, ground);
      }
    }
    points.forEach((point, index) => {
      if (point.state === NOT_SEEN) return;
      const radius = (index === kept.chosen ? 8 : 5) * one;
      const filled = point.state === SURE || point.state === BY_HAND;
      const look = { fill: filled ? ink : halo, stroke: filled ? halo : ink,
                     "stroke-width": 1.5 * one, "data-landmark": index };
      if (point.state === BY_HAND) {
        const corners = [[0, -1], [1, 0], [0, 1], [-1, 0]]
          .map(([x, y]) => `${point.x + 1.5 * radius * x},${point.y + 1.5 * radius * y}`);
        make("polygon", { points: corners.join(" "), ...look }, ground);
      } else {
        make("circle", { cx: point.x, cy: point.y, r: radius, ...look }, ground);
      }
    });
    const mine = chosen();
    if (mine.state !== NOT_SEEN) {
      for (const [colour, wide] of lines) {
        make("circle", { cx: mine.x, cy: mine.y, r: 15 * one, fill: "none", stroke: colour,
                         "stroke-width": wide * one }, ground);
      }
    }
    tell();
  }
  function tell() {
    const mine = chosen();
    const where = mine.state === NOT_SEEN
      ? "not seen" : `${Math.round(mine.x)}, ${Math.round(mine.y)} pixels`;
    said.textContent = `${title()}: ${where}${moved ? " (not on the list yet)" : ""}`;
    find("clock").textContent = `${data.time_s.toFixed(2)} s of ${data.end_s.toFixed(2)} s`;
    put.disabled = !moved;
  }
  function choose(index) {
    if (moved) restore();
    kept.chosen = index;
    list.value = index;
    if (kept.closer > 1) centre();
    paint();
  }
  function restore() {
    const [x, y, state] = data.points[kept.chosen];
    Object.assign(chosen(), { x, y, state });
    moved = false;
  }
  function centre() {
    const mine = chosen();
    if (mine.state !== NOT_SEEN) kept.centre = [mine.x, mine.y];
  }
  function move(x, y) {
    Object.assign(chosen(), { x: inside(x, data.width), y: inside(y, data.height), state: BY_HAND });
    moved = true;
    paint();
  }
  function commit() {
    if (!moved) return;
    const mine = chosen();
    moved = false;
    put.disabled = true;
    setTriggerValue("placed", {
      landmark: kept.chosen, x_px: mine.x, y_px: mine.y, time_s: data.time_s,
    });
  }
  function nearest(x, y) {
    let best = -1, least = HELD_PX * scale();
    points.forEach((point, index) => {
      if (point.state === NOT_SEEN || !data.shown[index]) return;
      const away = Math.hypot(point.x - x, point.y - y);
      if (away < least || (away === least && index === kept.chosen)) [best, least] = [index, away];
    });
    return best;
  }
  ground.onpointerdown = (event) => {
    const [x, y] = place(event), near = nearest(x, y);
    if (near < 0 && chosen().state !== NOT_SEEN) return;
    if (near >= 0 && near !== kept.chosen) choose(near);
    held = true;
    kept.offset = chosen().state === NOT_SEEN ? [0, 0] : [chosen().x - x, chosen().y - y];
    if (chosen().state === NOT_SEEN) move(x, y);
    ground.setPointerCapture(event.pointerId);
    ground.focus({ preventScroll: true });
    event.preventDefault();
  };
  ground.onpointermove = (event) => {
    if (!held) return;
    const [x, y] = place(event);
    move(x + kept.offset[0], y + kept.offset[1]);
  };
  ground.onpointerup = ground.onpointercancel = () => {
    if (held) commit();
    held = false;
  };
  ground.onkeydown = (event) => {
    const way = WAYS[event.key];
    if (way) {
      const by = event.shiftKey ? 10 : 1, [x, y, width, height] = box();
      const mine = chosen();
      const from = mine.state === NOT_SEEN ? [x + width / 2, y + height / 2] : [mine.x, mine.y];
      move(from[0] + by * way[0], from[1] + by * way[1]);
    } else if (event.key === "Enter") {
      commit();
    } else if (event.key === "Escape" && moved) {
      restore();
      paint();
    } else {
      return;
    }
    event.preventDefault();
  };
  list.onchange = () => choose(Number(list.value));
  put.onclick = commit;
  const step = (by) => setTriggerValue("go", inside(data.frame + by, data.frames - 1));
  find("back").onclick = () => step(-1);
  find("forth").onclick = () => step(1);
  find("back").disabled = data.frame === 0;
  find("forth").disabled = data.frame === data.frames - 1;
  const zoom = (by) => {
    kept.closer = Math.min(CLOSEST, Math.max(1, kept.closer * by));
    centre();
    paint();
  };
  find("closer").onclick = () => zoom(2);
  find("farther").onclick = () => zoom(0.5);
  const resized = new ResizeObserver(() => { if (!held) paint(); });
  resized.observe(ground);
  paint();
  return () => resized.disconnect();
}
