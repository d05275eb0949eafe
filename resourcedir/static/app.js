/* What HTML alone cannot do. Each page works without this file. */
"use strict";

const focusOn = (element) => element && element.focus();

focusOn(document.getElementById("error-summary"));

/* An answer that is no piece of this page (signed out, moved, failed) is opened as a page of its own. */
document.addEventListener("htmx:before:response", (event) => {
  const { request, response } = event.detail.ctx;
  const foreign = response.raw.redirected || (response.status >= 400 && response.status !== 422);
  if (foreign && request.method === "GET") {
    event.preventDefault();
    window.location.assign(response.raw.url);
  }
});

/* Who ticks a filter stays on it and hears the new count; who asks anew is taken to the answer. */
document.addEventListener("htmx:after:swap", (event) => {
  const { ctx } = event.detail;
  if (ctx.target && ctx.target.id === "completions") return; // who types stays in the field
  const heading = document.querySelector("[data-results-heading]");
  if (document.getElementById("error-summary")) {
    focusOn(document.getElementById("error-summary"));
  } else if (heading && ctx.sourceEvent && ctx.sourceEvent.type === "change") {
    document.getElementById("announcement").textContent = heading.textContent.trim();
  } else {
    focusOn(heading);
  }
});

/* The form that changes the language comes back to the address that is shown, not the one first loaded. */
document.addEventListener("htmx:after:history:update", () => {
  const next = document.querySelector("input[data-here]");
  if (next) next.value = window.location.pathname + window.location.search;
});
