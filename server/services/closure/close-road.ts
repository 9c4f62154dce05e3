import { CodedError } from '#contract/errors.ts';
import type { ClosureBody, ClosureReply, StretchReply } from '#contract/closure.ts';
import type { PositionInput } from '#contract/common.ts';
import type { LngLat } from '#road/geo.ts';
import { edgeRoadClass, edgeShape, type RoadGraph } from '#road/graph.ts';
import { edgesAlong, stretchAlong } from '#road/match/along.ts';
import type { TrackMatcher } from '#road/match/match.ts';
import type { RoadRouter } from '#road/router.ts';
import { roadClosure } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { wgs84LngLat } from '../../ingest/coordinates.ts';
import { requireAllowed } from '../guard.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** The network that a stretch is looked for on. */
export interface RoadNetwork {
  router: RoadRouter;
  matcher: TrackMatcher;
}

/** A click farther than this from every road means none of them. */
const reachM = 150;

/**
 * Closes the stretch of road at a position, or along a line, from junction to junction. Throws forbidden; badRequest
 * when there is no such road; invalidBody when it would be over already.
 */
export function closeRoad(
  deps: ServiceDeps,
  call: Call,
  network: RoadNetwork,
  { position, line, direction, untilAt, reason }: ClosureBody,
): Promise<Done<ClosureReply>> {
  requireAllowed(call.actor, 'road.close');
  const stretch = position
    ? edgeShape(network.router.graph, edgeAt(network.router, position))
    : stretchOf(network, line ?? []);
  return perform(deps, call, async work => {
    const until = untilAt === undefined ? null : new Date(untilAt);
    if (until && until <= work.at)
      throw new CodedError('invalidBody', 'body field untilAt: expected a time that is still to come');
    const closureId = work.id('clo');
    const geometry = { type: 'LineString' as const, coordinates: stretch };
    await work.tx.insert(roadClosure).values({
      id: closureId,
      line: geometry,
      direction,
      roadName: nameOf(network.router.graph, stretch),
      reason,
      closedBy: work.actorId,
      closedAt: work.at,
      untilAt: until,
    });
    const payload = { closureId, line: stretch, direction, untilAt: until?.toISOString() ?? null };
    work.append({ kind: 'roadClosed', observedAt: work.now, payload });
    work.audit({
      action: 'road.close',
      resource: closureId,
      detail: { direction, untilAt: payload.untilAt },
    });
    return { closureId, line: geometry };
  });
}

/** The stretch of road that a position means, before it is closed. Throws badRequest when there is none near it. */
export function stretchAt(router: RoadRouter, position: PositionInput): StretchReply {
  const { graph } = router;
  const edge = edgeAt(router, position);
  const { name = null, nameEn = null } = graph.names[graph.edgeName[edge]!]!;
  return {
    line: { type: 'LineString', coordinates: edgeShape(graph, edge) },
    lengthM: graph.edgeLengthM[edge]!,
    roadClass: edgeRoadClass(graph, edge),
    name,
    nameEn,
  };
}

function edgeAt(router: RoadRouter, position: PositionInput): number {
  const at = wgs84LngLat(position);
  const snap = router.snap(at, reachM);
  if (!snap) throw new CodedError('badRequest', `position: no road within ${reachM} m of ${at.join(', ')}`);
  return snap.edge;
}

/** The name of the first edge of a stretch that has one. */
function nameOf(graph: RoadGraph, stretch: readonly LngLat[]): string | null {
  const names = edgesAlong(graph, stretch).map(({ edge }) => graph.names[graph.edgeName[edge]!]!.name);
  return names.find(name => name !== undefined) ?? null;
}

function stretchOf({ matcher }: RoadNetwork, line: readonly PositionInput[]): LngLat[] {
  const stretch = stretchAlong(matcher, line.map(wgs84LngLat));
  if (!stretch)
    throw new CodedError('badRequest', 'line: expected points along a road that can be driven in this order');
  return stretch;
}
