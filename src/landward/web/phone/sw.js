// Keeps this page on the phone, so that it opens with no network: the files below, one version at
// a time. Nothing else is ever stored or fetched from here.

const VERSION = "landward-{{ version }}";
const FILES = {{ files }};

// A newer version waits until the page was closed: no page ever opens half old, half new.
self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(VERSION);
    // A redirect means this phone may not have the page now: then the version it has stays.
    const fresh = { cache: "reload", redirect: "error" };
    await cache.addAll(FILES.map((file) => new Request(file, fresh)));
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("landward-") && name !== VERSION) await caches.delete(name);
    }
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
