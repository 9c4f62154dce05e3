/**
 * Who may do what: the whole policy on one page. Every route and every stream frame asks `can`.
 *
 * A rule says how far a role reaches: `all` the county, `station` what belongs to the role's own station, `member`
 * incidents that the user is on, `self` its own things. What is outside the reach does not exist for the asker
 * (404, not 403): otherwise an error would tell that it does.
 */
import type { Role } from '#contract/incident.ts';
import type { Actor, UserActor } from './actor.ts';

export const actions = [
  'session.own',
  'reference.read',
  'layer.load',
  'camera.setState',
  'road.query',
  'road.close',
  'road.useSpeeds',
  'stream.open',
  'unit.list',
  'unit.create',
  'unit.setState',
  'unit.track',
  'roster.read',
  'roster.plan',
  'device.create',
  'device.manage',
  'position.report',
  'position.share',
  'alert.receive',
  'incident.read',
  'incident.readSubject',
  'incident.setHome',
  'incident.handOver',
  'incident.close',
  'incident.addMember',
  'authority.request',
  'authority.decide',
  'breakGlass.open',
  'breakGlass.review',
  'sighting.record',
  'sighting.amend',
  'trace.look',
  'wallPin.set',
  'wallPin.read',
  'prior.read',
  'prior.set',
  'task.read',
  'task.order',
  'task.answer',
  'user.list',
  'user.create',
  'user.manage',
  'simulator.run',
  'audit.read',
  'audit.review',
  'retention.read',
  'retention.set',
  'hold.place',
  'trace.export',
  'line.take',
  'request.make',
  'request.end',
  'contact.record',
  'sms.send',
  'sms.receipt',
  'leader.answer',
  'clock.set',
  'stop.request',
  'stop.answer',
  'bank.read',
  'bank.set',
  'order.read',
  'order.issue',
  'order.answer',
  'order.handOver',
  'meeting.hold',
  'meeting.check',
  'document.read',
  'upward.send',
  'outcome.report',
  'note.write',
  'handover.read',
  'handover.sign',
  'clear.read',
  'clear.answer',
  'replay.open',
  'replay.centre',
  'replay.review',
  'report.read',
  'report.export',
] as const;
export type Action = (typeof actions)[number];

type Reach = 'all' | 'station' | 'member' | 'self';

const everybody: Partial<Record<Action, Reach>> = { 'session.own': 'self', 'reference.read': 'all' };
const watches: Partial<Record<Action, Reach>> = { ...everybody, 'stream.open': 'all' };
/** Who works a case from the centre. */
const loop: Partial<Record<Action, Reach>> = {
  'line.take': 'all',
  'request.make': 'all',
  'request.end': 'all',
  'contact.record': 'all',
  'stop.request': 'all',
  'stop.answer': 'all',
  'bank.read': 'all',
  'note.write': 'all',
  'handover.read': 'all',
};
const desk: Partial<Record<Action, Reach>> = {
  ...loop,
  'sms.send': 'all',
  'order.issue': 'all',
  'order.answer': 'all',
  'order.handOver': 'all',
  'meeting.hold': 'all',
  'upward.send': 'all',
  'outcome.report': 'all',
  'clear.answer': 'all',
  'report.export': 'all',
};
/** Who works a case at the station's end. */
const door: Partial<Record<Action, Reach>> = {
  'order.read': 'station',
  'order.answer': 'station',
  'note.write': 'station',
  'contact.record': 'station',
  'meeting.hold': 'station',
};
const centre: Partial<Record<Action, Reach>> = {
  ...watches,
  'road.query': 'all',
  'unit.list': 'all',
  'unit.track': 'all',
  'roster.read': 'all',
  'task.read': 'all',
  'incident.read': 'all',
  'incident.readSubject': 'member',
  'prior.read': 'all',
  'user.list': 'all',
  'order.read': 'all',
  'clear.read': 'all',
  'report.read': 'all',
  'replay.open': 'all',
  'replay.centre': 'all',
};

