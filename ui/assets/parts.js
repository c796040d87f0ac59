// A long article in parts, in the browser alone: the server sends the one where reading begins; the others are asked for
// one after the other, those that are seen first, and put in their places. What arrives was escaped on the server.
() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const TOGETHER = 4; // parts that are asked for at once
  const ROOM = 0.4; // pixels of height that a character is guessed to take
  const PATIENCE = 8000; // milliseconds, after which a part is asked for again
  const text = () => one("#un-pane article:not([hidden]) .un-text[data-cuts]");
  const cutsOf = (of) => of.dataset.cuts.split(" ").map(Number);
  const edges = (gap) => [Number(gap.dataset.from), Number(gap.dataset.to)];
  let asked = null, times = 0; // what is on its way, and since when; how often anything was asked for

  function room(gap) {
    const [from, to] = edges(gap), height = `${Math.round((to - from) * ROOM)}px`;
    if (gap.style.height !== height) gap.style.height = height;
  }
  // How far a gap is from what is seen, and which of its parts would be the next one.
  function wanted(gap, cuts, frame) {
    const box = gap.getBoundingClientRect(), [from, to] = edges(gap), first = cuts.indexOf(from), last = cuts.indexOf(to);
    let far = 0, begin = first;
    if (box.top >= frame.bottom) far = box.top - frame.bottom;
    else if (box.bottom <= frame.top) { far = frame.top - box.bottom; begin = Math.max(first, last - TOGETHER); } else {
      const seen = (Math.max(box.top, frame.top) - box.top) / (box.height || 1);
      begin = first + Math.min(last - first - 1, Math.floor(seen * (last - first)));
    }
    return { far, from: cuts[begin], to: cuts[Math.min(last, begin + TOGETHER)] };
  }
  function next() {
    const of = text(), gaps = of ? all(":scope > .un-rest", of) : [];
    gaps.forEach(room);
    if (!gaps.length) { asked = null; return; }
    if (asked && asked.of === of.dataset.of && performance.now() - asked.since < PATIENCE) return;
    const frame = of.closest(".un-pane-body").getBoundingClientRect(), cuts = cutsOf(of);
    const { from, to } = gaps.map((gap) => wanted(gap, cuts, frame)).sort((a, b) => a.far - b.far)[0];
    const source = of.closest("article").dataset.source, [ref] = of.closest(".un-pane").dataset.order.split(" ");
    asked = { of: of.dataset.of, since: performance.now() };
    times += 1;
    of.dispatchEvent(new CustomEvent("un-lacks", { bubbles: true, detail: { source, of: of.dataset.of, ref, from, to, times } }));
  }
  function gapOf(from, to) {
    const gap = document.createElement("div");
    gap.className = "un-rest";
    Object.assign(gap.dataset, { from, to });
    room(gap);
    return gap;
  }
  function put(part) { // in its place, unless the article is another one by now
    const of = text(), [from, to] = edges(part);
    part.remove();
    asked = null;
    if (!of || of.dataset.of !== part.dataset.of || of.closest("article").dataset.source !== part.dataset.source) return;
    const gap = all(":scope > .un-rest", of).find((g) => edges(g)[0] <= from && to <= edges(g)[1]);
    if (!gap) return;
    const [first, last] = edges(gap);
    gap.replaceWith(...(first < from ? [gapOf(first, from)] : []), ...part.childNodes, ...(to < last ? [gapOf(to, last)] : []));
    window.unsaid.grown(of.closest(".un-pane"));
  }
  // Called when anything on the page is another: at most one part is asked for, and the next when that is there.
  function parts() {
    for (const part of all("#un-brought [data-of]")) put(part);
    next();
  }
  setInterval(() => { if (!document.hidden && asked) next(); }, PATIENCE);
  Object.assign(window.unsaid, { parts });
}
