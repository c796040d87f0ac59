"""What the browser runs while the page is measured: each script returns milliseconds."""

from __future__ import annotations

CLICK = """async ([place, other]) => {
    const cites = document.querySelectorAll('#un-current .un-answer .un-cite');
    cites[other].click();
    for (let n = 0; n < 8; n++) await new Promise(requestAnimationFrame);
    const from = performance.now();
    cites[place].click();
    for (;;) {
        await new Promise(requestAnimationFrame);
        const mark = document.querySelector('.un-current-mark').getBoundingClientRect();
        const body = document.querySelector('.un-pane-body').getBoundingClientRect();
        if (mark.top >= body.top && mark.bottom <= body.bottom) return performance.now() - from;
    }
}"""
OPEN = """async () => {
    const from = window.opened = performance.now();
    document.querySelector('#un-listing [data-open="long.txt"]').click();
    while (!document.querySelector('#un-pane article .un-text')) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - from;
}"""
# From the press on its title until all of it is there, however it comes.
WHOLE = """async () => {
    while (!window.opened || document.querySelector('#un-pane .un-rest')) await new Promise(requestAnimationFrame);
    return performance.now() - window.opened;
}"""
SCROLL = """async ([frames, step]) => {
    const body = document.querySelector('.un-pane-body'), took = [];
    body.scrollTop = 0;
    await new Promise(requestAnimationFrame);
    let last = performance.now();
    for (let n = 0; n < frames; n++) {
        body.scrollTop += step;
        await new Promise(requestAnimationFrame);
        took.push(performance.now() - last);
        last = performance.now();
    }
    return took;
}"""
TYPED = """async () => {
    const box = document.querySelector('%s'), from = performance.now();
    box.value = '%s';
    box.dispatchEvent(new Event('input', {bubbles: true}));
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - from;
}"""
SEARCH, ORDER = TYPED % ("#un-search", "minutes 2012"), TYPED % ("#un-sort", "date")
# From a key's own time stamp until the frame that shows its letter has been put together.
KEYS = """() => {
    window.lags = [];
    document.querySelector('#un-question textarea').addEventListener('keydown', (key) => requestAnimationFrame(() => {
        const after = new MessageChannel();
        after.port1.onmessage = () => window.lags.push(performance.now() - key.timeStamp);
        after.port2.postMessage(0);
    }));
}"""