export const rules: Record<Role, Partial<Record<Action, Reach>>> = {
  wall: {
    ...watches,
    'unit.list': 'all',
    'incident.read': 'all',
    'wallPin.read': 'all',
    'clear.read': 'all',
  },
  operator: {
    ...centre,
    ...desk,
    'document.read': 'member',
    'alert.receive': 'all',
    'incident.setHome': 'all',
    'incident.handOver': 'all',
    'incident.close': 'member',
    'incident.addMember': 'all',
    'authority.request': 'member',
    'sighting.record': 'all',
    'sighting.amend': 'member',
    'trace.look': 'member',
    'unit.setState': 'all',
    'task.order': 'all',
    'task.answer': 'all',
    'camera.setState': 'all',
    'road.close': 'all',
  },
  leader: {
    ...centre,
    ...desk,
    'leader.answer': 'all',
    'handover.sign': 'all',
    'clock.set': 'all',
    'bank.set': 'all',
    'meeting.check': 'all',
    'document.read': 'all',
    'alert.receive': 'all',
    'incident.setHome': 'all',
    'incident.handOver': 'all',
    'incident.close': 'all',
    'incident.addMember': 'all',
    'incident.readSubject': 'all',
    'authority.request': 'all',
    'authority.decide': 'all',
    'replay.review': 'all',
    'breakGlass.open': 'all',
    'breakGlass.review': 'all',
    'sighting.record': 'all',
    'sighting.amend': 'all',
    'trace.look': 'member',
    'wallPin.set': 'all',
    'wallPin.read': 'all',
    'unit.create': 'all',
    'unit.setState': 'all',
    'device.create': 'all',
    'device.manage': 'all',
    'roster.plan': 'all',
    'task.order': 'all',
    'task.answer': 'all',
    'camera.setState': 'all',
    'road.close': 'all',
    'road.useSpeeds': 'all',
    'prior.set': 'all',
    'simulator.run': 'all',
    'retention.read': 'all',
    'hold.place': 'all',
    'trace.export': 'member',
  },
  trace: {
    ...centre,
    ...loop,
    'replay.review': 'all',
    'incident.setHome': 'all',
    'authority.request': 'all',
    'sighting.record': 'all',
    'sighting.amend': 'all',
    'trace.look': 'member',
  },
  station: {
    ...watches,
    ...door,
    'order.handOver': 'station',
    'document.read': 'station',
    'outcome.report': 'station',
    'clear.read': 'station',
    'clear.answer': 'station',
    'report.read': 'all',
    'replay.open': 'station',
    'road.query': 'all',
    'unit.list': 'station',
    'unit.setState': 'station',
    'unit.track': 'station',
    'roster.read': 'station',
    'roster.plan': 'station',
    'task.read': 'station',
    'task.answer': 'station',
    'incident.read': 'station',
    'incident.readSubject': 'station',
    'incident.setHome': 'station',
    'sighting.record': 'station',
    'trace.look': 'member',
  },
  field: {
    ...watches,
    ...door,
    'document.read': 'member',
    'road.query': 'all',
    'unit.list': 'station',
    'roster.read': 'station',
    'task.read': 'station',
    'task.answer': 'station',
    'position.share': 'station',
    'incident.read': 'station',
    'incident.readSubject': 'member',
    'sighting.record': 'member',
    'trace.look': 'member',
  },
  analyst: {
    ...centre,
    'replay.review': 'all',
    'trace.look': 'member',
    'trace.export': 'member',
    'incident.readSubject': 'member',
    'outcome.report': 'all',
    'report.export': 'all',
  },
  auditor: {
    'session.own': 'self',
    'breakGlass.review': 'all',
    'audit.read': 'all',
    'audit.review': 'all',
    'retention.read': 'all',
  },
  admin: {
    ...everybody,
    'bank.read': 'all',
    'bank.set': 'all',
    'unit.list': 'all',
    'unit.create': 'all',
    'unit.setState': 'all',
    'device.create': 'all',
    'device.manage': 'all',
    'roster.read': 'all',
    'roster.plan': 'all',
    'layer.load': 'all',
    'camera.setState': 'all',
    'user.list': 'all',
    'user.create': 'all',
    'user.manage': 'all',
    'prior.read': 'all',
    'simulator.run': 'all',
    'retention.read': 'all',
    'retention.set': 'all',
    'hold.place': 'all',
  },
};

/** What is asked about. Absent fields: the question is about the action alone ('may this role ever'). */
export interface Resource {
  stationId?: string | null;
  /** Stations that see it because they hold an order for it. */
  orderStationIds?: readonly string[];
  members?: readonly string[];
  /** Whose task it is: a crew's device answers for its own unit only. */
  unitId?: string;
}

export type Decision = 'allow' | 'forbidden' | 'hidden' | 'unauthenticated' | 'incomplete';

/**
 * May `actor` do `action` to `resource`? `hidden` means: answer as if it did not exist. Devices report positions and
 * answer their own unit's tasks, gateways may also hand in alerts and sightings; the system does what the code makes
 * it do.
 */
export function can(actor: Actor, action: Action, resource: Resource = {}): Decision {
  switch (actor.kind) {
    case 'anonymous':
      return 'unauthenticated';
    case 'system':
      return 'allow';
    case 'device':
      return mayDevice(actor, action, resource);
    case 'user': {
      const reach = rules[actor.role][action];
      if (!reach) return 'forbidden';
      if (actor.pending && action !== 'session.own') return 'incomplete';
      if (reaches(reach, actor, resource)) return 'allow';
      return action === 'incident.read' || reach === 'station' ? 'hidden' : 'forbidden';
    }
  }
}

function mayDevice(
  actor: Extract<Actor, { kind: 'device' }>,
  action: Action,
  { unitId }: Resource,
): Decision {
  switch (action) {
    case 'position.report':
      return 'allow';
    case 'task.read':
    case 'task.answer':
      if (actor.unitId === null) return 'forbidden';
      return unitId === undefined || unitId === actor.unitId ? 'allow' : 'hidden';
    case 'alert.receive':
    case 'sms.receipt':
    case 'sighting.record':
      return actor.protocol === 'gateway' ? 'allow' : 'forbidden';
    default:
      return 'forbidden';
  }
}

function reaches(reach: Reach, actor: UserActor, resource: Resource): boolean {
  if (reach === 'member') return resource.members === undefined || resource.members.includes(actor.userId);
  if (reach !== 'station') return true;
  if (resource.stationId === undefined) return true;
  if (resource.members?.includes(actor.userId)) return true;
  if (actor.stationId === null) return false;
  return (
    resource.stationId === actor.stationId || resource.orderStationIds?.includes(actor.stationId) === true
  );
}

/** What must hold besides the policy before a trace opens (S1); empty when nothing is missing. */
export function missingForTrace(facts: {
  open: boolean;
  member: boolean;
  authorityValid: boolean;
  reasonGiven: boolean;
}): ('openIncident' | 'membership' | 'authority' | 'reason')[] {
  return [
    ...(facts.open ? [] : (['openIncident'] as const)),
    ...(facts.member ? [] : (['membership'] as const)),
    ...(facts.authorityValid ? [] : (['authority'] as const)),
    ...(facts.reasonGiven ? [] : (['reason'] as const)),
  ];
}
