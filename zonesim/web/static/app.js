"use strict";
// A job's page: ask how far it is, and load the page again when it is over.
(function () {
  const job = document.getElementById("job");
  if (!job || job.dataset.over === "yes") return;
  let wait = 700;
  async function look() {
    try {
      const answer = await fetch(job.dataset.state, {headers: {Accept: "application/json"}});
      if (answer.ok) {
        const state = await answer.json();
        const said = document.getElementById("said");
        if (said.textContent !== state.said) said.textContent = state.said;
        document.getElementById("progress").value = state.done;
        document.getElementById("left").textContent = state.left;
        if (state.over) { location.reload(); return; }
        wait = 1000;
      }
    } catch (error) { wait = Math.min(10000, wait * 2); } // the server is away: the job goes on without it
    setTimeout(look, wait);
  }
  setTimeout(look, wait);
})();

// The editor: what was typed is checked by the reader itself, and its words stand at the field.
(function () {
  const form = document.getElementById("editor");
  if (!form) return;
  let timer = 0, turn = 0;
  async function check() {
    const mine = ++turn;
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (name !== "add") data.append(name, value);
    let answer;
    try { answer = await fetch(form.dataset.check, {method: "POST", body: data}); } catch (error) { return; }
    if (!answer.ok || mine !== turn) return;
    const found = await answer.json();
    const said = new Map();
    for (const one of found.problems) {
      let key = one.label + "." + one.key;
      if (!document.getElementById("problem-" + key)) key = one.label + ".";
      said.set(key, (said.has(key) ? said.get(key) + "\n" : "") + one.text);
    }
    for (const place of form.querySelectorAll("[data-problem]")) {
      const text = said.get(place.dataset.problem) || "";
      if (place.textContent !== text) place.textContent = text;
    }
    const changed = new Set(found.changed);
    for (const lever of form.querySelectorAll("[data-lever]")) lever.classList.toggle("changed", changed.has(lever.dataset.lever));
    for (const field of form.querySelectorAll("fieldset[id^='policy-']")) {
      field.classList.toggle("off", !field.querySelector("input[name^='on.']").checked);
    }
    for (const input of form.querySelectorAll("[name^='s.'],[name^='start.'],[name^='end.']")) {
      const key = input.name.startsWith("s.") ? input.name.slice(2) : input.name.split(".").reverse().join(".");
      if (said.has(key)) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
    }
    document.getElementById("checked").textContent = found.said;
  }
  form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(check, 250); });
  const target = document.getElementById("scroll-to");
  if (target) { const at = document.getElementById(target.dataset.target); if (at) { at.scrollIntoView(); const input = at.querySelector("input:not([type=hidden])"); if (input) input.focus(); } }
})();

// A page of figures: a native select sets its part of the address, and the page follows its address.
(function () {
  document.addEventListener("change", function (event) {
    const select = event.target.closest ? event.target.closest("select[data-param]") : null;
    if (!select || !window.dash_clientside) return;
    const parts = new URLSearchParams(location.search);
    for (const one of document.querySelectorAll("select[data-param]")) parts.set(one.dataset.param, one.value);
    window.dash_clientside.set_props("address", {search: "?" + parts.toString()});
  });
  const language = document.querySelector("a.lang");
  if (language && document.getElementById("react-entry-point")) {
    language.addEventListener("click", function () { language.search = location.search; });
  }
})();
