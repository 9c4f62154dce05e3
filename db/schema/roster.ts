/** Officers, vehicles and shifts: who is on duty. */
import { boolean, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { VehicleKind } from '#contract/roster.ts';
import { instant } from '../columns.ts';
import { station } from './region.ts';
import { unit } from './unit.ts';

const stationId = () => text().references(() => station.id, { onDelete: 'set null' });

export const officer = pgTable('officer', {
  id: text().primaryKey(),
  name: text().notNull(),
  /** Once among those who were not removed. */
  badgeNumber: text().notNull(),
  sworn: boolean().notNull(),
  stationId: stationId(),
  phone: text(),
  createdAt: instant().notNull(),
  removedAt: instant(),
});

export const vehicle = pgTable('vehicle', {
  id: text().primaryKey(),
  /** Once among those that were not removed. */
  plate: text().notNull(),
  kind: text().$type<VehicleKind>().notNull(),
  stationId: stationId(),
  inService: boolean().notNull(),
  createdAt: instant().notNull(),
  removedAt: instant(),
});

export const shift = pgTable('shift', {
  id: text().primaryKey(),
  unitId: text()
    .notNull()
    .references(() => unit.id),
  vehicleId: text().references(() => vehicle.id),
  startsAt: instant().notNull(),
  endsAt: instant().notNull(),
  plannedBy: text().notNull(),
  plannedAt: instant().notNull(),
  cancelledAt: instant(),
});

export const shiftOfficer = pgTable(
  'shift_officer',
  {
    shiftId: text()
      .notNull()
      .references(() => shift.id, { onDelete: 'cascade' }),
    officerId: text()
      .notNull()
      .references(() => officer.id),
  },
  table => [primaryKey({ columns: [table.shiftId, table.officerId] })],
);
