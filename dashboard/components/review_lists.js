// What is listed beside a curve: its repetitions, its lights, further angles.
function listed(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

function repetitionButton(each, choose) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.number = each.number;
  button.textContent = each.label;
  button.setAttribute("aria-label", each.text);
  button.onclick = () => choose(each);
  return button;
}

// The lights that occur on a curve, the best first: each with its shape and its word.
function lightsOf(body, angle) {
  return [...new Set(angle.light)].sort((a, b) => b - a).map((light) => {
    const [word, css] = body.lights[light];
    const item = document.createElement("span"), dot = document.createElement("span");
    item.className = "light";
    dot.className = `dot ${SHAPES[light]}`;
    dot.style.setProperty("--light", css);
    dot.setAttribute("aria-hidden", "true");
    item.append(dot, word);
    return item;
  });
}

function angleBox(angle, place, onChange) {
  const label = document.createElement("label"), box = document.createElement("input");
  label.className = "check";
  box.type = "checkbox";
  box.value = place;
  box.onchange = () => onChange(box.checked);
  label.append(box, angle.title);
  return label;
}
