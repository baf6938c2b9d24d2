// What this phone keeps (IndexedDB): sealed entries that wait, and a few small readable notes
// (this phone's name, the half-finished form, when something was last saved).

const NAME = "landward-pocket";

const opened = new Promise((resolve, reject) => {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("waiting", { keyPath: "id" });
    request.result.createObjectStore("kept");
  };
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// One transaction over both stores; resolves once it is on the disk, or nothing of it happened.
const transact = async (mode, work) => {
  const db = await opened;
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(["waiting", "kept"], mode, { durability: "strict" });
    const done = work(transaction.objectStore("waiting"), transaction.objectStore("kept"));
    transaction.oncomplete = () => resolve(done instanceof IDBRequest ? done.result : done);
    transaction.onabort = () => reject(transaction.error ?? new Error("the phone refused"));
  });
};

export const kept = (name) => transact("readonly", (_, notes) => notes.get(name));

export const keep = (name, value) => transact("readwrite", (_, notes) => {
  if (value === undefined) notes.delete(name);
  else notes.put(value, name);
});

// Keeps a value unless one is there already, and resolves to the one that is: two pages agree.
export const keepFirst = (name, value) => transact("readwrite", (_, notes) => {
  const made = typeof value === "function" ? value() : value;
  const found = { result: made };
  notes.get(name).onsuccess = ({ target }) => {
    if (target.result === undefined) notes.put(made, name);
    else found.result = target.result;
  };
  return found;
}).then((found) => found.result);

export const waiting = async () => {
  const all = await transact("readonly", (blobs) => blobs.getAll());
  return all.sort((a, b) => a.savedAt.localeCompare(b.savedAt) || a.id.localeCompare(b.id));
};

// Sealed entries and the notes that belong to them: all of it, or none.
export const put = (entries, notes) => transact("readwrite", (blobs, small) => {
  for (const entry of entries) blobs.put(entry);
  for (const [name, value] of Object.entries(notes)) {
    if (value === undefined) small.delete(name);
    else small.put(value, name);
  }
});

// Before anything leaves: from now on a copy may exist elsewhere, so undoing must say so.
export const markAsLeaving = (ids) => transact("readwrite", (blobs) => {
  for (const id of ids) {
    blobs.get(id).onsuccess = ({ target }) => {
      if (target.result) blobs.put({ ...target.result, left: true });
    };
  }
});

// Gives each of them that has none the next number, in their order, before anything leaves.
export const numberLeaving = (ids) => transact("readwrite", (blobs, notes) => {
  notes.get("numbered").onsuccess = ({ target }) => {
    let last = target.result ?? 0;
    for (const id of ids) {
      blobs.get(id).onsuccess = ({ target: found }) => {
        if (!found.result) return;
        const n = found.result.n ?? (last += 1);
        blobs.put({ ...found.result, left: true, n });
        notes.put(last, "numbered");
      };
    }
  };
});

// Changes what is kept beside one entry, if it is still here.
export const change = (id, values) => transact("readwrite", (blobs) => {
  blobs.get(id).onsuccess = ({ target }) => {
    if (target.result) blobs.put({ ...target.result, ...values });
  };
});

export const remove = (ids) => transact("readwrite", (blobs) => {
  for (const id of ids) blobs.delete(id);
});

// Takes back entries that never left this phone. Returns the ids that may be elsewhere already.
export const takeBack = (ids) => transact("readwrite", (blobs) => {
  const elsewhere = [];
  for (const id of ids) {
    blobs.get(id).onsuccess = ({ target }) => {
      if (target.result && !target.result.left) blobs.delete(id);
      else elsewhere.push(id);
    };
  }
  return elsewhere;
});
