/**
 * A phone number as it is compared and kept: digits only, without the country code of China. `+86 138-0000-0001`,
 * `008613800000001` and `13800000001` are one number; other countries keep their `+`.
 */
export function normalisePhone(phone: string): string {
  const compact = phone.replaceAll(/[\s-]/g, '').replace(/^00/, '+');
  if (compact.startsWith('+86')) return compact.slice(3);
  return /^86(1\d{10})$/.exec(compact)?.[1] ?? compact;
}
