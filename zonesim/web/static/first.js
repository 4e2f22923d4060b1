"use strict";
// The first look at a page of figures (zonesim/web/first_look.py): its plot is drawn as soon as Plotly is there, and Dash comes after it.
(function () {
  const first = document.getElementById("first"), entry = document.getElementById("react-entry-point"), kept = document.getElementById("dash");
  const place = first.querySelector("#plot"), told = document.getElementById("first-plot");
  const whole = document.documentElement; // while one page takes the place of another no browser can know what to keep in view: it is kept here
  whole.style.overflowAnchor = "none";

  function bring() { // Dash's scripts, in their order; the last one, which starts it, when all others are there
    const scripts = [...kept.content.querySelectorAll("script")].map(function (one) {
      const made = document.createElement("script");
      for (const part of one.attributes) made.setAttribute(part.name, part.value);
      made.textContent = one.textContent;
      made.async = false;
      return made;
    });
    const sent = scripts.filter(function (one) { return one.src; }), start = scripts.filter(function (one) { return !one.src; });
    sent[sent.length - 1].addEventListener("load", function () { document.body.append(...start); });
    document.body.append(...sent);
  }

  function path(one) { // by what an element is found again in what takes its place
    return one.id ? "#" + CSS.escape(one.id) : one.tagName === "A" ? "a[href=" + JSON.stringify(one.getAttribute("href")) + "]" : one.tagName.toLowerCase();
  }

  function carry() { // what was typed meanwhile is typed there as well, by the way that Dash hears of
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    for (const one of first.querySelectorAll("input[id]")) {
      const other = one.value && entry.querySelector("#" + CSS.escape(one.id));
      if (!other) continue;
      set.call(other, one.value);
      other.dispatchEvent(new Event("input", {bubbles: true}));
    }
  }

  function change() { // Dash has put its own there: the first look goes, but for its plot, which stands until the other is drawn
    const at = first.contains(document.activeElement) ? path(document.activeElement) : "";
    const drawn = place && place.querySelector(".main-svg") ? place : null, open = first.querySelector("details");
    const high = drawn ? drawn.offsetHeight : 0, down = window.scrollY;
    function keep() { window.scrollTo(window.scrollX, down); whole.style.overflowAnchor = ""; }
    carry();
    first.remove();
    if (at && entry.querySelector(at)) entry.querySelector(at).focus({preventScroll: true});
    if (open && !open.open && entry.querySelector("details")) entry.querySelector("details").open = false;
    const taken = entry.querySelector("#plot");
    if (!drawn || !taken || taken.querySelector(".main-svg")) { if (drawn) Plotly.purge(drawn); keep(); return; }
    const around = taken.parentElement;
    drawn.removeAttribute("id");
    drawn.inert = true; // a picture for the eye: neither read nor reached, with all that Plotly has put into it
    drawn.classList.add("before");
    around.classList.add("stage");
    around.style.minHeight = high + "px";
    around.append(drawn);
    window.scrollTo(window.scrollX, down);
    function over() {
      if (around.isConnected && !entry.querySelector("#plot .main-svg")) return; // its place is taken more than once before it is drawn
      const now = window.scrollY; // wherever it was scrolled to meanwhile
      drawn.remove();
      around.style.minHeight = "";
      if (window.scrollY !== now) window.scrollTo(window.scrollX, now);
      whole.style.overflowAnchor = "";
      later.disconnect();
      Plotly.purge(drawn);
    }
    const later = new MutationObserver(over);
    later.observe(entry, {childList: true, subtree: true});
  }

  const watch = new MutationObserver(function () {
    if (!entry.querySelector("#shown > *")) return;
    watch.disconnect();
    change();
  });
  watch.observe(entry, {childList: true, subtree: true});
  let plot = Promise.resolve();
  if (place && told && window.Plotly && Plotly.newPlot) {
    const asked = JSON.parse(told.textContent);
    plot = Plotly.newPlot(place, asked.data, asked.layout, asked.config);
  }
  plot.catch(function () {}).then(function () { requestAnimationFrame(function () { setTimeout(bring); }); });
})();
