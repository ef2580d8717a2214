// Keeps a page up to date: a stream of events, durations that run on, and a notice if the data shown is old.
"use strict";
(() => {
  const main = document.querySelector("main[data-events]");
  const notice = document.getElementById("connection");
  const root = document.documentElement;
  if (!main) return;

  const isWall = root.classList.contains("wall");
  const opened = Date.now();
  let source = null;
  let received = performance.now();
  let lastSeen = Date.now();
  let build = null;

  function words(seconds) {
    const hours = Math.floor(seconds / 3600);
    const minutes = Math.floor(seconds / 60) % 60;
    const rest = String(seconds % 60).padStart(2, "0");
    return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
  }

  function tick() {
    const passed = Math.floor((performance.now() - received) / 1000);
    for (const age of main.querySelectorAll("[data-age]")) {
      const text = words(Number(age.dataset.age) + passed);
      if (age.textContent !== text) age.textContent = text;
    }
    // Two signs of life are missing.
    const silent = Date.now() - lastSeen;
    if (!document.hidden && silent > 35000) tell(notice.dataset.silent.replace("{1}", words(Math.floor(silent / 1000))));
    // Browsers on walls run for months and leak memory; reloading the page frees it.
    if (isWall && Date.now() - opened > 3600000 && silent < 5000) location.reload();
  }

  function tell(text) {
    if (notice.textContent !== text) notice.textContent = text;
    root.classList.toggle("silent", text !== "");
  }

  // An element that is pressed must not be replaced before it is released, or the click would miss it.
  let isPressed = false;
  let held = null;
  main.addEventListener("pointerdown", () => { isPressed = true; });
  for (const end of ["pointerup", "pointercancel"]) {
    window.addEventListener(end, () => {
      isPressed = false;
      if (held) setTimeout(() => { if (held) { const event = held; held = null; show(event); } }, 300);
    });
  }

  function show(event) {
    alive();
    if (isPressed) { held = event; return; }
    held = null;
    const news = JSON.parse(event.data);
    if (build !== null && build !== news.build) return location.reload();
    build = news.build;
    const focused = document.activeElement && document.activeElement.id;
    main.innerHTML = news.html;
    document.title = news.title;
    received = performance.now();
    if (focused) {
      const again = document.getElementById(focused);
      if (again) again.focus({ preventScroll: true });
    }
  }

  function alive() {
    lastSeen = Date.now();
    tell("");
  }

  function open() {
    if (source || document.hidden) return;
    source = new EventSource(main.dataset.events);
    source.addEventListener("main", show);
    source.addEventListener("beat", alive);
    source.onerror = () => {
      if (!source || source.readyState !== EventSource.CLOSED) return;
      // Refused, not lost: the session has expired, or the server has enough streams.
      close();
      tell(notice.dataset.refused);
      setTimeout(isWall ? () => location.reload() : open, 15000);
    };
  }

  function close() {
    if (source) source.close();
    source = null;
  }

  // A hidden tab keeps no stream open: browsers allow only six connections to a server.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return close();
    lastSeen = Date.now();
    open();
  });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  setInterval(tick, 1000);
  open();
})();
