// Citations: a click marks the sentence and scrolls to it. Everything shown was escaped on the server;
// this file only moves between places that are already on the page, and never builds HTML.
() => {
  const pane = () => document.querySelector("#un-pane");
  const marks = (ref) => {
    const side = pane();
    return side ? [...side.querySelectorAll("mark[data-refs]")].filter((m) => m.dataset.refs.split(" ").includes(ref)) : [];
  };

  const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

  function show(ref, moveThere) {
    const found = marks(ref);
    if (!found.length) return false;
    const article = found[0].closest("article");
    const side = pane();
    side.querySelectorAll("article").forEach((a) => { a.hidden = a !== article; });
    side.querySelectorAll("mark").forEach((m) => m.classList.toggle("un-current-mark", found.includes(m)));
    document.querySelectorAll(".un-cite, .un-open").forEach((b) => {
      if (b.dataset.ref === ref) b.setAttribute("aria-current", "true");
      else b.removeAttribute("aria-current");
    });
    const body = side.querySelector(".un-pane-body");
    const first = found[0];
    const top = first.getBoundingClientRect().top - body.getBoundingClientRect().top + body.scrollTop;
    body.scrollTop = Math.max(0, top - body.clientHeight / 3);
    if (moveThere) {
      const box = first.getBoundingClientRect();
      if (box.top < 0 || box.bottom > innerHeight) first.scrollIntoView({ block: "center", behavior: still() ? "auto" : "instant" });
      first.focus({ preventScroll: true });
    }
    return true;
  }

  let wanted = null; // a citation that was chosen before its article was loaded
  // The ref that the server must be asked for, or null when nothing is left to do.
  function click(event) {
    const button = event.target.closest("button[data-ref]");
    if (!button) return null;
    const ref = button.dataset.ref;
    if (show(ref, true)) return null;
    wanted = ref;
    return ref;
  }
  window.unsaid = { click };

  // A new article arrived: go to its active sentence; the page itself moves only if the person asked for it.
  new MutationObserver(() => {
    if (wanted && show(wanted, true)) { wanted = null; return; }
    const body = document.querySelector("#un-pane .un-pane-body");
    if (body && !body.querySelector(".un-current-mark")) show(body.dataset.active, false);
  }).observe(document.body, { childList: true, subtree: true });

  // Screen readers hear the settled answer, and the page follows a new question.
  let last = "";
  new MutationObserver(() => {
    const current = document.querySelector("#un-current");
    const turn = current && current.querySelector(".un-turn");
    if (!turn) { last = ""; return; }
    current.setAttribute("aria-live", "polite");
    current.setAttribute("aria-busy", String(!["settled", "stopped", "failed"].includes(turn.dataset.stage)));
    const question = turn.querySelector(".un-question").textContent + document.querySelectorAll("#un-earlier .un-turn").length;
    if (question === last) return;
    last = question;
    const box = turn.getBoundingClientRect();
    if (box.top < 0 || box.top > innerHeight * 0.6) turn.scrollIntoView({ block: "start" });
  }).observe(document.body, { childList: true, subtree: true });

  document.addEventListener("keydown", (event) => { // Escape stops, as in a browser
    const stop = document.querySelector("#un-stop");
    if (event.key === "Escape" && stop && stop.offsetParent && !stop.disabled) stop.click();
  });
}
