/** Reading what the engine answers (PostgreSQL protocol 3.0, backend messages). */

const ERROR_RESPONSE = 0x45;
const READY_FOR_QUERY = 0x5a;
const SQLSTATE_FIELD = 0x43;

/** Whether a reply ends with ReadyForQuery: 'Z', length 5, transaction status. */
export function endsWithReady(reply: Uint8Array): boolean {
  const start = reply.length - 6;
  return start >= 0 && reply[start] === READY_FOR_QUERY && reply[start + 4] === 5;
}

/** The five-character SQLSTATE of the first ErrorResponse in a reply, or undefined. */
export function errorCode(reply: Uint8Array): string | undefined {
  const view = Buffer.from(reply.buffer, reply.byteOffset, reply.byteLength);
  for (let at = 0; at + 5 <= view.length; at += 1 + view.readInt32BE(at + 1)) {
    if (view[at] !== ERROR_RESPONSE) continue;
    // Fields: one byte of type, text, a zero byte; the list ends with a zero type.
    let field = at + 5;
    while (field < view.length && view[field] !== 0) {
      const end = view.indexOf(0, field);
      if (view[field] === SQLSTATE_FIELD) return view.toString('latin1', field + 1, end);
      field = end + 1;
    }
    return undefined;
  }
  return undefined;
}
