"use strict";
// A job's page: ask how far it is, and load the page again when it is over.
(function () {
  const job = document.getElementById("job");
  if (!job || job.dataset.over === "yes") return;
  let wait = 700, missed = 0;
  const away = document.getElementById("away");
  async function look() {
    try {
      const answer = await fetch(job.dataset.state, {headers: {Accept: "application/json"}});
      missed = answer.ok ? 0 : missed + 1;
      if (answer.ok) {
        const state = await answer.json();
        const said = document.getElementById("said");
        if (said.textContent !== state.said) said.textContent = state.said;
        document.getElementById("progress").value = state.done;
        document.getElementById("left").textContent = state.left;
        if (state.over) { location.reload(); return; }
        wait = 1000;
      }
    } catch (error) { missed += 1; wait = Math.min(10000, wait * 2); } // the server is away: the job goes on without it
    away.hidden = missed < 2;
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
    for (const place of form.querySelectorAll("[data-warning]")) {
      const text = found.warnings.filter(function (one) { return one.label === place.dataset.warning; }).map(function (one) { return one.text; }).join("\n");
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
    const name = form.querySelector("#name");
    if (said.has(".name")) name.setAttribute("aria-invalid", "true"); else name.removeAttribute("aria-invalid");
    document.getElementById("checked").textContent = found.said;
  }
  form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(check, 250); });
  const filter = document.getElementById("filter");
  const names = new Map([...form.querySelectorAll(".lever")].map(function (one) {
    const policy = one.closest("fieldset");
    return [one, [policy.querySelector("legend").textContent, one.querySelector(".what").textContent, one.dataset.lever,
      ...[...one.querySelectorAll("summary")].map(function (s) { return s.textContent; })].join(" ").toLowerCase()];
  }));
  function narrow() { // what is filtered out is hidden, and still sent
    const wanted = filter.value.trim().toLowerCase().split(/\s+/);
    let left = 0;
    for (const [lever, text] of names) {
      lever.hidden = !wanted.every(function (one) { return text.includes(one); });
      left += lever.hidden ? 0 : 1;
    }
    for (const policy of form.querySelectorAll("fieldset[id^='policy-']")) policy.hidden = filter.value !== "" && !policy.querySelector(".lever:not([hidden])");
    for (const heading of form.querySelectorAll("h2")) {
      let one = heading.nextElementSibling, any = false;
      while (one && one.tagName === "FIELDSET") { any = any || !one.hidden; one = one.nextElementSibling; }
      heading.hidden = !any;
    }
    document.getElementById("filtered").textContent = filter.value === "" ? "" : left ? left + " / " + names.size : filter.dataset.none;
  }
  filter.addEventListener("input", function (event) { event.stopPropagation(); narrow(); });
  filter.addEventListener("keydown", function (event) { if (event.key === "Enter") event.preventDefault(); });
  const target = document.getElementById("scroll-to");
  if (target) { const at = document.getElementById(target.dataset.target); if (at) { at.scrollIntoView(); const input = at.querySelector("input:not([type=hidden])"); if (input) input.focus(); } }
})();

// A page of figures: a native select sets its part of the address, and the page follows its address.
(function () {
  document.addEventListener("change", function (event) {
    const select = event.target.closest ? event.target.closest("select[data-param]") : null;
    if (!select) return;
    const parts = new URLSearchParams(location.search);
    for (const one of document.querySelectorAll("select[data-param]")) parts.set(one.dataset.param, one.value);
    if (!window.dash_clientside || !window.dash_clientside.set_props || document.getElementById("first")) { location.search = "?" + parts.toString(); return; } // it is still to come
    window.dash_clientside.set_props("address", {search: "?" + parts.toString()});
  });
  // a long list can be searched: what is typed beside it hides the options that have it not
  document.addEventListener("input", function (event) {
    const filter = event.target.closest ? event.target.closest("input[id^='search-']") : null;
    const select = filter && document.getElementById(filter.id.slice(7));
    if (!select) return;
    const wanted = filter.value.trim().toLowerCase();
    for (const option of select.options) option.hidden = option.disabled = !option.selected && !option.textContent.toLowerCase().includes(wanted);
    for (const group of select.querySelectorAll("optgroup")) group.hidden = ![...group.children].some(function (one) { return !one.hidden; });
  });
  document.addEventListener("keydown", function (event) {
    const filter = event.key === "Enter" && event.target.closest ? event.target.closest("input[id^='search-']") : null;
    const select = filter && document.getElementById(filter.id.slice(7));
    if (!select) return;
    event.preventDefault();
    const first = [...select.options].find(function (one) { return !one.hidden && one.textContent.toLowerCase().includes(filter.value.trim().toLowerCase()); });
    if (first) { select.value = first.value; select.dispatchEvent(new Event("change", {bubbles: true})); }
  });
  const language = document.querySelector("a.lang");
  if (language && document.getElementById("react-entry-point")) {
    language.addEventListener("click", function () { language.search = location.search; });
  }
})();
