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
