// Asks for the camera before a take begins, so that a refusal is one clear line and costs nothing.

const WHY = {
  NotAllowedError: "refused", SecurityError: "refused",
  NotFoundError: "none", OverconstrainedError: "none", DevicesNotFoundError: "none",
  NotReadableError: "busy", AbortError: "busy", TrackStartError: "busy",
};

async function tryCamera() {
  if (!navigator.mediaDevices?.getUserMedia) return "insecure";
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: false });
    for (const track of stream.getTracks()) track.stop();
    return "ready";
  } catch (error) {
    return WHY[error.name] ?? "busy";
  }
}

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const go = parentElement.querySelector(".go");
  go.textContent = data.label;
  if (data.focus && go.dataset.focused !== data.focus) {
    go.dataset.focused = data.focus;  // once for each step: space or Enter starts it
    go.focus();
  }
  go.onclick = async () => {
    go.disabled = true;
    const state = await tryCamera();
    go.disabled = false;
    setTriggerValue("camera", state);
  };
}
