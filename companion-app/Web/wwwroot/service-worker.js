// Keeps the whole page for a start without a network. Which files there are, and their hashes, the build writes into
// service-worker-assets.js; it also puts their version below, so that another version is another worker.
self.importScripts('./service-worker-assets.js');

const { assets, version } = self.assetsManifest;
const prefix = 'backstep-';
const name = prefix + version;
const isNeeded = asset => !/\.(map|md)$|(^|\/)service-worker(-assets)?\.js$/.test(asset.url);

self.addEventListener('install', event => event.waitUntil(keep()));
self.addEventListener('activate', event => event.waitUntil(begin()));
self.addEventListener('message', event => event.data === 'take' && self.skipWaiting());
self.addEventListener('fetch', event => {
  const address = new URL(event.request.url);
  if (event.request.method === 'GET' && address.origin === self.location.origin) {
    event.respondWith(answer(event.request));
  }
});

// All or nothing: a file that is not what the list says would be half of another version.
async function keep() {
  const cache = await caches.open(name);
  await cache.addAll(assets.filter(isNeeded).map(one =>
    new Request(one.url, { integrity: one.hash, cache: 'no-cache' })));
}

async function begin() {
  const names = await caches.keys();
  await Promise.all(names.filter(one => one.startsWith(prefix) && one !== name).map(one => caches.delete(one)));
  await self.clients.claim();
}

async function answer(request) {
  const cache = await caches.open(name);
  const kept = await cache.match(request.mode === 'navigate' ? 'index.html' : request, { ignoreSearch: true });
  // Where a server leads /index.html on to /, a browser takes no such answer for a page: the same without its past.
  return kept?.redirected ? new Response(kept.body, { headers: kept.headers }) : kept ?? fetch(request);
}
