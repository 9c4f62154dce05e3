/** One client's stream: who reads it, how far it got, and which traces it may show. */
import type { ResyncMessage } from '#contract/stream.ts';
import type { World } from '#domain/world.ts';
import { resyncFrame, revokedFrame } from './frames.ts';
import { type Look, lookHolds } from './looks.ts';
import { Outlet, type OutletOptions } from './outlet.ts';
import { type ScopeClass, scopeOf, type Viewer } from './scope.ts';

export class Connection {
  readonly viewer: Viewer;
  readonly outlet: Outlet;
  scope: ScopeClass;
  looks: Look[] = [];
  /** While a snapshot is being made, facts and positions are not sent: it will hold them. */
  preparing = true;
  /** The snapshot in the making, and whether its sightings must be read again. */
  snapshot: Promise<void> | undefined;
  startOver = false;
  /** Fleet version up to which positions were sent. */
  positionsVersion = 0;
  #stalledSinceMs: number | undefined;

  constructor(viewer: Viewer, world: World, options: OutletOptions) {
    this.viewer = viewer;
    this.scope = scopeOf(viewer, world);
    this.outlet = new Outlet(options);
  }

  /** Sends what must not be missed; a reader that is too far behind for it is told to begin anew. */
  send(frame: Buffer): void {
    if (!this.outlet.write(frame)) this.resync('tooFarBehind');
  }

  /** Tells the client to open a new stream without a seq, and ends this one. */
  resync(reason: ResyncMessage['reason']): void {
    this.outlet.drop();
    this.outlet.write(resyncFrame({ reason }), { excused: true });
    this.outlet.end();
  }

  hasLook({ incidentId, authorityId }: Look): boolean {
    return this.looks.some(look => look.incidentId === incidentId && look.authorityId === authorityId);
  }

  /** Whether the client may be sent this incident's sightings at this moment. */
  looksAt(incidentId: string, world: World, nowMs: number): boolean {
    return this.looks.some(
      look => look.incidentId === incidentId && lookHolds(this.viewer, look, world, nowMs),
    );
  }

  /** Ends the looks that hold no longer, and tells the client to forget what it saw through them. */
  endLooks(world: World, nowMs: number): void {
    if (this.looks.length === 0) return;
    const held = this.looks.filter(look => lookHolds(this.viewer, look, world, nowMs));
    if (held.length === this.looks.length) return;
    const ended = new Set(this.looks.map(look => look.incidentId));
    for (const look of held) ended.delete(look.incidentId);
    this.looks = held;
    for (const incidentId of ended) this.revoke(incidentId);
  }

  /** For how long something has been waiting for this reader, as far as calls of this method saw. */
  stalledForMs(nowMs: number): number {
    if (this.outlet.idle) this.#stalledSinceMs = undefined;
    else this.#stalledSinceMs ??= nowMs;
    return this.#stalledSinceMs === undefined ? 0 : nowMs - this.#stalledSinceMs;
  }

  revoke(incidentId: string): void {
    this.send(revokedFrame({ incidentId }));
  }
}
