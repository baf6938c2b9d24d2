// Keeps this page on the phone, so that it opens with no network: the files below, one version at
// a time. Nothing else is ever stored or fetched from here.

const VERSION = "landward-{{ version }}";
const FILES = {{ files }};

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(VERSION);
    // A redirect means this phone may not have the page now: then the version it has stays.
    const fresh = { cache: "reload", redirect: "error" };
    await cache.addAll(FILES.map((file) => new Request(file, fresh)));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    // The version before this one stays: a page may be opening from it at this very moment.
    const older = (await caches.keys())
      .filter((name) => name.startsWith("landward-") && name !== VERSION);
    for (const name of older.slice(0, -1)) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith((async () => {
    const cache = await caches.open(VERSION);
    const found = await cache.match(request, { ignoreSearch: true });
    return found ?? fetch(request);
  })());
});
