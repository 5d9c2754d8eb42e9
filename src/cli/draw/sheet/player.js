/* Plays the recorded calls of this page. It works from a file, and asks nothing of any server. */
{
  const recording = JSON.parse(document.getElementById("recording").textContent);
  const phone = document.getElementById("phone");
  const KEYS = [..."123456789*0#"];
  let isSpoken = false;
  let typed = "";
  let at;

  const make = (tag, props = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), props);
    element.append(...children);
    return element;
  };

  const lines = make("ol", { className: "lines", ariaLive: "polite" });
  const begin = make("select", { ariaLabel: "When the call is made" });
  recording.begins.forEach(({ label }, index) => {
    begin.append(make("option", { value: index }, label || "now"));
  });
  begin.hidden = recording.begins.length < 2;
  const call = make("button", { type: "button", className: "call", onclick: startCall });
  const speaks = make("input", { type: "checkbox", onchange: setSpoken });
  const keys = make("div", { className: "keys", role: "group", ariaLabel: "Keys" });
  const choices = make("div", { className: "choices" });
  const twiml = make("pre");
  const document_ = make("details", { hidden: true }, make("summary", {}, "TwiML"), twiml);
  for (const key of KEYS)
    keys.append(make("button", { type: "button", onclick: () => press(key), value: key }, key));
  phone.append(begin, lines, choices, keys, make("label", {}, speaks, "Speak"), document_, call);
  document.addEventListener("keydown", (event) => {
    const isTyped = event.ctrlKey || event.metaKey || event.altKey || event.target === begin;
    if (!isTyped && at && KEYS.includes(event.key)) press(event.key);
  });
  if (recording.begins.length === 0) {
    lines.append(make("li", { className: "then" }, "Other flows run this one. It has no calls of its own."));
    call.disabled = true;
  }
  show();

  function setSpoken() {
    isSpoken = speaks.checked && "speechSynthesis" in window;
    if (!isSpoken && "speechSynthesis" in window) speechSynthesis.cancel();
  }

  function startCall() {
    lines.replaceChildren();
    const [first, ...others] = recording.begins[begin.value].turns;
    // A service is asked before anything is heard.
    if (others.length > 0) {
      at = { turns: [first, ...others] };
      show();
    } else take(first);
  }

  function turns() {
    return (at?.turns ?? []).map((index) => ({ ...recording.turns[index], index }));
  }

  function press(key) {
    const text = typed + key;
    const whole = turns().find((turn) => turn.keys === text);
    const more = turns().some((turn) => turn.keys?.startsWith(text) && turn.keys !== text);
    typed = more ? text : "";
    if (whole && !more) take(whole.index);
    else show();
  }

  function take(index) {
    const turn = recording.turns[index];
    typed = "";
    if (turn.kind !== "begins") add("pressed", turn.label);
    if ("speechSynthesis" in window) speechSynthesis.cancel();
    for (const line of turn.heard) {
      add(line.kind, line.kind === "plays" ? `♪ ${line.text}` : line.text);
      if (isSpoken && line.kind === "says") {
        speechSynthesis.speak(
          Object.assign(new SpeechSynthesisUtterance(line.text), { lang: line.language }),
        );
      }
    }
    at = recording.places[turn.to];
    if (at.ended) add("ended", "The call is over.");
    else if (at.turns.length === 0 && recording.isCut) add("ended", "The recording ends here.");
    light(turn.path);
    show();
  }

  function add(className, text) {
    lines.append(make("li", { className }, text));
  }

  function light(path) {
    const own = new Set(path);
    for (const step of document.querySelectorAll("[data-node]")) {
      const name = step.getAttribute("data-node");
      step.classList.toggle("is-taken", own.has(name));
      step.classList.toggle("is-at", name === path.findLast((one) => one !== "hangup"));
    }
    document.querySelector(".step.is-at")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    for (const row of document.querySelectorAll("tr[id]"))
      row.classList.toggle("is-here", own.has(row.id.slice("step-".length)));
  }

  function show() {
    const open = turns();
    for (const key of keys.children)
      key.disabled = !open.some((turn) => turn.keys?.startsWith(typed + key.value));
    const others = open.filter(({ keys: own }) => own === undefined || own.length > 1);
    choices.replaceChildren(
      ...others.map(({ label, index }) =>
        make("button", { type: "button", onclick: () => take(index) }, label),
      ),
    );
    const text = at && recording.documents[at.document];
    document_.hidden = !text;
    twiml.textContent = text || "";
    call.textContent = at ? "Call again" : "Call";
    lines.scrollTop = lines.scrollHeight;
  }
}
