/** Files that wait on the phone: in its database, for they are too large for its small texts. Private windows may refuse; the caller then keeps them otherwise. */

const files = 'files';

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the phone keeps no files')));
  });
}

async function openFiles(): Promise<IDBDatabase> {
  const opening = indexedDB.open('jianmian.field', 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(files));
  return done(opening);
}

async function within<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openFiles();
  try {
    const transaction = database.transaction(files, mode, { durability: 'strict' });
    const ended = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () =>
        reject(transaction.error ?? new Error('the phone is full')),
      );
    });
    const [result] = await Promise.all([done(act(transaction.objectStore(files))), ended]);
    return result;
  } finally {
    database.close();
  }
}

/** Keeps a file; false where the phone refuses. */
export const keepFile = (key: string, text: string): Promise<boolean> =>
  within('readwrite', store => store.put(text, key)).then(
    () => true,
    () => false,
  );

/** The file that is kept under this key; undefined: none. */
export const keptFile = (key: string): Promise<string | undefined> =>
  within<unknown>('readonly', store => store.get(key)).then(
    found => (typeof found === 'string' ? found : undefined),
    () => undefined,
  );

export const forgetFile = (key: string): Promise<void> =>
  within('readwrite', store => store.delete(key)).catch(() => undefined);
