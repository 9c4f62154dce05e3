/** The tables as drizzle sees them; `db/migrations` makes them, and a test compares the two. */
export * from './belief.ts';
export * from './desk.ts';
export * from './incident.ts';
export * from './log.ts';
export * from './loop.ts';
export * from './people.ts';
export * from './region.ts';
export * from './retention.ts';
export * from './road.ts';
export * from './roster.ts';
export * from './task.ts';
export * from './track.ts';
export * from './unit.ts';
