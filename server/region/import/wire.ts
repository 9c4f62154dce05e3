/** The little of the protobuf wire format that the frames around the OSM blocks need. */
export interface WireField {
  field: number;
  /** The value of a varint field; 0n for others. */
  varint: bigint;
  /** The content of a length-delimited field. */
  bytes: Buffer | null;
}

/**
 * The fields of one message, in order.
 * @throws {Error} when the bytes are not a message
 */
export function* messageFields(message: Buffer): Generator<WireField> {
  let at = 0;
  const readVarint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message[at++];
      if (byte === undefined) break;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new Error('a number is cut off');
  };
  const readBytes = (length: number): Buffer => {
    if (at + length > message.length) throw new Error('a field is longer than its message');
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const key = Number(readVarint());
    const field = Math.floor(key / 8);
    if (field === 0) throw new Error('a field has no number');
    switch (key % 8) {
      case 0:
        yield { field, varint: readVarint(), bytes: null };
        break;
      case 1:
        yield { field, varint: 0n, bytes: readBytes(8) };
        break;
      case 2:
        yield { field, varint: 0n, bytes: readBytes(Number(readVarint())) };
        break;
      case 5:
        yield { field, varint: 0n, bytes: readBytes(4) };
        break;
      default:
        throw new Error(`a field has the unknown wire type ${key % 8}`);
    }
  }
}

/** Signed value of a zigzag-coded varint. */
export function zigzag(value: bigint): bigint {
  return (value >> 1n) ^ -(value & 1n);
}
