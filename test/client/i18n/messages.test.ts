import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vite';
import { describe, expect, it } from 'vitest';
import { en } from '../../../client/i18n/en.ts';
import { zh } from '../../../client/i18n/zh.ts';

const client = fileURLToPath(new URL('../../../client/', import.meta.url));

/** `queue.title`-like paths of all messages, with how many parameters a function takes. */
function paths(messages: object, prefix = ''): string[] {
  return Object.entries(messages).flatMap(([name, value]: [string, unknown]) => {
    const path = prefix + name;
    if (typeof value === 'function') return `${path}(${value.length})`;
    return typeof value === 'object' && value !== null ? paths(value, `${path}.`) : path;
  });
}

function texts(messages: object): string[] {
  return Object.values(messages).flatMap((value: unknown) => {
    if (typeof value === 'function') return String((value as (...args: unknown[]) => unknown)('1', '2', '3'));
    return typeof value === 'object' && value !== null ? texts(value) : String(value);
  });
}

/** The messages of pages that bring their own: `sections/admin.ts` exports `adminTexts`. */
const sections: { zh: object; en: object }[] = await Promise.all(
  globSync('i18n/sections/*.ts', { cwd: client }).map(async file =>
    Object.values((await import(client + file)) as Record<string, { zh: object; en: object }>),
  ),
).then(found => found.flat());

describe('messages', () => {
  it('are the same set in both languages, with the same parameters', () => {
    expect(paths(en)).toEqual(paths(zh));
    expect(sections.length).toBeGreaterThan(0);
    for (const section of sections) expect(paths(section.en)).toEqual(paths(section.zh));
  });

  it('are never empty', () => {
    const all = [zh, en, ...sections.flatMap(section => [section.zh, section.en])].flatMap(texts);
    for (const text of all) expect(text.trim()).not.toBe('');
  });

  it('are in their language: no Chinese in English beside the name of the other language', () => {
    expect(texts(en).filter(text => /\p{Script=Han}/u.test(text))).toEqual([en.header.otherLanguage]);
    for (const section of sections)
      expect(texts(section.en).filter(text => /\p{Script=Han}/u.test(text))).toEqual([]);
  });

  it('are all used somewhere in the client', () => {
    const source = globSync('**/*.{ts,tsx}', { cwd: client, exclude: ['i18n/**'] })
      .map(file => readFileSync(client + file, 'utf8'))
      .join('\n');
    // Groups that are looked up by a value of the contract or the world, such as t.risk[risk].
    const lookedUp =
      /^(header\.densities|roles|roleDoes|link|risk|scam|unitKind|unitState|placeKind|errors|layers|authority\.state|incident\.basis|incident\.outcomes|sighting\.(kind|method|directions|notHere|blocked)|record|alert|units)\b/;
    const unused = paths(zh)
      .map(path => path.replace(/\(\d+\)$/, ''))
      .filter(path => !lookedUp.test(path) && !source.includes(path.split('.').slice(-2).join('.')));
    expect(unused).toEqual([]);
  });
});

interface Node {
  type: string;
  start: number;
  [key: string]: unknown;
}

/** Attributes whose text people see or hear. */
const spoken = new Set(['title', 'label', 'alt', 'placeholder', 'aria-label', 'aria-description', 'hint']);

/** Words that a component writes itself instead of taking them from the messages. */
function hardCoded(file: string): string[] {
  const code = readFileSync(client + file, 'utf8');
  const found: string[] = [];
  const report = (node: Node, text: string) => {
    const line = code.slice(0, node.start).split('\n').length;
    found.push(`${file}:${line} ${text.trim()}`);
  };
  const words = (text: unknown): text is string => typeof text === 'string' && /\p{L}{2,}/u.test(text);
  const visit = (node: unknown, attribute: string | null): void => {
    if (Array.isArray(node)) return node.forEach(child => visit(child, attribute));
    if (typeof node !== 'object' || node === null) return;
    const { type, ...rest } = node as Node;
    if (type === 'JSXText' && words(rest['value'])) report(node as Node, rest['value']);
    if (type === 'Literal' || type === 'TemplateElement') {
      const value = type === 'Literal' ? rest['value'] : (rest['value'] as { cooked: string }).cooked;
      const han = typeof value === 'string' && /\p{Script=Han}/u.test(value);
      if (han || (attribute !== null && spoken.has(attribute) && words(value)))
        report(node as Node, value as string);
    }
    if (type === 'JSXAttribute') {
      const name = (rest['name'] as { name: unknown }).name;
      return visit(rest['value'], typeof name === 'string' ? name : null);
    }
    // Inside an expression an attribute's name no longer says what a literal is: t.x ? 'a' : 'b'.
    for (const child of Object.values(rest))
      visit(child, type === 'JSXExpressionContainer' ? null : attribute);
  };
  visit(parseAst(code, { lang: 'tsx' }), null);
  return found;
}

describe('components', () => {
  const files = globSync('**/*.tsx', { cwd: client });

  it('write no words of their own', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(hardCoded)).toEqual([]);
  });
});
