/** Which passwords are refused: short ones, those that everybody tries first, and one's own name. */
import { leastPasswordLength, type PasswordFault } from '#contract/account.ts';

/**
 * Words that passwords are made of when nobody thinks, in letters alone: what is left of `P@ssw0rd2026!` is `password`.
 */
const commonWords = new Set(
  `password passwort passwd pass word secret letmein welcome admin administrator root user guest test demo login
   master monkey dragon football baseball superman batman sunshine princess shadow michael computer internet
   changeme default temp qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc iloveyou trustno
   hello abc abcd abcdef abcdefg abcdefgh abcdefghij abcdefghijkl abcdefghijklmnopqrstuvwxyz aa aaa
   woaini woaizuguo nihao mima wodemima zhongguo china beijing shanghai kunming yunnan shilin
   gongan jingcha jianjing police fanzha antifraud jianmian zhihui zhihuizhongxin paichusuo
   gonganju xingzhen zhian minjing huawei taobao weixin tencent`.split(/\s+/),
);

/** Rows of a keyboard and counting, forwards; backwards is tried too. */
const runs = [
  '01234567890123456789',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertyuiopqwertyuiop',
  'asdfghjklasdfghjkl',
  'zxcvbnmzxcvbnm',
  'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz',
  '!@#$%^&*()!@#$%^&*()',
];

/** What speaks against a new password; undefined when nothing does. `current`: the one that it replaces. */
export function passwordFault(
  password: string,
  { username, current }: { username: string; current?: string },
): PasswordFault | undefined {
  const text = password.normalize('NFKC').toLowerCase();
  if (Array.from(text).length < leastPasswordLength) return 'short';
  if (password === current) return 'same';
  if (holdsName(text, username.toLowerCase())) return 'username';
  return isCommon(text) ? 'common' : undefined;
}

/** A name of two letters is in many a good sentence; it counts when it is most of the password. */
function holdsName(text: string, name: string): boolean {
  const rest = text.replaceAll(name, '');
  return rest !== text && (name.length >= 4 || rest.length < leastPasswordLength / 2);
}

function isCommon(text: string): boolean {
  return isRepetition(text) || isRun(text) || wordsOf(text).some(word => commonWords.has(word));
}

/** `abcabcabcabc`, `111111111111`, `20262026202620`. */
function isRepetition(text: string): boolean {
  const mostPeriod = Math.floor(text.length / 2);
  for (let period = 1; period <= mostPeriod; period++)
    if (text.slice(period) === text.slice(0, -period)) return true;
  return false;
}

function isRun(text: string): boolean {
  const backwards = Array.from(text).toReversed().join('');
  return runs.some(run => run.includes(text) || run.includes(backwards));
}

const lookalikes: Readonly<Record<string, string>> = {
  '@': 'a',
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '5': 's',
  $: 's',
};

/** The letters that are left when digits and signs at the ends go, with and without digits read as the letters they look like. */
function wordsOf(text: string): string[] {
  const plain = text.replaceAll(/[^\p{L}]/gu, '');
  const trimmed = text.replaceAll(/^[^\p{L}]+|[^\p{L}@$]+$/gu, '');
  const read = Array.from(trimmed, letter => lookalikes[letter] ?? letter)
    .join('')
    .replaceAll(/[^\p{L}]/gu, '');
  return [plain, read].flatMap(word => [word, halfOf(word)]);
}

/** `passwordpassword` is `password`. */
function halfOf(word: string): string {
  const half = word.slice(0, word.length / 2);
  return half + half === word ? half : word;
}
