// The tracking page closes itself: a warning two minutes before, with a way to stay, then the closed page.
(function () {
  "use strict";
  var box = document.getElementById("idle");
  if (!box) { return; }
  var minutes = Number(box.dataset.minutes);
  window.setTimeout(function () { box.hidden = false; box.querySelector("a").focus(); }, (minutes - 2) * 60000);
  window.setTimeout(function () { window.location.reload(); }, minutes * 60000 + 2000);
}());
