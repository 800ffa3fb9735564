// While a bundle is being built, its panels are fetched again; without scripts a link does the same.
(() => {
  const often = 2000;
  const panels = () => document.getElementById("bundles");
  const again = async () => {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("bundles");
      if (fresh && fresh.innerHTML !== panels().innerHTML) panels().replaceWith(fresh);
    } finally {
      if (panels().dataset.building) setTimeout(again, often);
    }
  };
  if (panels() && panels().dataset.building) setTimeout(again, often);
})();
