/**
 * Keeps the built files of the crews' page on the phone, so that it opens without network. Nothing else: every answer
 * of the server comes from the server. The page registers it with the scope `/field` and removes it at the sign-out.
 */
const store = 'jianmian-field';
const page = '/field';

const isBuilt = url => url.origin === location.origin && url.pathname.startsWith('/assets/');

/** The page as it is now; where the server cannot be reached, as it was. A new build takes the files of the old one away. */
async function openPage(request) {
  const cache = await caches.open(store);
  const before = await cache.match(page);
  let now;
  try {
    now = await fetch(request);
  } catch (error) {
    if (before) return before;
    throw error;
  }
  if (!now.ok || now.redirected) return now;
  const [text, old] = await Promise.all([now.clone().text(), before?.text()]);
  if (old !== undefined && old !== text) {
    for (const file of await cache.keys()) await cache.delete(file);
  }
  await cache.put(page, now.clone());
  return now;
}

/** A file's name changes with its content, so one that is here is right. */
async function builtFile(request) {
  const cache = await caches.open(store);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const found = await fetch(request);
  if (found.ok) await cache.put(request.url, found.clone());
  return found;
}

/** What the page loaded before this worker was there. */
async function keep(urls) {
  const cache = await caches.open(store);
  const missing = async url => isBuilt(new URL(url)) && !(await cache.match(url));
  for (const url of urls) if (await missing(url)) await cache.add(url);
  if (!(await cache.match(page))) await cache.add(page);
}

addEventListener('install', () => skipWaiting());
addEventListener('activate', event => event.waitUntil(clients.claim()));
addEventListener('message', event => event.waitUntil(keep(event.data).catch(() => {})));
addEventListener('fetch', event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate' && url.pathname === page) event.respondWith(openPage(request));
  else if (isBuilt(url)) event.respondWith(builtFile(request));
});
