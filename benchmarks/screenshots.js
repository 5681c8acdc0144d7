// What a script can see to be wrong with a page; returns a list of sentences.
(leastContrast) => {
  const found = [];
  const visible = (e) => {
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    return box.width > 0 && box.height > 0 && style.visibility !== "hidden" && style.opacity !== "0";
  };
  const words = (e) => (e.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);

  for (const e of document.querySelectorAll("[data-testid=stException]"))
    found.push(`traceback: ${words(e)}`);
  const main = document.querySelector("[data-testid=stMain]");
  const over = Math.max(document.documentElement.scrollWidth, main.scrollWidth) - innerWidth;
  if (over > 0) found.push(`wider than the screen by ${over} px`);

  const named = (e) =>
    e.getAttribute("aria-label") || e.getAttribute("title") || words(e) ||
    (e.getAttribute("aria-labelledby") || "").split(" ")
      .map((id) => words(document.getElementById(id) || document.createElement("i"))).join("") ||
    [...(e.labels || [])].map(words).join("") || e.getAttribute("alt") || e.getAttribute("placeholder");
  const controls = "button, input, select, textarea, a[href], [role=button], [role=slider], [role=tab]";
  const nameless = new Set();
  for (const e of document.querySelectorAll(controls))
    if (visible(e) && e.type !== "hidden" && !e.closest("[aria-hidden=true]") && !named(e))
      nameless.add(`${e.tagName.toLowerCase()} in ${(e.closest("[data-testid]") || e).dataset.testid}`);
  for (const each of nameless) found.push(`control without a name: ${each}`);

  const small = new Set();
  // Our own buttons; the small helpers of Streamlit's own fields have the field itself beside them.
  for (const e of main.querySelectorAll("[data-testid^=stBaseButton], [role=tab]")) {
    const box = e.getBoundingClientRect();
    if (visible(e) && Math.min(box.width, box.height) < 24)
      small.add(`${named(e)} (${Math.round(box.width)} x ${Math.round(box.height)})`);
  }
  for (const each of small) found.push(`target under 24 px: ${each}`);

  const parse = (text) => {
    const n = (text.match(/[\d.]+/g) || []).map(Number);
    return text.startsWith("rgb") ? [n[0], n[1], n[2], n.length > 3 ? n[3] : 1] : null;
  };
  const over2 = (top, under) => {
    const a = top[3];
    return [0, 1, 2].map((i) => top[i] * a + under[i] * (1 - a)).concat(1);
  };
  const light = (c) => {
    const f = c.slice(0, 3).map((v) => {
      const s = v / 255;
      return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * f[0] + 0.7152 * f[1] + 0.0722 * f[2];
  };
  const behind = (e) => {
    const layers = [];
    for (let up = e; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.backgroundImage !== "none") return null; // a picture: looked at by eye
      const colour = parse(style.backgroundColor);
      if (colour && colour[3] > 0) layers.push(colour);
      if (colour && colour[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over2(top, under), [255, 255, 255, 1]);
  };
  const faint = new Map();
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !visible(e) || e.closest("style, script, :disabled, [aria-disabled=true]")) continue;
    const style = getComputedStyle(e);
    if (/Material/.test(style.fontFamily)) continue; // an icon, with words beside it
    const isSvg = e instanceof SVGElement;
    const ink = parse(isSvg ? style.fill : style.color);
    let under = behind(isSvg ? e.closest("svg").parentElement : e);
    if (!ink || !under) continue;
    let alpha = 1;
    for (let up = e; up && up !== main; up = up.parentElement) alpha *= Number(getComputedStyle(up).opacity);
    const seen = over2([ink[0], ink[1], ink[2], ink[3] * alpha], under);
    const [a, b] = [light(seen), light(under)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const px = parseFloat(style.fontSize);
    const large = px >= 24 || (px >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : leastContrast)) {
      const key = `${Math.round(ratio * 10) / 10} (${style.color} on ${under.slice(0, 3).map(Math.round)})`;
      if (!faint.has(key)) faint.set(key, words(e));
    }
  }
  for (const [key, text] of faint) found.push(`contrast ${key}: ${text}`);

  for (const plot of document.querySelectorAll(".js-plotly-plot")) {
    const layout = plot._fullLayout || {};
    for (const name of Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key))) {
      const axis = layout[name];
      const said = axis.title && axis.title.text && !/^Click to enter/.test(axis.title.text);
      if (axis.visible && axis.showticklabels !== false && !said && !axis.matches)
        found.push(`axis without a title: ${name}`);
    }
  }
  return found;
}
