// Small comforts of the wizard; everything works without them: no second filing by a double click, a count of signs, print.
(function () {
  "use strict";
  document.querySelectorAll("form").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 8000) { event.preventDefault(); return; }
      form.dataset.sent = String(Date.now());
    });
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
  var summary = document.getElementById("error-summary");
  if (summary) { summary.focus(); }
  var count = document.getElementById("narrative-count");
  var text = document.getElementById("id_narrative");
  if (count && text) {
    var most = Number(count.dataset.of);
    var words = count.textContent;
    var show = function () { count.textContent = text.value.length.toLocaleString() + " / " + most.toLocaleString(); };
    text.addEventListener("input", show);
    if (text.value) { show(); } else { count.textContent = words; }
  }
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
}());
