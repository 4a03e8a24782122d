// Drafts in this browser (IndexedDB): a row an account, page and text. No row is ever read for another account.
"use strict";

const draftRows = (() => {
  const opening = new Promise((resolve, reject) => {
    const request = indexedDB.open("newsroom", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: ["username", "path", "token"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  opening.catch(() => {}); // told to whoever asks for a row

  async function run(mode, act) {
    const transaction = (await opening).transaction("drafts", mode, { durability: "strict" });
    return new Promise((resolve, reject) => {
      const request = act(transaction.objectStore("drafts"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  }

  return {
    put: (row) => run("readwrite", (rows) => rows.put(row)),
    remove: ({ username, path, token }) => run("readwrite", (rows) => rows.delete([username, path, token])),
    all: (username) => run("readonly", (rows) => rows.getAll(IDBKeyRange.bound([username], [username, []]))),
  };
})();
