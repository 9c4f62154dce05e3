/** Writing Chinese text and tables with PDFKit: runs of font slices, pages that break between rows. */
import PDFDocument from 'pdfkit';
import { type Run, runsOf, sliceFont, type Weight } from './font.ts';
import type { Cell, Table } from './tables.ts';

interface TextOptions {
  size?: number;
  weight?: Weight;
  color?: string;
}
const inks = { text: '#16202c', quiet: '#5b6b7d', line: '#c3ced9', head: '#eaf0f6', total: '#f4f7fa' };

/** Where a picture is drawn, in points. */
export interface Drawing {
  document: PDFKit.PDFDocument;
  x: number;
  y: number;
  width: number;
  height: number;
  write(this: void, text: string, x: number, y: number, size: number, color?: string): void;
}

/** An A4 document across, written from the top down. Lengths are points. */
export class Pen {
  readonly document: PDFKit.PDFDocument;
  readonly #loaded = new Set<string>();
  readonly #ems = new Map<string, number>();
  readonly #margin = 34;
  #y = this.#margin;

  constructor(info: PDFKit.DocumentInfo) {
    this.document = new PDFDocument({
      size: 'A4',
      layout: 'landscape',
      margin: 0,
      bufferPages: true,
      info,
      lang: 'zh-CN',
    });
  }

  get width(): number {
    return this.document.page.width - 2 * this.#margin;
  }

  /** A paragraph, broken where the line is full; Chinese breaks between any two characters. */
  paragraph(text: string, { size = 10, ...options }: TextOptions = {}): void {
    for (const line of this.#lines(text, this.width, { size, ...options })) {
      this.#room(size * 1.6);
      this.#write(line, this.#margin, this.#y, { size, ...options });
      this.#y += size * 1.6;
    }
  }

  gap(points: number): void {
    this.#y += points;
  }

  heading(text: string): void {
    this.#room(70);
    this.gap(8);
    this.paragraph(text, { size: 13, weight: 700 });
    this.gap(2);
  }

