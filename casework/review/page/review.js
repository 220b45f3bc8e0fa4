// Keys: 1, 2, 3 answer; the arrows turn pages. Everything works without this file.
"use strict";
const shownAt = performance.now();
// A key struck twice must not answer the pair that has only just appeared.
const SETTLED = 350;

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target instanceof HTMLInputElement || performance.now() - shownAt < SETTLED) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (target) {
    event.preventDefault();
    target.click();
  }
});

// A second click while the first is on its way would be a second answer.
document.querySelector("form").addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
