import { drizzle } from 'drizzle-orm/node-postgres';
import { and, desc, eq, gte } from 'drizzle-orm';
import { describe, it } from 'vitest';
import * as schema from '../../db/schema/index.ts';
import { expectGoldenSql } from '../builders/golden-sql.ts';

const db = drizzle.mock({ schema, casing: 'snake_case' });

describe('golden SQL', () => {
  it('shows a query clause by clause, with its parameters', () => {
    const { position, unit } = schema;
    const query = db
      .select({ callsign: unit.callsign, point: position.point, observedAt: position.observedAt })
      .from(position)
      .innerJoin(unit, eq(unit.id, position.unitId))
      .where(and(eq(position.unitId, 'u1'), gte(position.observedAt, new Date('2026-11-22T01:00:00Z'))))
      .orderBy(desc(position.observedAt))
      .limit(10);
    expectGoldenSql('builder-example', query);
  });
});
