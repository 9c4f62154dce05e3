/** Every two-byte character of GBK: the platform reads it, but does not write it. */
const codes = new Map<string, [number, number]>();
for (let high = 0x81; high <= 0xfe; high++)
  for (let low = 0x40; low <= 0xfe; low++)
    codes.set(new TextDecoder('gb18030').decode(Uint8Array.of(high, low)), [high, low]);

/** A text as spreadsheets in China still save it. */
export const gbk = (text: string): Uint8Array =>
  Uint8Array.from(
    Array.from(text).flatMap(letter => (letter < '\x80' ? [letter.charCodeAt(0)] : codes.get(letter)!)),
  );
