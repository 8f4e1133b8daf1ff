// Runs before the first paint, so that a chosen theme never flashes in as the other one.
// `?theme=dark` tries a theme on without keeping it.
(() => {
  const known = ["light", "dark"];
  const tried = new URLSearchParams(location.search).get("theme");
  let kept = null;
  try {
    kept = localStorage.getItem("theme");
  } catch {
    // Storage is barred in this browser: the system's theme is followed.
  }
  const theme = known.includes(tried) ? tried : kept;
  if (known.includes(theme)) document.documentElement.dataset.theme = theme;
})();
