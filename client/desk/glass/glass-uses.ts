/** Which uses of break-glass a leader has to know of. Pure. */
import type { WorldAuthority, WorldIncident } from '#domain/world.ts';

export interface GlassUse {
  incidentId: string;
  number: number;
  authority: WorldAuthority & { breakGlass: NonNullable<WorldAuthority['breakGlass']> };
  /** The trace is open through it now. */
  running: boolean;
}

/** Those without a verdict, running ones first, then the one whose review is due first. */
export function glassUses(incidents: Readonly<Record<string, WorldIncident>>, nowMs: number): GlassUse[] {
  const uses = Object.values(incidents).flatMap(({ id: incidentId, number, state, authorities }) =>
    Object.values(authorities).flatMap(authority => {
      const { breakGlass, revoked, expiresAt } = authority;
      if (breakGlass?.verdict !== null) return [];
      const running = state === 'open' && !revoked && nowMs < Date.parse(expiresAt);
      return [{ incidentId, number, authority: { ...authority, breakGlass }, running }];
    }),
  );
  return uses.toSorted(
    (a, b) =>
      Number(b.running) - Number(a.running) ||
      a.authority.breakGlass.reviewDueAt.localeCompare(b.authority.breakGlass.reviewDueAt),
  );
}
