// A picture in which a click, or arrow keys and Enter, says who is meant; nothing is fetched.
const STEP = 0.01, LEAP = 0.05;
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export default function ({ parentElement, data, setStateValue }) {
  const find = (name) => parentElement.querySelector(`.${name}`);
  const frame = find("frame"), image = find("image"), mark = find("mark");
  let place = data.point;

  if (image.src !== data.image) image.src = data.image;
  image.classList.toggle("flipped", data.flipped);

  function show(moving) {
    mark.hidden = !place;
    mark.classList.toggle("moving", moving);
    if (place) {
      mark.style.left = `${100 * place[0]}%`;
      mark.style.top = `${100 * place[1]}%`;
    }
  }
  function choose() {
    show(false);
    setStateValue("point", {
      x: place[0], y: place[1], time_s: data.time_s, flipped: data.flipped,
    });
  }
  frame.onclick = (event) => {
    const box = image.getBoundingClientRect();
    place = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    choose();
  };
  frame.onkeydown = (event) => {
    const way = WAYS[event.key];
    if (way) {
      const by = event.shiftKey ? LEAP : STEP;
      const from = place ?? [0.5, 0.5];
      place = from.map((share, axis) => Math.min(1, Math.max(0, share + by * way[axis])));
      show(true);
      event.preventDefault();
    } else if (event.key === "Enter" && place) {
      choose();
      event.preventDefault();
    }
  };
  show(false);
}
