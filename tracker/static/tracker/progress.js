// While a bundle is being built, its panels are fetched again; without scripts a link does the same.
(() => {
  const often = 2000;
  const panels = () => document.getElementById("bundles");
  const said = () => [...panels().querySelectorAll("[data-said]")].map((one) => one.dataset.said);
  const replace = (fresh) => {
    const before = said();
    const focused = document.activeElement && panels().contains(document.activeElement) ? document.activeElement.id : "";
    panels().querySelectorAll("details[open][id]").forEach((one) => {
      const same = fresh.querySelector(`#${CSS.escape(one.id)}`);
      if (same) same.open = true;
    });
    panels().replaceWith(fresh);
    if (focused) document.getElementById(focused)?.focus();
    // Only what became of a bundle is announced, not every page it is at.
    const news = said().filter((words) => !before.includes(words));
    if (news.length) document.getElementById("bundle-said").textContent = news.join(". ");
  };
  const again = async () => {
    try {
      const answer = await fetch(location.pathname, { credentials: "same-origin" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("bundles");
      if (fresh && fresh.innerHTML !== panels().innerHTML) replace(fresh);
    } catch {
      // Away for a moment: the next round asks again.
    } finally {
      if (panels().dataset.building) setTimeout(again, often);
    }
  };
  if (panels() && panels().dataset.building) setTimeout(again, often);
})();
