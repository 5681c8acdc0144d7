// Paces an exercise that no camera measures: it counts what it asks for, not what was done.

const STATES = new WeakMap();

// All that is to be done, one phase after another.
function listPhases(data) {
  const phases = [];
  for (let set = 1; set <= data.sets; set++) {
    for (let repetition = 1; repetition <= data.repetitions; repetition++) {
      for (const [name, seconds] of data.phases) phases.push({ name, seconds, set, repetition });
    }
    if (set < data.sets && data.rest_s > 0) {
      phases.push({ name: "rest", seconds: data.rest_s, set, repetition: data.repetitions });
    }
  }
  return phases;
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const find = (name) => parentElement.querySelector(`.${name}`);
  let state = STATES.get(parentElement);
  if (!state || state.exercise !== data.exercise) {
    cancelAnimationFrame(state?.frame);
    state = { exercise: data.exercise, phases: listPhases(data), at: 0, spent: 0, clock: 0, frame: null };
    STATES.set(parentElement, state);
  }
  const say = (name, text) => {
    if (find(name).textContent !== text) find(name).textContent = text;
  };
  function show() {
    const now = state.phases[state.at];
    say("phase", now ? data.words[now.name] : data.words.all_done);
    say("clock", now ? `${Math.ceil(now.seconds - state.spent)}` : "✓");
    find("bar").firstElementChild.style.width = `${now ? (100 * state.spent) / now.seconds : 100}%`;
    const last = now ?? state.phases.at(-1);
    say("counts", data.words.counts
      .replace("#repetition", last.repetition).replace("#set", last.set));
    say("run", state.frame ? data.words.pause : state.at || state.spent ? data.words.resume : data.words.start);
    find("run").hidden = !now;
  }
  function step(time) {
    state.spent += (time - state.clock) / 1000;
    state.clock = time;
    const now = state.phases[state.at];
    if (now && state.spent >= now.seconds) {
      state.spent = 0;
      state.at += 1;
    }
    state.frame = state.at < state.phases.length ? requestAnimationFrame(step) : null;
    show();
  }
  function toggle() {
    if (state.frame) {
      cancelAnimationFrame(state.frame);
      state.frame = null;
    } else {
      state.clock = performance.now();
      state.frame = requestAnimationFrame(step);
    }
    show();
  }
  find("guide").setAttribute("aria-label", data.words.title);
  find("run").onclick = toggle;
  say("over", data.words.done);
  find("over").onclick = () => {
    cancelAnimationFrame(state.frame);
    state.frame = null;
    show();
    setTriggerValue("done", true);
  };
  show();
  return () => setTimeout(() => { if (!parentElement.isConnected) cancelAnimationFrame(state.frame); }, 300);
}
