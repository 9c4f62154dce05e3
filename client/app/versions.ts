const key = 'jianmian.reloadedAt';
const quietMs = 60_000;

/** Loads the page again to get the version that the server speaks; at most once a minute, so that it cannot spin. */
export function reloadOnce(): void {
  const before = Number(sessionStorage.getItem(key) ?? 0);
  const now = performance.timeOrigin + performance.now();
  if (now - before < quietMs) return;
  sessionStorage.setItem(key, String(now));
  location.reload();
}
