/** The signed pledge as one picture that needs nothing beside it: its words, the signature, the time, and the sum of the words. */

const widthPx = 1240;
const marginPx = 90;
const lineHeightPx = 48;
const signatureWidthPx = 560;
const fonts = '"Noto Sans SC Variable", "Noto Sans SC", "Noto Sans CJK SC", sans-serif';

export interface PledgeParts {
  title: string;
  paragraphs: readonly string[];
  signature: HTMLCanvasElement;
  /** In words, for people. */
  signedAt: string;
  /** Stands before the sum. */
  sumLabel: string;
}

/** Draws the document at twice the size of a page on a screen, as PNG. Throws when the browser has no canvas. */
export async function pledgeImage(parts: PledgeParts): Promise<Blob> {
  const { title, paragraphs, signature, signedAt, sumLabel } = parts;
  const sum = await sumOf([title, ...paragraphs, signedAt].join('\n'));
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('expected a browser that can draw');
  const body = `30px ${fonts}`;
  context.font = body;
  const lines = paragraphs.flatMap(text => [...wrapped(context, text, widthPx - 2 * marginPx), '']);
  const signatureHeightPx = (signatureWidthPx * signature.height) / signature.width;
  canvas.width = widthPx;
  canvas.height = Math.ceil(220 + lines.length * lineHeightPx + signatureHeightPx + 200);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#111';
  context.textAlign = 'center';
  context.font = `bold 44px ${fonts}`;
  context.fillText(title, widthPx / 2, 130);
  context.textAlign = 'left';
  context.font = body;
  let y = 220;
  for (const line of lines) {
    context.fillText(line, marginPx, y);
    y += lineHeightPx;
  }
  context.drawImage(signature, widthPx - marginPx - signatureWidthPx, y, signatureWidthPx, signatureHeightPx);
  y += signatureHeightPx + 50;
  context.textAlign = 'right';
  context.fillText(signedAt, widthPx - marginPx, y);
  context.font = `20px ${fonts}`;
  context.fillStyle = '#555';
  if (sum !== null) context.fillText(`${sumLabel} SHA-256 ${sum}`, widthPx - marginPx, y + 60);
  return toPng(canvas);
}

/** Chinese breaks anywhere but before closing marks. */
function wrapped(context: CanvasRenderingContext2D, text: string, mostPx: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const character of text) {
    const fits = context.measureText(line + character).width <= mostPx;
    if (fits || '，。；：、！？”）'.includes(character)) line += character;
    else {
      lines.push(line);
      line = character;
    }
  }
  return [...lines, line];
}

/** Browsers compute sums in secure contexts only; elsewhere the server's sum of the whole file stands alone. */
async function sumOf(text: string): Promise<string | null> {
  if (!globalThis.isSecureContext) return null;
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}

const toPng = (canvas: HTMLCanvasElement): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob(
      blob => (blob ? resolve(blob) : reject(new Error('the picture cannot be made'))),
      'image/png',
    );
  });
