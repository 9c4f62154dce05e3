/** Pictures as text, small enough to wait on a phone. */

/** A phone keeps some 5 MB of texts: a photograph may take a sixth of that. */
const mostCharacters = 800_000;
const longestSidePx = 1600;
const qualities = [0.75, 0.5, 0.3] as const;

/**
 * A photograph made smaller, as a JPEG without what the camera wrote into it (where it was taken, above all), in base64. Null
 * when it cannot be read or stays too large.
 */
export async function photoText(file: Blob): Promise<string | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const scale = Math.min(1, longestSidePx / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of qualities) {
    const text = canvas.toDataURL('image/jpeg', quality).split(',')[1] ?? '';
    if (text !== '' && text.length <= mostCharacters) return text;
  }
  return null;
}

/** Bytes in base64; null when they would take too much of the phone. */
export async function fileText(file: Blob): Promise<string | null> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  const text = btoa(binary);
  return text.length <= mostCharacters ? text : null;
}

/** The file again. */
export const textFile = (text: string): Blob =>
  new Blob([Uint8Array.from(atob(text), character => character.charCodeAt(0))]);
