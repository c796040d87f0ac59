// Conversations, in the browser alone: the list unfolds, is searched, a name is edited; and what is kept here, each
// conversation under a key of its own, so that two tabs don't write over each other's.
() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const PREFIX = "unsaid-talk:";

  // ── what is kept ─────────────────────────────────────────────────────────────────────────────
  let forgetting = false; // from the press that deletes everything until all of it is gone: nothing is kept meanwhile
  function clear() {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
    for (const key of ["unsaid-keep", "unsaid-here", "unsaid"]) localStorage.removeItem(key);
  }
  function note(words) {
    const at = one("#un-talks-note");
    if (!at) return;
    at.hidden = !words;
    at.textContent = words;
    if (words) unfold(true);
  }
  function shelve(ops, keep) {
    try {
      if (!keep || forgetting) return clear();
      const told = JSON.parse(ops || "{}");
      localStorage.setItem("unsaid-keep", "yes");
      localStorage.setItem("unsaid-here", told.here || "");
      for (const id of told.drop || []) localStorage.removeItem(PREFIX + id);
      for (const text of told.put || []) localStorage.setItem(PREFIX + JSON.parse(text).id, text);
      note("");
    } catch {
      note("The browser has no room to keep this conversation. Delete some, or save it to a file.");
    }
  }

  // ── the list ─────────────────────────────────────────────────────────────────────────────────
  const desk = () => one("#un-desk");
  function unfold(open) {
    desk().dataset.history = open ? "open" : "folded";
    head();
    if (open) one("#un-talks-find").focus();
  }
  function head() {
    const button = one("[data-history]", one("#un-talks-head") || document.body), open = desk() && desk().dataset.history === "open";
    if (button && button !== desk() && button.getAttribute("aria-expanded") !== String(open)) button.setAttribute("aria-expanded", String(open));
  }
  function find() {
    const box = one("#un-talks-find"), count = one("#un-talks .un-count");
    if (!box || !count) return;
    const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean), rows = all("#un-talks li");
    let shown = 0;
    for (const row of rows) {
      const text = `${one(".un-name", row).textContent} ${one(".un-talk-words", row).textContent}`.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    const whole = count.dataset.whole || (count.dataset.whole = count.textContent);
    const now = wanted.length ? `${shown.toLocaleString("en")} of ${whole}` : whole;
    if (count.textContent !== now) count.textContent = now;
  }
  let edited = null; // the row whose name is being edited, its words, and where the next letter goes
  function unlocked(row, on) {
    const box = one(".un-talk-name", row), button = one("[data-talk-rename]", row);
    box.hidden = !on;
    one("[data-talk-open]", row).hidden = on;
    button.textContent = on ? "Save name" : "Rename";
    return [box, button];
  }
  function naming(row, on) {
    const [box, button] = unlocked(row, on);
    edited = on ? { id: row.dataset.talk, name: box.value, at: box.value.length } : null;
    if (on) { box.focus(); box.select(); } else { box.value = box.defaultValue; button.focus(); }
  }
  // An answer that ends makes the list anew, in the elements that are there: what was typed by then goes on.
  function goOn() {
    const row = edited && one(`#un-talks li[data-talk="${edited.id}"]`);
    if (!row) { edited = null; return; }
    if (!one(".un-talk-name", row).hidden) return;
    const [box] = unlocked(row, true), at = document.activeElement;
    box.value = edited.name;
    if (at !== document.body && !at.classList.contains("un-talk-name")) return; // whoever has gone elsewhere stays there
    box.focus();
    box.setSelectionRange(edited.at, edited.at);
  }
  let after = ""; // where the focus goes once the list is there anew: to a row, or to the search
  function named(id, box) {
    if (!box.value.trim()) return null;
    after = id;
    edited = null;
    return { name: "edit", data: { talk: id, name: box.value } };
  }
  // What a click or a key in the list asks the server for.
  function talk(event) {
    const row = event.target.closest("li[data-talk]");
    if (!row) return null;
    const id = row.dataset.talk, box = one(".un-talk-name", row);
    if (event.type === "keydown") {
      if (event.target !== box) return null;
      if (event.key === "Escape") { event.stopPropagation(); naming(row, false); }
      return event.key === "Enter" ? named(id, box) : null;
    }
    const button = event.target.closest("button");
    if (!button) return null;
    if (button.dataset.talkOpen !== undefined) {
      unfold(false);
      if (matchMedia("(hover: hover)").matches) one("#un-question textarea").focus();
      return { name: "click", data: { talk: id } };
    }
    if (button.dataset.talkRename !== undefined) {
      if (box.hidden) { naming(row, true); return null; }
      return named(id, box);
    }
    if (button.dataset.talkDelete === undefined) return null;
    if (button.dataset.sure) { after = "search"; return { name: "delete", data: { talk: id } }; }
    button.dataset.sure = "yes"; // a first press asks for a second
    button.textContent = "Really delete?";
    setTimeout(() => { delete button.dataset.sure; button.textContent = "Delete"; }, 4000);
    return null;
  }
  function forgetTalks(first) { // at the press and in the end: whoever leaves in between leaves nothing here
    forgetting = Boolean(first);
    clear();
  }
  Object.assign(window.unsaid, { talk, shelve, forgetTalks });

  // ── what can be done with all of it: saved, kept ─────────────────────────────────────────────
  function saving(open) {
    desk().dataset.saving = open ? "open" : "folded";
    one("button[data-saving]").setAttribute("aria-expanded", String(open));
    if (!open) one("button[data-saving]").focus();
  }

  document.addEventListener("click", (event) => { if (event.target.closest && event.target.closest("#un-yes")) forgetTalks(true); }, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[data-history], button[data-saving]");
    if (button && button.dataset.saving !== undefined) saving(desk().dataset.saving !== "open");
    else if (button) unfold(desk().dataset.history !== "open");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest && event.target.closest("#un-saving")) return saving(false);
    const inside = event.target.closest && event.target.closest("#un-history");
    if (event.key !== "Escape" || !inside) return;
    unfold(false);
    const button = one("#un-talks-head [data-history]");
    if (button) button.focus();
  });
  document.addEventListener("input", (event) => { if (event.target.id === "un-talks-find") find(); });
  for (const change of ["input", "selectionchange"]) document.addEventListener(change, () => {
    const box = document.activeElement;
    if (edited && box && box.classList.contains("un-talk-name")) edited = { ...edited, name: box.value, at: box.selectionStart };
  });

  let seen = null;
  function arrived() {
    if (desk()) head();
    goOn();
    const now = one("#un-talks .un-talks");
    if (now === seen) return;
    seen = now;
    find();
    const at = after === "search" ? one("#un-talks-find") : after && one(`li[data-talk="${after}"] [data-talk-open]`);
    after = "";
    if (at) at.focus();
  }
  new MutationObserver(arrived).observe(document.body, { childList: true, subtree: true, attributeFilter: ["hidden"] });
  arrived();
}
