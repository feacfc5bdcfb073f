// What this phone keeps besides pages: answers that wait, and a few facts, in IndexedDB.
// Pages ask the worker for both, so that there is one place that reads and writes them.
"use strict";

const asPromise = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const openDatabase = () => {
  const request = indexedDB.open("offline", 1);
  request.onupgradeneeded = () => {
    // Numbered in the order in which they were given, which is the order of sending.
    request.result.createObjectStore("answers", { keyPath: "place", autoIncrement: true });
    request.result.createObjectStore("facts");
  };
  return asPromise(request);
};

// Resolves when the change is on the disk: an answer counts as kept only then.
const inStore = async (name, mode, work) => {
  const database = await openDatabase();
  try {
    const transaction = database.transaction(name, mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await asPromise(work(transaction.objectStore(name)));
    await done;
    return result;
  } finally {
    database.close();
  }
};

const listAnswers = () => inStore("answers", "readonly", (store) => store.getAll());
const putAnswer = (answer) => inStore("answers", "readwrite", (store) => store.put(answer));
const removeAnswer = (place) => inStore("answers", "readwrite", (store) => store.delete(place));
const readFact = (name) => inStore("facts", "readonly", (store) => store.get(name));
const writeFact = (name, value) =>
  inStore("facts", "readwrite", (store) => store.put(value, name));
const removeFact = (name) => inStore("facts", "readwrite", (store) => store.delete(name));
