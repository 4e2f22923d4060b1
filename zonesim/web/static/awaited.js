"use strict";
// What draws is on its way: whoever asks for it before it has come waits for it, and does not send for it a second time.
window.Plotly = new Promise(function (come, lost) {
  function on(happened, say) {
    document.addEventListener(happened, function (event) { if (/\/plotly(-cartesian)?\.min\.js\?/.test(String(event.target.src))) say(); }, true);
  }
  on("load", come);
  on("error", function () { lost(new Error("the script that draws did not come")); });
});
