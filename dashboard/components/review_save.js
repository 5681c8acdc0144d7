// Saves the picture of a moment with what was drawn on it and what was measured, as a file.
function savePicture(picture, paintTools, angle, lines, name, colour) {
  const view = picture.view(), high = view.high + 12 + 22 * lines.length;
  const canvas = document.createElement("canvas"), pen = penOf(canvas, view.wide, high);
  pen.fillStyle = colour("--st-background-color");
  pen.fillRect(0, 0, view.wide, high);
  picture.copyTo(pen, view, angle, bonesOf(picture.body, angle));
  paintTools(pen, view, colour, false);
  pen.fillStyle = colour("--st-background-color");
  pen.fillRect(0, view.high, view.wide, high - view.high);
  pen.fillStyle = colour("--st-text-color");
  pen.textBaseline = "top";
  pen.textAlign = "left";
  pen.font = `14px ${colour("--st-font") || "sans-serif"}`;
  lines.forEach((line, k) => pen.fillText(line, 8, view.high + 8 + 22 * k, view.wide - 16));
  canvas.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }, "image/png");
}
