/** Ids: a prefix that says what it is, the time (so that they sort), and 80 random bits. Crockford base 32. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

export type IdPrefix =
  | 'alt'
  | 'wif'
  | 'bmk'
  | 'clo'
  | 'aut'
  | 'dev'
  | 'inc'
  | 'off'
  | 'lok'
  | 'sgt'
  | 'shf'
  | 'sub'
  | 'tsk'
  | 'ses'
  | 'txt'
  | 'acc'
  | 'unk'
  | 'unt'
  | 'usr'
  | 'fin'
  | 'hld'
  | 'rcp'
  | 'exp'
  | 'veh'
  | 'trq'
  | 'con'
  | 'sms'
  | 'lcl'
  | 'clk'
  | 'stp'
  | 'bnk'
  | 'ord'
  | 'mtg'
  | 'doc'
  | 'rev'
  | 'upw'
  | 'out'
  | 'phr'
  | 'not'
  | 'hov'
  | 'rva';

/** `random` gives 10 bytes; injected so that tests repeat. */
export function createId(prefix: IdPrefix, nowMs: number, random: Uint8Array): string {
  let time = '';
  for (let rest = nowMs, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) time = alphabet[rest % 32]! + time;
  let tail = '';
  let bits = 0;
  let held = 0;
  for (const byte of random.subarray(0, 10)) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      tail += alphabet[(held >> bits) & 31]!;
    }
    held &= (1 << bits) - 1;
  }
  return `${prefix}_${time}${tail}`;
}
