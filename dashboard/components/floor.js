// A picture in which two clicks, or arrow keys and Enter, mark the ends of a distance.
const STEP = 0.01, LEAP = 0.05;
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export default function ({ parentElement, data, setStateValue }) {
  const find = (name) => parentElement.querySelector(`.${name}`);
  const frame = find("frame"), image = find("image");
  const marks = [find("one"), find("two")];
  const lines = parentElement.querySelectorAll(".line line");
  let ends = data.points.map((point) => [...point]), moving = null;

  if (image.src !== data.image) image.src = data.image;
  image.classList.toggle("flipped", data.flipped);

  function show() {
    const places = moving ? [...ends, moving] : ends;
    marks.forEach((mark, n) => {
      mark.hidden = !places[n];
      mark.classList.toggle("moving", Boolean(moving) && n === places.length - 1);
      if (!places[n]) return;
      mark.style.left = `${100 * places[n][0]}%`;
      mark.style.top = `${100 * places[n][1]}%`;
    });
    for (const line of lines) {
      line.style.display = places.length === 2 ? "" : "none";
      if (places.length < 2) continue;
      const [[x1, y1], [x2, y2]] = places;
      for (const [name, share] of Object.entries({ x1, y1, x2, y2 })) {
        line.setAttribute(name, 100 * share);
      }
    }
  }
  function add(place) {
    ends = ends.length >= 2 ? [place] : [...ends, place];
    moving = null;
    show();
    setStateValue("points", { ends, flipped: data.flipped });
  }
  frame.onclick = (event) => {
    const box = image.getBoundingClientRect();
    add([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
  };
  frame.onkeydown = (event) => {
    const way = WAYS[event.key];
    if (way) {
      const by = event.shiftKey ? LEAP : STEP;
      if (!moving && ends.length >= 2) ends = [];
      const from = moving ?? ends.at(-1) ?? [0.5, 0.8];
      moving = from.map((share, axis) => Math.min(1, Math.max(0, share + by * way[axis])));
      show();
      event.preventDefault();
    } else if (event.key === "Enter" && moving) {
      add(moving);
      event.preventDefault();
    }
  };
  show();
}
