// What a patient reads, hears and presses while an exercise runs. The server fills it a few times
// a second; what is to be said and sounded is numbered, so that nothing is said twice or lost.

const MUTED = "motion-voice-off";
const SOUNDS = {  // tones in hertz, one after another
  tick: [880], soft: [440], chime: [988, 1319], low: [330], done: [659, 784, 988],
  go: [1568], bell: [1047, 1047],
};
const CLOCK = ["go", "bell"];
const STATES = new WeakMap();

function play(state, tones, inS = 0) {
  try {
    state.audio ??= new AudioContext();
    tones.forEach((tone, place) => {
      const at = state.audio.currentTime + inS + 0.14 * place;
      const wave = state.audio.createOscillator(), loud = state.audio.createGain();
      wave.frequency.value = tone;
      loud.gain.setValueAtTime(0.0001, at);
      loud.gain.exponentialRampToValueAtTime(0.25, at + 0.01);
      loud.gain.exponentialRampToValueAtTime(0.0001, at + 0.13);
      wave.connect(loud).connect(state.audio.destination);
      wave.start(at);
      wave.stop(at + 0.14);
    });
  } catch { /* without sound the caption still stands */ }
}

function speak(text, language) {
  if (!window.speechSynthesis) return;
  window.speechSynthesis.cancel();  // what is said now counts, not what was
  const said = new SpeechSynthesisUtterance(text);
  said.lang = language;
  window.speechSynthesis.speak(said);
}

function sound(state, data) {
  let words = "";
  for (const signal of data.signals) {
    if (signal.number <= state.heard) continue;
    state.heard = signal.number;
    // The voice can be off; a test against the clock is timed from its tone, which sounds always.
    if (state.muted && !CLOCK.includes(signal.kind)) continue;
    if (signal.kind === "say") words = signal.text;
    else play(state, SOUNDS[signal.kind] ?? [], signal.in_s ?? 0);
  }
  if (words) speak(words, data.language);
}

// The camera's own component has a button to begin; the camera was granted already, so that one
// press is enough. Where it is not found, it stands there to be pressed.
function beginCamera(state, label, panel) {
  if (!label || state.begun) return;
  state.begun = true;
  const looking = setInterval(() => {
    if (!panel.isConnected) {  // the page went on: another step has a camera button of its own
      clearInterval(looking);
      return;
    }
    for (const frame of document.querySelectorAll("iframe[src*=streamlit_webrtc]")) {
      const buttons = [...(frame.contentDocument?.querySelectorAll("button") ?? [])];
      const begin = buttons.find((button) => button.textContent.trim() === label);
      if (!begin || begin.disabled) continue;
      clearInterval(looking);
      begin.click();
    }
  }, 200);
  setTimeout(() => clearInterval(looking), 60000);  // a busy computer takes its time
}

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;  // else it would be read out again
}

function fill(list, texts) {
  if (list.dataset.held === JSON.stringify(texts)) return;
  list.dataset.held = JSON.stringify(texts);
  list.replaceChildren(...texts.map((text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  }));
}

function isOn(event, what) {
  const target = event.composedPath()[0];
  return target.isContentEditable || target.closest?.(what);
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const find = (name) => parentElement.querySelector(`.${name}`);
  const words = data.words;
  let state = STATES.get(parentElement);
  if (!state || state.take !== data.take) {
    state = { take: data.take, heard: 0, begun: false, count: 0,
      muted: localStorage.getItem(MUTED) === "1" };
    STATES.set(parentElement, state);
  }
  // Numbered, because pressing the same button twice is two presses.
  const act = (kind, score = null) => {
    state.audio ??= window.AudioContext ? new AudioContext() : undefined;
    state.count += 1;
    setTriggerValue("action", { kind, score, number: state.count });
  };
  find("live").setAttribute("aria-label", words.title);
  say(find("name"), data.name);
  say(find("caption"), data.caption);
  fill(find("facts"), data.facts);
  say(find("keys"), words.keys);

  const shown = find("shown");
  shown.hidden = !data.picture;
  if (data.picture) { shown.src = data.picture; shown.alt = words.picture; }

  const start = find("start"), pause = find("pause"), stop = find("stop"), pain = find("pain");
  start.hidden = data.stage !== "setup";
  say(start, words.start);
  start.onclick = () => act("start");
  say(pause, data.stage === "paused" ? words.resume : words.pause);
  pause.disabled = !["exercise", "paused"].includes(data.stage);
  pause.onclick = () => act(data.stage === "paused" ? "resume" : "pause");
  say(stop, words.stop);
  stop.onclick = () => act("stop");
  say(pain, words.pain);
  pain.disabled = !["setup", "exercise", "paused", "recording"].includes(data.stage);
  pain.onclick = () => act("pain");

  const asked = find("asked");
  if (asked.hidden === (data.stage === "pain")) {
    asked.hidden = data.stage !== "pain";
    if (!asked.hidden) asked.focus();
  }
  say(find("question"), words.question);
  say(find("scale"), words.scale);
  const scores = find("scores");
  if (!scores.childElementCount) {
    for (let score = 0; score <= 10; score++) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = score;
      scores.append(button);
    }
  }
  [...scores.children].forEach((button, score) => {
    button.setAttribute("aria-label", `${words.pain} ${score}`);
    button.onclick = () => act("score", score);
  });

  const voice = find("voice");
  const showVoice = () => {
    say(voice, state.muted ? words.unmute : words.mute);
    voice.setAttribute("aria-pressed", String(state.muted));
  };
  voice.onclick = () => {
    state.muted = !state.muted;
    localStorage.setItem(MUTED, state.muted ? "1" : "0");
    if (state.muted) window.speechSynthesis?.cancel();
    showVoice();
  };
  showVoice();
  sound(state, data);
  beginCamera(state, data.camera, parentElement);

  const onKey = (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isOn(event, "input, textarea, select")) return;
    if (event.key === "Escape") {
      act("stop");
    } else if (data.stage === "pain" && /^[0-9]$/.test(event.key)) {
      // Typed, a number is only chosen: 10 begins as 1 does. Enter gives it as the answer.
      const chosen = [...scores.children].indexOf(event.composedPath()[0]);
      scores.children[chosen === 1 && event.key === "0" ? 10 : Number(event.key)].focus();
    } else if (event.key === " " && !isOn(event, "button, a, summary")) {
      if (data.stage === "setup") act("start");
      else if (data.stage === "paused") act("resume");
      else if (data.stage === "exercise") act("pause");
      event.preventDefault();  // the page must not scroll away from the picture
    }
  };
  if (state.onKey) document.removeEventListener("keydown", state.onKey);
  state.onKey = onKey;
  document.addEventListener("keydown", onKey);
  return () => {
    document.removeEventListener("keydown", onKey);
    setTimeout(() => { if (!parentElement.isConnected) window.speechSynthesis?.cancel(); }, 300);
  };
}
