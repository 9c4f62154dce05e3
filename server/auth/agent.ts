/** A browser in a few words, so that its owner knows it again in a list of sessions. */

/** First match wins: Edge calls itself Chrome too, and Chrome calls itself Safari. */
const browsers: readonly [string, RegExp][] = [
  ['Edge', /Edg\w*\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:HeadlessChrome|Chrome|CriOS|Chromium)\/(\d+)/],
  ['Safari', /Version\/(\d+)[.\d]* (?:Mobile\/\S+ )?Safari/],
];
const systems: readonly [string, RegExp][] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['HarmonyOS', /HarmonyOS|OpenHarmony/],
  ['Windows', /Windows/],
  ['macOS', /Macintosh/],
  ['Linux', /Linux|X11/],
];

/** `Chrome 120 · Windows`; a program's own name before its first slash; null when it sends none. */
export function agentName(userAgent: string | undefined): string | null {
  if (!userAgent) return null;
  const browser = browsers.flatMap(([name, pattern]) => {
    const version = pattern.exec(userAgent)?.[1];
    return version === undefined ? [] : [`${name} ${version}`];
  })[0];
  const system = systems.find(([, pattern]) => pattern.test(userAgent))?.[0];
  const known = [browser, system].filter(part => part !== undefined);
  return known.length > 0 ? known.join(' · ') : userAgent.split(/[/\s]/)[0]!.slice(0, 32) || null;
}
