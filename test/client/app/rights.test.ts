import { describe, expect, it } from 'vitest';
import { type Role, roles } from '#contract/incident.ts';
import * as rights from '../../../client/app/rights.ts';
import { type Action, rules } from '../../../server/auth/policy.ts';

const shows: Record<string, (role: Role) => boolean> = { ...rights };
/** One action each; `mayAdminister` is made of others. */
type Right = Exclude<keyof typeof rights, 'mayAdminister'>;
const actionOf: Record<Right, Action> = {
  mayReceiveAlerts: 'alert.receive',
  mayAddMembers: 'incident.addMember',
  mayRequestAuthority: 'authority.request',
  mayDecideAuthority: 'authority.decide',
  mayBreakGlass: 'breakGlass.open',
  mayReviewGlass: 'breakGlass.review',
  mayPinToWall: 'wallPin.set',
  mayLookAtTraces: 'trace.look',
  mayRecordSightings: 'sighting.record',
  mayAmendSightings: 'sighting.amend',
  maySetHome: 'incident.setHome',
  mayHandOver: 'incident.handOver',
  mayCloseIncidents: 'incident.close',
  maySetUnitState: 'unit.setState',
  mayListUsers: 'user.list',
  mayRevealSubject: 'incident.readSubject',
  maySetCameraState: 'camera.setState',
  mayChangeLayers: 'layer.load',
  mayPlanShifts: 'roster.plan',
  mayCloseRoads: 'road.close',
  mayUseLearnedSpeeds: 'road.useSpeeds',
  mayAnswerTasks: 'task.answer',
  maySharePosition: 'position.share',
  mayAnswerOrders: 'order.answer',
  mayIssueOrders: 'order.issue',
  mayHandOverOrders: 'order.handOver',
  maySeeStations: 'order.read',
  mayWorkLines: 'request.make',
  mayWorkStops: 'stop.request',
  mayReadBanks: 'bank.read',
  maySetBanks: 'bank.set',
  mayRecordContacts: 'contact.record',
  maySendSms: 'sms.send',
  mayAnswerLeaderCalls: 'leader.answer',
  mayOrderTasks: 'task.order',
  mayReadPriors: 'prior.read',
  maySetClocks: 'clock.set',
  mayHoldMeetings: 'meeting.hold',
  mayReadDocuments: 'document.read',
  mayCheckMeetings: 'meeting.check',
  maySendUpward: 'upward.send',
  maySetPriors: 'prior.set',
  mayRunSimulator: 'simulator.run',
  mayManageUsers: 'user.manage',
  mayManageDevices: 'device.manage',
  mayReadAudit: 'audit.read',
  mayReadRetention: 'retention.read',
  maySetRetention: 'retention.set',
  mayHold: 'hold.place',
  mayReportOutcomes: 'outcome.report',
  mayReadClear: 'clear.read',
  mayWriteNotes: 'note.write',
  mayReadHandovers: 'handover.read',
  maySignHandovers: 'handover.sign',
  mayAnswerClear: 'clear.answer',
  mayReadReports: 'report.read',
  mayReplay: 'replay.open',
  mayReplayCentre: 'replay.centre',
  mayReview: 'replay.review',
  mayExportReports: 'report.export',
};

describe('rights', () => {
  it('show a role that works at the desk exactly the buttons that the policy allows it', () => {
    const deskRoles = roles.filter(role => !['wall', 'auditor', 'admin'].includes(role));
    for (const [name, action] of Object.entries(actionOf) as [Right, Action][]) {
      expect(
        deskRoles.filter(role => shows[name]?.(role)),
        name,
      ).toEqual(deskRoles.filter(role => rules[role][action] !== undefined));
    }
  });
});
