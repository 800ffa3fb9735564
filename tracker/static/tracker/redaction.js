// Boxes drawn over a page, by mouse, finger or keyboard. The list of boxes is the form; the drawing only mirrors it.
(() => {
  "use strict";
  if (document.querySelector("[data-wait]")) setTimeout(() => location.reload(), 2000);
  const stage = document.getElementById("stage");
  if (!stage) return;
  const SVG = "http://www.w3.org/2000/svg";
  const SMALLEST = 4;
  const STEP = 2;
  const PARTS = ["x", "y", "width", "height"];
  const drawn = document.getElementById("drawn");
  const list = document.getElementById("boxes");
  const mould = document.getElementById("new-box");
  const total = document.getElementById("id_box-TOTAL_FORMS");
  const said = document.getElementById("said");
  const newCode = document.getElementById("new-code");
  const drawOn = document.getElementById("draw-on");
  const [, , wide, high] = stage.getAttribute("viewBox").split(" ").map(Number);
  const shapes = new Map();
  let isChanged = false;

  const part = (row, name) => row.querySelector(`[data-part="${name}"]`);
  const removal = (row) => row.querySelector("input[type=checkbox]");
  const rows = () => [...list.querySelectorAll("[data-box]")];
  const numberOf = (row) => rows().filter((one) => !one.hidden).indexOf(row) + 1;
  const within = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));
  const short = (value) => String(Math.round(value * 100) / 100);
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, key) => values[key]);
  const say = (words) => { said.textContent = words; };

  const boxOf = (row) => {
    const [x, y, width, height] = PARTS.map((name) => Number.parseFloat(part(row, name).value));
    return [x, y, width, height].every(Number.isFinite) ? { x, y, width, height } : null;
  };
  const nameOf = (row) => {
    const box = boxOf(row);
    const plain = Object.fromEntries(PARTS.map((name) => [name, Math.round(box[name])]));
    return fill(stage.dataset.name, { ...plain, n: numberOf(row), code: part(row, "code").value || "–" });
  };
  const setBox = (row, box) => {
    isChanged = true;
    const width = within(box.width, SMALLEST, wide);
    const height = within(box.height, SMALLEST, high);
    const fitted = { x: within(box.x, 0, wide - width), y: within(box.y, 0, high - height), width, height };
    PARTS.forEach((name) => { part(row, name).value = short(fitted[name]); });
    mirror(row);
  };

  const made = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };
  const shapeOf = (row) => {
    let shape = shapes.get(row);
    if (!shape) {
      shape = made("g", { class: "box", tabindex: "0", role: "button" });
      shape.append(made("rect", { class: "area" }), made("text", {}), made("rect", { class: "corner", width: 8, height: 8 }));
      shape.addEventListener("keydown", (event) => keyOnBox(event, row));
      shape.addEventListener("focus", () => rows().forEach((one) => one.classList.toggle("is-current", one === row)));
      shapes.set(row, shape);
      drawn.append(shape);
    }
    return shape;
  };
  const mirror = (row) => {
    const box = boxOf(row);
    if (!box || removal(row).checked) {
      if (shapes.has(row)) shapes.get(row).remove();
      shapes.delete(row);
      return;
    }
    const shape = shapeOf(row);
    const [area, words, corner] = shape.children;
    PARTS.forEach((name) => area.setAttribute(name, Math.max(0, box[name])));
    words.setAttribute("x", box.x + box.width / 2);
    words.setAttribute("y", box.y + box.height / 2);
    words.textContent = part(row, "code").value;
    corner.setAttribute("x", box.x + box.width - 4);
    corner.setAttribute("y", box.y + box.height - 4);
    shape.setAttribute("aria-label", nameOf(row));
  };
  const mirrorAll = () => rows().forEach(mirror);

  const spareRow = () => {
    const empty = rows().find((row) => !row.hidden && PARTS.every((name) => !part(row, name).value));
    if (empty) return empty;
    const number = Number(total.value);
    const holder = document.createElement("ol");
    holder.innerHTML = mould.innerHTML.replaceAll("__prefix__", number).replaceAll("__number__", number + 1);
    const row = holder.firstElementChild;
    list.append(row);
    total.value = number + 1;
    return row;
  };
  const add = (box) => {
    const row = spareRow();
    part(row, "code").value = newCode.value;
    setBox(row, box);
    say(fill(stage.dataset.added, { name: nameOf(row) }));
    shapeOf(row).focus({ preventScroll: true });
    return row;
  };
  const remove = (row) => {
    const number = numberOf(row);
    isChanged = true;
    removal(row).checked = true;
    row.hidden = true;
    mirror(row);
    mirrorAll();
    say(fill(stage.dataset.removed, { n: number }));
    stage.focus({ preventScroll: true });
  };

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const keyOnBox = (event, row) => {
    const arrow = ARROWS[event.key];
    const box = boxOf(row);
    if (arrow && box && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const [across, down] = arrow.map((one) => one * STEP);
      if (event.shiftKey) {
        const width = within(box.width + across, SMALLEST, wide - box.x);
        setBox(row, { ...box, width, height: within(box.height + down, SMALLEST, high - box.y) });
      } else {
        setBox(row, { ...box, x: box.x + across, y: box.y + down });
      }
      say(nameOf(row));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      remove(row);
    } else if (event.key === "Enter") {
      part(row, "code").focus();
    } else if (event.key === "Escape") {
      stage.focus({ preventScroll: true });
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  stage.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== stage) return;
    event.preventDefault();
    add({ x: wide / 2 - 60, y: high / 2 - 8, width: 120, height: 16 });
  });

  const placeOf = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(stage.getScreenCTM().inverse());
    return { x: within(point.x, 0, wide), y: within(point.y, 0, high) };
  };
  let held = null;
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || drawOn.getAttribute("aria-pressed") !== "true") return;
    const start = placeOf(event);
    const shape = event.target.closest("g.box");
    const row = shape && rows().find((one) => shapes.get(one) === shape);
    if (row) {
      held = { row, start, before: boxOf(row), isCorner: event.target.classList.contains("corner") };
      shape.focus({ preventScroll: true });
    } else {
      const trace = made("rect", { class: "area", x: start.x, y: start.y, width: 0, height: 0 });
      drawn.append(trace);
      held = { trace, start };
    }
    stage.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  const between = (one, other) => ({
    x: Math.min(one.x, other.x), y: Math.min(one.y, other.y),
    width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y),
  });
  stage.addEventListener("pointermove", (event) => {
    if (!held) return;
    const here = placeOf(event);
    const [across, down] = [here.x - held.start.x, here.y - held.start.y];
    if (held.trace) {
      Object.entries(between(held.start, here)).forEach(([key, value]) => held.trace.setAttribute(key, value));
    } else if (held.isCorner) {
      const width = within(held.before.width + across, SMALLEST, wide - held.before.x);
      setBox(held.row, { ...held.before, width, height: within(held.before.height + down, SMALLEST, high - held.before.y) });
    } else {
      setBox(held.row, { ...held.before, x: held.before.x + across, y: held.before.y + down });
    }
  });
  const letGo = (event) => {
    if (!held) return;
    const { trace, start } = held;
    held = null;
    if (!trace) return;
    trace.remove();
    const box = between(start, placeOf(event));
    if (event.type === "pointerup" && box.width >= SMALLEST && box.height >= SMALLEST) add(box);
  };
  stage.addEventListener("pointerup", letGo);
  stage.addEventListener("pointercancel", letGo);

  list.addEventListener("input", (event) => {
    isChanged = true;
    const row = event.target.closest("[data-box]");
    if (row && event.target === removal(row) && removal(row).checked) remove(row);
    else if (row) mirror(row);
  });
  drawOn.addEventListener("click", () => {
    const isOn = drawOn.getAttribute("aria-pressed") !== "true";
    drawOn.setAttribute("aria-pressed", String(isOn));
    stage.classList.toggle("is-drawing", isOn);
  });
  list.closest("form").addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });
  document.querySelectorAll("[data-needs-script]").forEach((element) => { element.hidden = false; });
  drawn.replaceChildren();
  stage.setAttribute("tabindex", "0");
  stage.classList.add("is-drawing");
  mirrorAll();
})();
