// What happens in the browser alone: citations and their quotes, the way through an article, copying and saving.
// Everything shown was escaped on the server; this file moves between places that are already on the page,
// copies nodes, and never builds HTML.
() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (id, role) => {
    const box = document.createElement("div");
    box.id = id;
    box.setAttribute("role", role);
    document.body.append(box);
    return box;
  };
  const pane = () => all("#un-pane .un-pane, #un-left-pane .un-pane, #un-cover-pane .un-pane").find((side) => side.offsetParent); // of the tab at hand
  // The marks of a place that are seen; those over what only lays a table out are hidden with it, and have no place.
  const targets = (ref) => (pane() ? all(`[data-refs~="${CSS.escape(ref)}"]`, pane()).filter((mark) => !mark.closest("span[hidden]")) : []);
  const buttons = (ref) => all(`.un-turn button[data-ref="${CSS.escape(ref)}"], .un-sight button[data-ref="${CSS.escape(ref)}"], .un-left button[data-ref="${CSS.escape(ref)}"], #un-coverage-cell button[data-ref="${CSS.escape(ref)}"]`);

  // ── the article ────────────────────────────────────────────────────────────────────────────
  // Blocks that were never painted have guessed heights, so the place is looked at again after each frame.
  function centre(mark) {
    const body = mark.closest(".un-pane-body");
    const move = () => {
      const off = mark.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 3;
      if (Math.abs(off) > 2) body.scrollTop += off;
    };
    let frames = 4;
    const again = () => { if (mark.isConnected && frames--) { move(); requestAnimationFrame(again); } };
    move();
    requestAnimationFrame(again);
  }

  function where(side, ref, page) {
    const order = side.dataset.order.split(" "), at = order.indexOf(ref), label = one(".un-where", side);
    label.textContent = `${label.dataset.what} ${at + 1} of ${order.length}${page ? `, page ${page}` : ""}`;
    all("button[data-step]", side).forEach((b) => { b.hidden = order.length < 2; });
  }

  // Show a place; false when its article is not loaded. `mine`: the person asked for it, so the focus goes there.
  function show(ref, mine) {
    const found = targets(ref), side = pane();
    if (!found.length) return false;
    const article = found[0].closest("article");
    all("article", side).forEach((a) => { a.hidden = a !== article; });
    all(".un-current-mark", side).forEach((m) => m.classList.remove("un-current-mark"));
    found.forEach((m) => m.classList.add("un-current-mark"));
    all("button[data-ref]").forEach((b) => {
      if (b.dataset.ref === ref) b.setAttribute("aria-current", "true"); else b.removeAttribute("aria-current");
    });
    side.dataset.active = ref;
    where(side, ref, found[0].dataset.page);
    centre(found[0]);
    if (mine) {
      const box = side.getBoundingClientRect();
      if (box.top < 0 || box.top > innerHeight / 2) side.scrollIntoView({ block: "start" });
      found[0].focus({ preventScroll: true });
    }
    return true;
  }

  let wanted = null; // a place that was asked for before its article was loaded
  function go(ref) {
    hide();
    window.unsaid.room("reader");
    if (show(ref, true)) return null;
    wanted = ref;
    return { name: "click", data: { ref } };
  }

  function step(by) {
    const side = pane();
    if (!side) return null;
    const order = side.dataset.order.split(" ");
    return go(order[(order.indexOf(side.dataset.active) + by + order.length) % order.length]);
  }

  function back() {
    const side = pane(), button = side && buttons(side.dataset.active)[0];
    if (side && !side.dataset.active) { // nothing was cited: back to the list of sources
      window.unsaid.room("sources");
      window.unsaid.toRow();
      return;
    }
    if (!button) return;
    window.unsaid.room("talk");
    const fold = button.closest("details");
    if (fold) fold.open = true;
    button.focus();
    button.scrollIntoView({ block: "center" });
  }

  // What a click asks the server for: {name, data} of an event, or null when nothing is left to do.
  function act(event) {
    const button = event.target.closest("button");
    if (!button) return null;
    const { ref, step: by, only, back: home, act: name, turn } = button.dataset;
    if (ref) return go(ref);
    if (by) return step(Number(by));
    if (home !== undefined) back();
    if (only !== undefined) window.unsaid.tickOnly(one("article:not([hidden])", pane()).dataset.source);
    if (button.dataset.file !== undefined) {
      return { name: "submit", data: { source: one("article:not([hidden])", pane()).dataset.source, ref: pane().dataset.order.split(" ")[0] } };
    }
    if (name === "copy") copy(button);
    if (name === "retry") return { name: "submit", data: { turn: Number(turn) } };
    if (name === "wrong") return { name: "like", data: { turn: Number(turn) } };
    if (name === "reword") return { name: "edit", data: { turn: Number(turn), alone: true } };
    return name === "edit" ? { name: "edit", data: { turn: Number(turn) } } : null;
  }

  // ── the quote behind a number ──────────────────────────────────────────────────────────────
  const peek = make("un-peek", "tooltip");
  let shownFor = null, leaving = 0;
  function hide() { peek.classList.remove("un-open"); shownFor = null; }
  function reveal(button) {
    const quote = document.getElementById(`${button.dataset.ref}-quote`);
    if (!quote || button === shownFor) return;
    shownFor = button;
    peek.replaceChildren(...[...quote.childNodes].map((node) => node.cloneNode(true)));
    peek.classList.add("un-open");
    const at = button.getBoundingClientRect(), size = peek.getBoundingClientRect();
    const below = at.bottom + 6 + size.height < innerHeight || at.top < size.height;
    const left = Math.max(8, Math.min(at.left - 20, document.documentElement.clientWidth - size.width - 8));
    peek.style.left = `${left + scrollX}px`;
    peek.style.top = `${(below ? at.bottom + 6 : at.top - size.height - 6) + scrollY}px`;
  }
  const over = (event) => {
    clearTimeout(leaving);
    const button = event.target.closest && event.target.closest(".un-turn button.un-cite");
    if (button) reveal(button);
    else if (shownFor && !peek.contains(event.target)) leaving = setTimeout(hide, 150);
  };
  document.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") over(event); });
  document.addEventListener("focusin", over);

  // ── copying, saving, removing ──────────────────────────────────────────────────────────────
  const live = make("un-live", "status");
  const say = (words) => { live.textContent = words; };
  function flash(button, words, ms = 1500) {
    const before = button.textContent;
    button.textContent = words;
    say(words);
    setTimeout(() => { button.textContent = before; }, ms);
  }
  async function copy(button) {
    const text = one(".un-copied", button.parentElement).textContent;
    try {
      await navigator.clipboard.writeText(text);
      flash(button, "Copied");
    } catch {
      flash(button, "The browser does not allow copying");
    }
  }
  function save(name, text) { // a file of bytes comes in base 64
    const bytes = /\.(docx|png)$/.test(name) ? Uint8Array.from(atob(text), (c) => c.charCodeAt(0)) : text;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: bytes === text ? "text/plain;charset=utf-8" : "application/octet-stream" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
  // A first press asks for a second; the article's name after that.
  function sure(event) {
    const button = event.target.closest("button[data-remove]");
    if (!button) return null;
    if (button.dataset.sure) return button.dataset.remove;
    button.dataset.sure = "yes";
    button.textContent = "Really remove?";
    say("Press again to remove it");
    setTimeout(() => { delete button.dataset.sure; button.textContent = "Remove"; }, 4000);
    return null;
  }
  window.unsaid = { act, save, sure, flash };

  // An answer that has grown beneath the box comes into view as far as its question stays there; whoever reads
  // something else, further up, is left where they are.
  function seen(turn, composer) {
    const box = turn.getBoundingClientRect(), beneath = composer ? box.bottom - composer.getBoundingClientRect().top : 0;
    if (beneath > 0 && box.top > 12 && box.top < innerHeight) scrollBy(0, Math.min(beneath, box.top - 12));
  }

  // ── what arrives from the server ───────────────────────────────────────────────────────────
  let question = "", stage = "";
  function arrived() {
    if (shownFor && !shownFor.isConnected) hide();
    const side = pane();
    if (side && wanted && show(wanted, true)) wanted = null;
    else if (side && side.dataset.active && !one(".un-current-mark", side)) show(side.dataset.active, false);
    const turn = one("#un-current .un-turn");
    if (!turn) { question = stage = ""; return; }
    if (turn.dataset.turn !== question) { // the page follows a new question
      question = turn.dataset.turn;
      const box = turn.getBoundingClientRect();
      if (box.top < 0 || box.top > innerHeight * 0.6) turn.scrollIntoView({ block: "start" });
    }
    if (question + turn.dataset.stage === stage) return;
    stage = question + turn.dataset.stage;
    const proof = turn.dataset.stage === "settled" && one(".un-proof[open]", turn), composer = one("#un-composer");
    if (proof && composer && proof.getBoundingClientRect().bottom > composer.getBoundingClientRect().top) {
      turn.scrollIntoView({ block: "start" }); // the search stands beneath the box: from its question on it is in view
    }
    seen(turn, composer);
    const spoken = one({ settled: ".un-answer", stopped: ".un-status" }[turn.dataset.stage] || "none", turn);
    const steps = { quoting: "Quotes found", failed: "" }; // a failure is an alert and speaks for itself
    say(spoken ? spoken.innerText : steps[turn.dataset.stage] ?? "Searching");
  }
  new MutationObserver(arrived).observe(document.body, { childList: true, subtree: true });

  document.addEventListener("keydown", (event) => {
    const reading = event.target.closest && event.target.closest("#un-pane, #un-left-pane, #un-cover-pane");
    if (event.key === "Escape" && shownFor) return hide();
    if (event.key === "Escape" && reading) return back();
    if (reading && !event.altKey && !event.ctrlKey && !event.metaKey && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
      const forward = event.key === "ArrowRight";
      const button = one(`button[data-step="${forward ? 1 : -1}"]`, pane());
      if (button && !button.hidden) { event.preventDefault(); button.click(); }
      return;
    }
    const stop = one("#un-stop"); // Escape stops, as in a browser
    if (event.key === "Escape" && stop && stop.offsetParent && !stop.disabled) stop.click();
  });
}
