// Reading, in the browser alone: finding words in the article, what is left open underlined, asking about a passage.
// Found words are highlighted by ranges (CSS.highlights), so that the text on the page stays as the server wrote it.
() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const MOST = 2000; // places that are highlighted

  // ── find ─────────────────────────────────────────────────────────────────────────────────────
  const marks = window.Highlight && CSS.highlights ? { all: new Highlight(), now: new Highlight() } : null;
  if (marks) { CSS.highlights.set("un-found", marks.all); CSS.highlights.set("un-found-now", marks.now); }
  let found = [], at = -1;
  function texts(body) {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) => (node.parentElement.closest("[hidden]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
    });
    const nodes = [];
    let whole = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const low = node.data.toLowerCase();
      nodes.push([whole.length, node]);
      whole += low.length === node.data.length ? low : node.data;
    }
    return { nodes, whole };
  }
  function place(nodes, offset) { // the text node that holds an offset, by halving
    let low = 0, high = nodes.length - 1;
    while (low < high) { const mid = (low + high + 1) >> 1; if (nodes[mid][0] <= offset) low = mid; else high = mid - 1; }
    return [nodes[low][1], offset - nodes[low][0]];
  }
  const lacks = (side) => one("article:not([hidden]) .un-rest", side); // parts of the text that are not here yet (parts.js)
  function seek(side, stay = false) { // `stay`: there is more of the text; what was found last is where one is
    const was = stay ? found[at] : null;
    const wanted = one(".un-seek-words", side).value.toLowerCase(), body = one("article:not([hidden]) .un-text", side);
    found = []; at = -1;
    if (wanted.trim() && body) {
      const { nodes, whole } = texts(body);
      for (let i = whole.indexOf(wanted); i >= 0 && found.length < MOST; i = whole.indexOf(wanted, i + wanted.length)) {
        const range = document.createRange();
        range.setStart(...place(nodes, i));
        const [last, after] = place(nodes, i + wanted.length - 1);
        range.setEnd(last, after + 1);
        found.push(range);
      }
    }
    if (marks) { marks.all.clear(); found.forEach((range) => marks.all.add(range)); }
    at = was ? found.findIndex((range) => range.startContainer === was.startContainer && range.startOffset === was.startOffset) : -1;
    if (at < 0) return step(side, 1);
    count(side);
  }
  function count(side) {
    const label = one(".un-seek-count", side), words = one(".un-seek-words", side).value.trim(), more = lacks(side) ? " …" : "";
    label.textContent = found.length ? `${at + 1} of ${found.length.toLocaleString("en")}${more}` : words ? more.trim() || "none" : "";
    if (marks) { marks.now.clear(); if (found[at]) marks.now.add(found[at]); }
  }
  function step(side, by) {
    if (found.length) at = (at + by + found.length) % found.length;
    count(side);
    if (!found.length) return;
    const body = one(".un-pane-body", side);
    let frames = 4; // blocks that were never painted have guessed heights
    const move = () => {
      const off = found[at] ? found[at].getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 3 : 0;
      if (Math.abs(off) > 2) body.scrollTop += off;
      if (frames--) requestAnimationFrame(move);
    };
    move();
  }
  document.addEventListener("input", (event) => {
    if (event.target.matches(".un-seek-words")) seek(event.target.closest(".un-pane"));
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches || !event.target.matches(".un-seek-words")) return;
    if (event.key === "Enter") { event.preventDefault(); step(event.target.closest(".un-pane"), event.shiftKey ? -1 : 1); }
    if (event.key === "Escape" && event.target.value) {
      event.stopImmediatePropagation();
      event.target.value = "";
      seek(event.target.closest(".un-pane"));
    }
  }, true);

  // ── what is left open, underlined on wish ────────────────────────────────────────────────────
  const desk = () => one("#un-desk");
  function underlines() {
    for (const side of all(".un-pane")) {
      const button = one("[data-underline]", side), shown = one("article:not([hidden])", side);
      if (!button || !shown) continue;
      const many = Number(shown.dataset.left), on = desk().dataset.underlined === "yes";
      const words = `Left open: ${many}`;
      if (button.hidden !== !many) button.hidden = !many;
      if (button.textContent !== words) button.textContent = words;
      if (button.getAttribute("aria-pressed") !== String(on)) button.setAttribute("aria-pressed", String(on));
    }
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-underline]");
    if (!button) return;
    desk().dataset.underlined = desk().dataset.underlined === "yes" ? "no" : "yes";
    underlines();
    const first = desk().dataset.underlined === "yes" && one("article:not([hidden]) .un-text u", button.closest(".un-pane"));
    if (first) first.scrollIntoView({ block: "center" });
  });

  // ── ask about a passage ──────────────────────────────────────────────────────────────────────
  const LONGEST = 300; // characters of a passage in a question
  const about = document.createElement("button");
  about.id = "un-about";
  about.type = "button";
  about.hidden = true;
  about.textContent = "Ask about this passage";
  document.body.append(about);
  function selected() {
    const choice = getSelection();
    if (!choice.rangeCount || choice.isCollapsed) return null;
    const range = choice.getRangeAt(0), inside = range.commonAncestorContainer;
    const article = (inside.nodeType === 1 ? inside : inside.parentElement).closest("#un-pane .un-text");
    const words = choice.toString().replace(/\s+/g, " ").trim();
    return article && words.length > 2 ? { range, words, source: article.closest("article").dataset.source } : null;
  }
  document.addEventListener("selectionchange", () => {
    const now = selected();
    about.hidden = !now;
    if (!now) return;
    const box = now.range.getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left), document.documentElement.clientWidth - 200);
    about.style.left = `${left + scrollX}px`;
    about.style.top = `${Math.max(8, box.top > 44 ? box.top - 38 : box.bottom + 6) + scrollY}px`;
  });
  about.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  about.addEventListener("click", () => {
    const now = selected();
    if (!now) return;
    const words = now.words.length > LONGEST ? `${now.words.slice(0, LONGEST)} …` : now.words;
    window.unsaid.tickOnly(now.source);
    window.unsaid.room("talk");
    window.unsaid.write(`About “${words}”: `);
    getSelection().removeAllRanges();
    about.hidden = true;
  });

  // ── the file that an article was read from ───────────────────────────────────────────────────
  // Only a PDF is shown, by the browser's own viewer; anything else is saved: as a page it could act as one of ours.
  window.unsaid.file = (told) => {
    const { name, pdf, bytes, problem } = JSON.parse(told || "{}"), button = one("#un-pane [data-file]");
    if (problem && button) return window.unsaid.flash(button, problem, 8000);
    if (!name) return;
    const held = new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], { type: pdf ? "application/pdf" : "application/octet-stream" });
    const link = document.createElement("a"), mark = one("#un-pane .un-current-mark");
    link.href = URL.createObjectURL(held);
    if (pdf) { link.target = "_blank"; link.rel = "noopener"; link.href += `#page=${mark?.dataset.page || 1}`; } else link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href.split("#")[0]), pdf ? 600_000 : 10_000); // a viewer reads it again
  };

  window.unsaid.grown = (side) => { if (one(".un-seek-words", side).value) seek(side, true); };

  let shown = null, source = null; // one element may hold one article after the other
  function arrived() {
    underlines();
    window.unsaid.parts();
    const now = one("#un-pane article:not([hidden])");
    if (now === shown && (!now || now.dataset.source === source)) return;
    shown = now;
    source = now && now.dataset.source;
    window.unsaid.reading();
    if (now && !now.closest(".un-pane").dataset.active) now.closest(".un-pane-body").scrollTop = 0; // read from its beginning
    const words = now && one(".un-seek-words", now.closest(".un-pane"));
    if (words && words.value) seek(now.closest(".un-pane")); else { found = []; if (marks) { marks.all.clear(); marks.now.clear(); } }
  }
  new MutationObserver(arrived).observe(document.body, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["hidden"],
  });
}
