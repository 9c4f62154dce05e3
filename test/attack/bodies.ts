/** Random requests for a route of the OpenAPI document: valid, one step beside valid, and hostile. */
import fc from 'fast-check';

export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema | boolean;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
}
export type Schemas = Record<string, JsonSchema>;

/** Texts that have broken something somewhere. */
export const hostileTexts = [
  "'; drop table incident; --",
  "' or '1'='1",
  '1); select pg_sleep(3); --',
  '$1',
  '%',
  '_%',
  '\\',
  '\0',
  '\uD800',
  '\u202Etxt.exe',
  '=cmd|"/c calc"!A1',
  '<script>alert(1)</script>',
  '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
  '../../../../etc/passwd',
  '%2e%2e%2f',
  '__proto__',
  'constructor',
  'toString',
  'x\r\nSet-Cookie: jm=1',
  '{{7*7}}',
  '${jndi:ldap://localhost/a}',
  'NaN',
  '1e400',
  '-1',
  '99999999999999999999',
  '0000-00-00T00:00:00Z',
  '+275760-09-13T00:00:00.001Z',
  '２０２６',
  'A'.repeat(5000),
] as const;

const hostileValues: unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  -1e-320,
  Number.MAX_SAFE_INTEGER,
  2 ** 31,
  [],
  {},
  [[[[[[[[]]]]]]]],
  { length: 1e9 },
  { toString: 'x', valueOf: 'y' },
  { $ne: null },
];
const hostile = fc.oneof(fc.constantFrom(...hostileTexts), fc.constantFrom(...hostileValues), fc.jsonValue());

/** Values that a schema allows, as far as the document says it; `texts` are names and ids that exist. */
export function valid(schema: JsonSchema, all: Schemas, texts: readonly string[]): fc.Arbitrary<unknown> {
  const of = (inner: JsonSchema) => valid(inner, all, texts);
  if (schema.$ref !== undefined) return of(all[schema.$ref.split('/').at(-1)!] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choice = schema.oneOf ?? schema.anyOf;
  if (choice) return fc.oneof(...choice.map(of));
  if (schema.allOf)
    return fc
      .tuple(...schema.allOf.map(of))
      .map(parts => Object.assign({}, ...(parts as object[])) as unknown);
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map(type => of({ ...schema, type })));
  switch (schema.type) {
    case 'string':
      return text(schema, texts);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const { items, minItems = 0, maxItems = 5 } = schema;
      const one = typeof items === 'object' ? of(items) : fc.jsonValue();
      return fc.array(one, { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 5)) });
    }
    case 'object': {
      const { properties = {}, required = [] } = schema;
      const fields = Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, of(inner)]));
      return fc.record(fields, {
        requiredKeys: required.filter(key => key in fields),
        noNullPrototype: true,
      });
    }
    default:
      return fc.jsonValue();
  }
}

function text({ format, minLength = 0, maxLength = 200 }: JsonSchema, texts: readonly string[]) {
  if (format === 'date-time') {
    const about = Date.parse('2026-11-22T01:00:00Z');
    return fc
      .integer({ min: -7 * 86_400_000, max: 86_400_000 })
      .map(ms => new Date(about + ms).toISOString());
  }
  const fit = texts.filter(({ length }) => length >= minLength && length <= maxLength);
  const most = Math.min(maxLength, minLength + 30);
  const any = fc
    .string({ minLength, maxLength: most, unit: 'grapheme' })
    .map(made => made.slice(0, maxLength));
  const plain = fc.string({
    minLength,
    maxLength: most,
    unit: fc.constantFrom(...'0123456789abc县见面 '.split('')),
  });
  return fc.oneof(...(fit.length > 0 ? [fc.constantFrom(...fit)] : []), any, plain);
}

function numberOf({ type, minimum, maximum, exclusiveMinimum }: JsonSchema): fc.Arbitrary<number> {
  const min = minimum ?? (exclusiveMinimum === undefined ? -1000 : exclusiveMinimum + 1);
  const max = Math.max(min, maximum ?? min + 2000);
  if (type === 'integer') return fc.integer({ min: Math.ceil(min), max: Math.floor(max) });
  return fc.double({ min, max, noNaN: true });
}

interface Change {
  where: number;
  value: unknown;
  kind: 'replace' | 'drop' | 'add';
  name: string;
}
const change: fc.Arbitrary<Change> = fc.record({
  where: fc.nat(1000),
  value: hostile,
  kind: fc.constantFrom('replace' as const, 'replace' as const, 'drop' as const, 'add' as const),
  name: fc.constantFrom('__proto__', 'constructor', 'role', 'stationId', 'userId', 'id', 'members', 'x'),
});

/** A body as it is sent. */
export function bodyFor(schema: JsonSchema, all: Schemas, texts: readonly string[]): fc.Arbitrary<string> {
  const fine = valid(schema, all, texts);
  return fc.oneof(
    { weight: 3, arbitrary: fine.map(written) },
    { weight: 5, arbitrary: fc.tuple(fine, change).map(([body, how]) => changed(written(body), how)) },
    { weight: 2, arbitrary: fc.oneof(hostile.map(written), fc.string(), fc.constantFrom(...brokenJson)) },
  );
}

const brokenJson = [
  '',
  '{',
  '[',
  '{"a":1,"a":2}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `{"a":${'9'.repeat(10_000)}}`,
  '\u{FEFF}{}',
  '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>',
];

const written = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** The same JSON with one thing in it replaced, left out, or put in beside. */
function changed(json: string, { where, value, kind, name }: Change): string {
  const root = { body: JSON.parse(json) as unknown };
  const holders: [Record<string, unknown>, string][] = [];
  const visit = (holder: object) => {
    for (const key of Object.keys(holder)) {
      holders.push([holder as Record<string, unknown>, key]);
      const inner = (holder as Record<string, unknown>)[key];
      if (typeof inner === 'object' && inner !== null) visit(inner);
    }
  };
  visit(root);
  const [holder, key] = holders[where % holders.length]!;
  if (kind === 'replace') holder[key] = value;
  else if (kind === 'drop' && holder !== (root as object)) delete holder[key];
  else Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
  return written(root.body);
}
