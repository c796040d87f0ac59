// The list of sources, in the browser alone: found, sorted, grouped, ticked. Rows were escaped on the server.
// All of them are held, and in the page stand those that are seen with some above and below: 2,000 cost what forty do.
() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const OVER = 900; // pixels that are laid out above and below what is seen
  const FIRST = 1200; // pixels that are laid out where the list isn't seen yet
  const listing = () => one("#un-listing"), list = () => one("#un-listing .un-docs");
  const fold = (words) => words.toLowerCase().normalize("NFD").replace(/\p{M}+/gu, ""); // without accents

  // ── what is held ─────────────────────────────────────────────────────────────────────────────
  let held = null; // the list at hand
  const heights = new Map(); // pixels of the rows that were laid out, by source
  let guess = 58, wide = 0; // pixels of a row that never was; how wide the list was then
  function item(row) {
    row.hidden = false;
    const folder = row.classList.contains("un-folder"), open = one("[data-open]", row), source = folder ? "" : open.dataset.open;
    const told = folder ? "" : [source, open.textContent, ...[...row.querySelectorAll(".un-remark")].map((r) => r.textContent)].join(" ");
    const { place, title, date } = row.dataset;
    return { row, folder, source, open, tick: one("[data-tick]", row), words: fold(told), place: +place, title: +title, date: +date, top: 0, at: 0 };
  }
  function take(of) {
    const items = [...of.children].map(item), count = of.previousElementSibling;
    const docs = items.filter((i) => !i.folder).sort((a, b) => a.place - b.place);
    of.replaceChildren(); // before anything is laid out
    held = { of, count, whole: count.textContent, docs, orders: { place: docs, folder: items }, seen: [], rows: [], shown: 0, end: 0, parted: false, by: new Map(docs.map((i) => [i.source, i])) };
  }
  const inOrder = (by) => held.orders[by] || (held.orders[by] = held.docs.toSorted((a, b) => a[by] - b[by]));

  // ── found and ordered ────────────────────────────────────────────────────────────────────────
  function arrange({ top = false } = {}) { // `top`: and back to where the list begins
    const search = one("#un-search");
    if (!held || !search) return;
    const wanted = fold(search.value).split(/\s+/).filter(Boolean), seen = [];
    let shown = 0, heading = null;
    for (const next of inOrder(one("#un-sort").value)) {
      if (next.folder) { heading = next; continue; }
      if (!wanted.every((word) => next.words.includes(word))) continue;
      if (heading) { seen.push(heading); heading = null; } // a folder's heading shows where one of its rows does
      next.at = ++shown;
      seen.push(next);
    }
    Object.assign(held, { seen, shown });
    stack();
    if (!held.of.firstElementChild) held.of.style.paddingBottom = `${held.end}px`; // a new list begins where the old one was scrolled to
    if (top && listing().scrollTop) listing().scrollTop = 0;
    lay({ anew: true });
    const now = wanted.length ? `${shown.toLocaleString("en")} of ${held.whole}` : held.whole;
    if (held.count.textContent !== now) held.count.textContent = now;
  }

  // ── in the page ──────────────────────────────────────────────────────────────────────────────
  const key = (of) => of.source || of.row;
  const high = (of) => heights.get(key(of)) || guess;
  function stack() {
    let top = 0;
    for (const next of held.seen) { next.top = top; top += high(next); }
    held.end = top;
  }
  function view() { // what is seen of the list, in pixels from its top
    const box = listing();
    if (!box.offsetParent) return { laid: false, top: 0, bottom: FIRST };
    const frame = box.getBoundingClientRect(), from = held.of.getBoundingClientRect().top;
    return { laid: true, top: Math.max(frame.top, 0) - from, bottom: Math.min(frame.bottom, innerHeight) - from };
  }
  function put(rows) {
    const { of, seen, shown, end } = held, stay = new Set(rows.map((i) => i.row));
    for (const row of [...of.children]) if (!stay.has(row)) row.remove();
    let next = of.firstElementChild, at = 0;
    for (const each of rows) {
      const { row, top } = each;
      if (row === next) next = next.nextElementSibling; else of.insertBefore(row, next);
      row.style.marginTop = top - at > 0.01 ? `${top - at}px` : ""; // the room of those that are left out
      at = top + high(each);
      if (each.folder) continue;
      if (rows.length < seen.length) row.setAttribute("aria-setsize", shown); else row.removeAttribute("aria-setsize");
      if (rows.length < seen.length) row.setAttribute("aria-posinset", each.at); else row.removeAttribute("aria-posinset");
    }
    of.style.paddingBottom = `${Math.max(0, end - at)}px`;
  }
  function measured(rows) { // whether a row is of another height than was thought
    let other = false, sum = 0;
    for (const next of rows) {
      const now = next.row.getBoundingClientRect().height;
      sum += now;
      if (Math.abs(now - high(next)) > 0.05) other = true;
      heights.set(key(next), now);
    }
    if (other) guess = sum / rows.length;
    wide = listing().clientWidth;
    return other;
  }
  // Put into the page what is seen; a row that has the focus, or is `also` wanted, stays wherever it is.
  function lay({ anew = false, also = null } = {}) {
    if (!held || !held.of.isConnected) return;
    const { seen, of } = held, { laid, top, bottom } = view(), near = OVER / 3;
    const inside = held.rows, first = inside[0], last = inside.at(-1);
    const enough = first && (first === seen[0] || first.top < top - near) && (last === seen.at(-1) || last.top > bottom + near);
    if (enough && !held.parted && !anew && !also) return;
    const focused = document.activeElement?.closest(".un-docs li");
    const close = (i) => i.top + high(i) > top - OVER && i.top < bottom + OVER;
    const rows = seen.filter((i) => close(i) || i.row === focused || i === also);
    const anchor = anew || !laid ? null : inside.find((i) => i.top + high(i) > top);
    const was = anchor && anchor.row.getBoundingClientRect().top;
    put(rows);
    Object.assign(held, { rows, parted: rows.some((i) => !close(i)) });
    if (!laid || !measured(rows)) return;
    stack();
    put(rows);
    const by = anchor && rows.includes(anchor) ? anchor.row.getBoundingClientRect().top - was : 0;
    if (Math.abs(by) > 1) (getComputedStyle(listing()).overflowY === "auto" ? listing() : document.scrollingElement).scrollTop += by;
  }
  const sized = new ResizeObserver(() => {
    const now = listing() ? listing().clientWidth : 0, other = now && now !== wide;
    if (other) heights.clear();
    if (other && held) stack();
    lay({ anew: Boolean(other) });
  });
  document.addEventListener("scroll", (event) => {
    if (event.target === document || event.target === listing()) lay();
  }, { capture: true, passive: true });

  // ── ticks ────────────────────────────────────────────────────────────────────────────────────
  const tick = (button, on) => button.setAttribute("aria-checked", String(on));
  const isTicked = (button) => button.getAttribute("aria-checked") === "true";
  const ticks = () => (held ? held.docs.map((i) => i.tick) : []);
  let mine = null; // what is ticked by the last press: a list that was on its way then knows of older ticks
  const chosen = () => {
    mine = ticks().filter(isTicked).map((b) => b.dataset.tick);
    return { name: "select", data: { names: mine } };
  };
  const tell = () => list() && list().dispatchEvent(new CustomEvent("un-ticked", { bubbles: true }));
  function tickOnly(source) {
    ticks().forEach((b) => tick(b, b.dataset.tick === source));
    tell();
  }
  function tickShown() {
    const shown = held ? held.seen.filter((i) => !i.folder).map((i) => i.tick) : [], on = !shown.every(isTicked);
    shown.forEach((b) => tick(b, on));
    tell();
  }
  // What a click in the list asks the server for.
  function source(event) {
    if (event.type === "un-ticked") return chosen();
    const button = event.target.closest("button");
    if (!button) return null;
    if (button.dataset.tick !== undefined) { tick(button, !isTicked(button)); return chosen(); }
    if (button.dataset.open !== undefined) {
      window.unsaid.room("reader");
      return { name: "click", data: { source: button.dataset.open } };
    }
    const gone = window.unsaid.sure(event);
    return gone ? { name: "delete", data: { source: gone } } : null;
  }

  // ── the row of the article that is read ──────────────────────────────────────────────────────
  let current = null;
  function reading() {
    const article = one("#un-pane article:not([hidden])"), now = (held && article && held.by.get(article.dataset.source)) || null;
    if (current && current !== now) current.open.removeAttribute("aria-current");
    if (now && now !== current) now.open.setAttribute("aria-current", "true");
    current = now;
  }
  function focusOn(next, button, block) { // wherever the list stands
    lay({ also: next });
    next[button].focus({ preventScroll: true });
    next.row.scrollIntoView({ block });
  }
  function toRow() { // back to it
    if (current && held.seen.includes(current)) focusOn(current, "open", "center");
  }
  // With the arrow keys from row to row, from the search to the first one, and with Home and End to the first and last.
  function along(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key], row = event.target.closest?.(".un-docs li");
    if (!step || !held || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const docs = held.seen.filter((i) => !i.folder), from = row ? docs.findIndex((i) => i.row === row) : -1;
    if (!docs.length || !(row ? from >= 0 : event.target.id === "un-search" && event.key === "ArrowDown")) return;
    event.preventDefault();
    const at = Math.min(docs.length - 1, from + step);
    if (at < 0 && step === -1) one("#un-search").focus();
    else focusOn(docs[Math.max(0, at)], event.target.matches("[data-tick]") ? "tick" : "open", "nearest");
  }

  // ── events ───────────────────────────────────────────────────────────────────────────────────
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button");
    if (!button) return;
    if (button.dataset.all !== undefined) tickOnly(null);
    if (button.dataset.tickAll !== undefined) tickShown();
  });
  document.addEventListener("click", (event) => { if (event.target.closest("button")) mine = null; }, true);
  document.addEventListener("keydown", along);
  document.addEventListener("input", (event) => { if (["un-search", "un-sort"].includes(event.target.id)) arrange({ top: true }); });

  let watched = null;
  function listed() { // a list arrived, or is gone
    if (listing() !== watched) {
      watched = listing();
      sized.disconnect();
      if (watched) sized.observe(watched);
    }
    const of = list();
    if ((held && held.of) === of) return;
    held = current = null;
    if (!of) return;
    take(of);
    if (mine) ticks().forEach((b) => tick(b, mine.includes(b.dataset.tick)));
    arrange();
    reading();
  }
  Object.assign(window.unsaid, { source, tickOnly, reading, toRow, listed });
}
