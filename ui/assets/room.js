// The room around the conversation, in the browser alone: panes that fold, one pane at a time on phones, the theme,
// files that are dropped. What stands in the list of sources is the work of sources.js.
() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const desk = () => one("#un-desk");

  // ── what is remembered: how the room looks, nothing of what is read or asked ─────────────────
  const KEY = "unsaid-room";
  let kept = {};
  try { kept = JSON.parse(localStorage.getItem(KEY)) || {}; } catch { /* as if nothing were kept */ }
  const keep = (name, value) => {
    kept[name] = value;
    try { localStorage.setItem(KEY, JSON.stringify(kept)); } catch { /* not allowed here */ }
  };

  // ── the theme ──────────────────────────────────────────────────────────────────────────────
  const THEMES = ["system", "light", "dark"], prefers = matchMedia("(prefers-color-scheme: dark)");
  function theme() {
    const wanted = THEMES.includes(kept.theme) ? kept.theme : "system";
    document.body.classList.toggle("dark", wanted === "dark" || (wanted === "system" && prefers.matches));
    const button = one("[data-theme]");
    if (button && button.dataset.theme !== wanted) {
      button.dataset.theme = wanted;
      button.removeAttribute("aria-label");
      button.textContent = { system: "Theme: system", light: "Theme: light", dark: "Theme: dark" }[wanted];
    }
  }
  prefers.addEventListener("change", () => setTimeout(theme)); // after Gradio's own

  // ── panes: folded, or one at a time ──────────────────────────────────────────────────────────
  const SIDES = { sources: "#un-sources", reader: "#un-side" };
  function folded(name) {
    const side = one(`${SIDES[name]} > :not(:has(.un-fold)):not([hidden])`);
    return side ? getComputedStyle(side).display === "none" : false;
  }
  function folds() {
    for (const button of all(".un-fold")) {
      const open = !folded(button.dataset.fold), what = button.dataset.fold === "sources" ? "sources" : "reader";
      const name = open ? `Fold the ${what} away` : `Unfold the ${what}`;
      if (button.getAttribute("aria-label") === name) continue;
      button.setAttribute("aria-label", name);
      button.setAttribute("aria-expanded", String(open));
    }
  }
  function fold(name, value) {
    desk().dataset[name] = value;
    keep(name, value);
    folds();
  }
  const phone = matchMedia("(max-width: 760px)");
  function room(name) {
    const at = desk();
    if (!at || !at.offsetParent) return;
    if (!phone.matches && name === "reader" && at.dataset.reader === "folded") fold("reader", "open");
    if (at.dataset.room === name) return;
    at.dataset.room = name;
    all("#un-rooms [data-room]").forEach((b) => {
      if (b.dataset.room === name) b.setAttribute("aria-current", "true"); else b.removeAttribute("aria-current");
    });
    if (phone.matches) scrollTo(0, 0);
  }
  // How much of the page stands over the panes, and beneath: they take the height that is left.
  function measure() {
    const at = desk(), whole = at && at.offsetParent && at.closest(".app");
    if (!whole) return;
    const told = { over: at.getBoundingClientRect().top + scrollY, under: 0 };
    for (let box = at.parentElement; box && whole.contains(box); box = box.parentElement) told.under += parseFloat(getComputedStyle(box).paddingBottom) || 0;
    for (const name in told) {
      const now = `${Math.ceil(told[name])}px`;
      if (document.documentElement.style.getPropertyValue(`--un-${name}`) !== now) document.documentElement.style.setProperty(`--un-${name}`, now);
    }
  }
  let measuring = false;
  function measureSoon() { // once a frame, when it is laid out anyway
    if (measuring) return;
    measuring = true;
    requestAnimationFrame(() => { measuring = false; measure(); folds(); });
  }
  addEventListener("resize", measureSoon);
  phone.addEventListener("change", folds);
  matchMedia("(max-width: 1180px)").addEventListener("change", folds);
  function set() { // once, when the desk is there
    const at = desk();
    if (!at || at.dataset.room) return;
    at.dataset.room = "talk";
    for (const name of ["sources", "reader"]) if (["folded", "open"].includes(kept[name])) at.dataset[name] = kept[name];
  }

  function write(words) { // into the box, ready to be asked or gone on with
    const box = one("#un-question textarea");
    box.value = words;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
    box.setSelectionRange(words.length, words.length);
  }
  Object.assign(window.unsaid, { room, write });

  // ── files that are dropped or pasted anywhere on the pane ────────────────────────────────────
  function hand(files) {
    const input = one("#un-files input[type=file]");
    if (!input || !files.length) return false;
    input.files = files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }
  const overSources = (event) => event.target.closest && event.target.closest("#un-sources") && !event.target.closest("#un-files");
  document.addEventListener("dragover", (event) => { if (overSources(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (overSources(event) && hand(event.dataTransfer.files)) event.preventDefault();
  });
  document.addEventListener("paste", (event) => {
    if (event.clipboardData && event.clipboardData.files.length && hand(event.clipboardData.files)) event.preventDefault();
  });

  // ── events ───────────────────────────────────────────────────────────────────────────────────
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button");
    if (!button) return;
    const { fold: side, room: name, theme: now } = button.dataset;
    if (side) fold(side, folded(side) ? "open" : "folded");
    if (name) { room(name); button.focus(); }
    if (now !== undefined) { keep("theme", THEMES[(Math.max(0, THEMES.indexOf(now)) + 1) % THEMES.length]); theme(); }
    if (button.dataset.topic !== undefined) write(`What do the articles say about ${button.dataset.topic}?`);
  });
  document.addEventListener("input", (event) => {
    if (event.target.id === "un-sort") keep("sort", event.target.value);
  });

  // ── replies that got stuck ───────────────────────────────────────────────────────────────────
  // The stream of replies may have closed before one of them: the next request brings it along.
  const waits = () => one("#un-listing") && (!one("#un-listing .un-count, #un-listing .un-problem") || !one("#un-glance .un-welcome")
    || one("#un-pane article:not([hidden]) .un-rest") || one(".un-turn[data-stage='waiting'], .un-turn[data-stage='searching'], .un-turn[data-stage='quoting']"));
  let due = 0; // A reply that shows nothing yet can't be seen to be waited for: a few times after every press it is asked for.
  const pressed = (event) => { if (event.isTrusted) due = 4; };
  document.addEventListener("click", (event) => { if (event.target.closest("button")) pressed(event); }, true);
  document.addEventListener("keydown", (event) => { if (event.key === "Enter") pressed(event); }, true);
  setInterval(() => {
    if (document.hidden || !window.unsaidNudge || !(waits() || due)) return;
    due = Math.max(0, due - 1);
    window.unsaidNudge();
  }, 2000);

  let cell = null;
  function arrived() {
    set();
    measureSoon();
    const sort = one("#un-sort");
    if (sort && !sort.dataset.set) { // once, when the pane is there
      sort.dataset.set = "yes";
      if ([...sort.options].some((o) => o.value === kept.sort)) sort.value = kept.sort;
      theme();
    }
    window.unsaid.listed();
    const now = one("#un-coverage-cell h3"); // what a cell opens comes into view
    if (now && now !== cell) one("#un-cover-below").scrollIntoView({ block: "nearest" });
    cell = now;
  }
  new MutationObserver(arrived).observe(document.body, { childList: true, subtree: true });
  arrived();
}
