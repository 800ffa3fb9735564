// The bundle page with a mouse: rows are dragged, the buttons move them in place, and the preview follows the choice.
// Without scripts the same buttons and "Update the preview" do all of it.
(() => {
  const form = document.getElementById("bundle-form");
  const body = document.querySelector("#bundle-rows tbody");
  if (!form || !body) return;
  const said = document.getElementById("bundle-said");
  const heads = () => [...body.querySelectorAll("tr:not(.part)")];
  // An e-mail and what is attached to it move together.
  const family = (head) => {
    const rows = [head];
    while (rows.at(-1).nextElementSibling?.classList.contains("part")) rows.push(rows.at(-1).nextElementSibling);
    return rows;
  };
  const headOf = (row) => {
    while (row?.classList.contains("part")) row = row.previousElementSibling;
    return row;
  };
  const button = (row, way) => row.querySelector(`button[value^="${way}:"]`);
  const limit = () => heads().forEach((row, at, all) => {
    button(row, "up").disabled = at === 0;
    button(row, "down").disabled = at === all.length - 1;
  });
  const place = (head, before) => {
    family(head).forEach((row) => body.insertBefore(row, before));
    limit();
    const all = heads();
    said.textContent = form.dataset.moved
      .replace("KEY", head.dataset.key).replace("PLACE", all.indexOf(head) + 1).replace("COUNT", all.length);
    soon();
  };
  const step = (head, way) => {
    const all = heads();
    const other = all[all.indexOf(head) + (way === "up" ? -1 : 1)];
    if (!other) return;
    place(head, way === "up" ? other : family(other).at(-1).nextElementSibling);
    const same = button(head, way);
    (same.disabled ? button(head, way === "up" ? "down" : "up") : same).focus();
  };

  let timer = 0;
  let round = 0;
  const soon = () => { clearTimeout(timer); timer = setTimeout(refresh, 400); };
  const refresh = async () => {
    const mine = ++round;
    const data = new FormData(form);
    data.set("do", "preview");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: data, credentials: "same-origin" });
      if (!answer.ok || mine !== round) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== round) return;
      const open = new Set([...document.querySelectorAll("#bundle-preview details[open]")].map((one) => one.id));
      const shut = new Set([...document.querySelectorAll("#bundle-preview details:not([open])")].map((one) => one.id));
      page.querySelectorAll("#bundle-preview details").forEach((one) => {
        if (open.has(one.id)) one.open = true;
        else if (shut.has(one.id)) one.open = false;
      });
      for (const id of ["bundle-preview", "bundle-counts"]) document.getElementById(id).replaceWith(page.getElementById(id));
    } catch {
      // The button "Update the preview" is still there.
    }
  };
  form.addEventListener("change", soon);
  body.addEventListener("click", (event) => {
    const pressed = event.target.closest('button[value^="up:"], button[value^="down:"]');
    if (!pressed) return;
    event.preventDefault();
    step(headOf(pressed.closest("tr")), pressed.value.startsWith("up") ? "up" : "down");
  });

  let dragged = null;
  const clear = () => body.querySelectorAll(".over, .under").forEach((row) => row.classList.remove("over", "under"));
  const target = (event) => {
    const head = headOf(event.target.closest("tr"));
    if (!head) return null;
    const rows = family(head);
    const top = rows[0].getBoundingClientRect().top;
    const bottom = rows.at(-1).getBoundingClientRect().bottom;
    return { head, last: rows.at(-1), after: event.clientY > (top + bottom) / 2 };
  };
  heads().forEach((row) => {
    row.draggable = true;
    row.querySelector(".grip").hidden = false;
  });
  body.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("tr:not(.part)") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.key);
    dragged.classList.add("dragged");
  });
  body.addEventListener("dragover", (event) => {
    const at = dragged && target(event);
    if (!at) return;
    event.preventDefault();
    clear();
    (at.after ? at.last : at.head).classList.add(at.after ? "under" : "over");
  });
  body.addEventListener("drop", (event) => {
    const at = dragged && target(event);
    if (!at) return;
    event.preventDefault();
    if (at.head !== dragged) place(dragged, at.after ? at.last.nextElementSibling : at.head);
  });
  body.addEventListener("dragend", () => {
    clear();
    dragged?.classList.remove("dragged");
    dragged = null;
  });
})();
