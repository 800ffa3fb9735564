// Leave this page: replace the entry in the history, so that "back" does not return here. Shift three times does the same.
(function () {
  "use strict";
  var link = document.getElementById("leave");
  if (!link) { return; }
  var presses = [];
  function leave(event) {
    if (event) { event.preventDefault(); }
    document.documentElement.hidden = true;
    window.location.replace(link.href);
  }
  link.addEventListener("click", leave);
  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift") { presses = []; return; }
    var now = Date.now();
    presses = presses.filter(function (at) { return now - at < 1500; });
    presses.push(now);
    if (presses.length === 3) { leave(); }
  });
}());