  /** A table over the whole width: the first column is as wide as its words, the others share the rest by theirs. Its head stands again on each page. */
  table({ head, rows }: Table, boldLast = false): void {
    const size = 8.5;
    const widths = this.#columns([head, ...rows], size);
    const row = (cells: readonly Cell[], weight: Weight, fill?: string) => {
      const lines = cells.map((cell, i) =>
        this.#lines(
          textOf(cell),
          (widths[i] ?? 60) - 8,
          { size, weight },
          cells.length < head.length && i === cells.length - 1,
        ),
      );
      const height = Math.max(...lines.map(each => each.length)) * size * 1.45 + 6;
      if (this.#room(height)) this.#headRow(head, row);
      if (fill) this.document.rect(this.#margin, this.#y, this.width, height).fill(fill);
      let x = this.#margin;
      lines.forEach((each, i) => {
        each.forEach((line, n) => this.#write(line, x + 4, this.#y + 4 + n * size * 1.45, { size, weight }));
        x += widths[i] ?? 0;
      });
      this.#y += height;
      this.document
        .moveTo(this.#margin, this.#y)
        .lineTo(this.#margin + this.width, this.#y)
        .lineWidth(0.5)
        .stroke(inks.line);
    };
    this.#room(60);
    this.#headRow(head, row);
    rows.forEach((cells, i) =>
      boldLast && i === rows.length - 1 ? row(cells, 700, inks.total) : row(cells, 400),
    );
    this.gap(8);
  }

  #headRow(
    head: readonly string[],
    row: (cells: readonly Cell[], weight: Weight, fill?: string) => void,
  ): void {
    row(head, 700, inks.head);
  }

  /** A bar of `share` (0 to 1) behind its name, with words at its end. */
  bar(name: string, share: number | null, words: string): void {
    const [height, nameWidth, barWidth] = [15, 110, 330];
    this.#room(height);
    const x = this.#margin + nameWidth;
    this.#write(name, this.#margin, this.#y + 2, { size: 9 });
    this.document.rect(x, this.#y + 2, barWidth, height - 5).fill(inks.head);
    if (share !== null) this.document.rect(x, this.#y + 2, barWidth * share, height - 5).fill('#2f4fc9');
    this.#write(words, x + barWidth + 8, this.#y + 2, { size: 9, color: inks.quiet });
    this.#y += height;
  }

  /** A picture over the whole width under its title, on one page. */
  picture(title: string, height: number, draw: (drawing: Drawing) => void): void {
    this.#room(height + 40);
    this.heading(title);
    const { document, width } = this;
    const write: Drawing['write'] = (text, x, y, size, color = inks.text) =>
      this.#write(text, x, y, { size, color });
    draw({ document, x: this.#margin, y: this.#y, width, height, write });
    this.#y += height + 6;
  }

  /** The bytes, with a line at the foot of every page. */
  async finish(foot: (page: number, pages: number) => string): Promise<Uint8Array> {
    const { start, count } = this.document.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      this.document.switchToPage(page);
      const y = this.document.page.height - this.#margin + 10;
      this.#write(foot(page - start + 1, count), this.#margin, y, { size: 7.5, color: inks.quiet });
    }
    const chunks: Buffer[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      this.document.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.document.on('end', resolve);
      this.document.on('error', reject);
    });
    this.document.end();
    await ended;
    return new Uint8Array(Buffer.concat(chunks));
  }

  /** Begins another page when there is not so much room left. @returns whether it did. */
  #room(height: number): boolean {
    if (this.#y + height <= this.document.page.height - this.#margin - 6) return false;
    this.document.addPage();
    this.#y = this.#margin;
    return true;
  }

  #font({ slice }: Run, weight: Weight, size: number): void {
    const name = `${slice}-${weight}`;
    if (!this.#loaded.has(name)) {
      this.document.registerFont(name, sliceFont(slice, weight));
      this.#loaded.add(name);
    }
    this.document.font(name, size);
  }

  /** By the widths of single characters, each asked for once: shaping a text again for every break would take seconds. */
  #measure(text: string, { size = 10, weight = 400 }: TextOptions): number {
    let ems = 0;
    for (const character of text) {
      const key = `${weight}${character}`;
      let em = this.#ems.get(key);
      if (em === undefined) {
        const [run] = runsOf(character);
        this.#font(run!, weight, 100);
        em = this.document.widthOfString(run!.text) / 100;
        this.#ems.set(key, em);
      }
      ems += em;
    }
    return ems * size;
  }

  #write(
    text: string,
    x: number,
    y: number,
    { size = 10, weight = 400, color = inks.text }: TextOptions,
  ): void {
    let at = x;
    for (const run of runsOf(text)) {
      this.#font(run, weight, size);
      this.document.fillColor(color).text(run.text, at, y, { lineBreak: false });
      at += this.document.widthOfString(run.text);
    }
  }

  /** Breaks between Chinese characters and at spaces, never inside a number or a word, unless it alone is too long. */
  #lines(text: string, width: number, options: TextOptions, whole = false): string[] {
    if (whole) return [text];
    const lines: string[] = [];
    let line = '';
    for (const piece of text.match(/[\w.%:/–-]+|\s|./gu) ?? ['']) {
      if (line !== '' && this.#measure(line + piece, options) > width) {
        lines.push(line);
        line = piece.trimStart();
      } else line += piece;
    }
    return [...lines, line];
  }

  #columns(lines: readonly (readonly Cell[])[], size: number): number[] {
    const columns = lines[0]!.length;
    const wants = Array.from({ length: columns }, (_, i) => {
      const widths = lines
        .filter(cells => cells.length === columns)
        .map(cells => this.#measure(textOf(cells[i] ?? null), { size, weight: 700 }) + 10);
      return Math.min(Math.max(30, ...widths), 150);
    });
    const all = wants.reduce((sum, want) => sum + want, 0);
    return wants.map(want => (want / all) * this.width);
  }
}

const textOf = (cell: Cell): string => (cell === null ? '—' : String(cell));
