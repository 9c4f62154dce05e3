import type { ServiceDeps } from '../deps.ts';
import { sendDueSms } from '../services/sms/outbox.ts';
import type { Job } from './job.ts';

/** Hands messages to the gateway, where one is set up. */
export function smsJobs(deps: ServiceDeps): Job[] {
  const { sms } = deps;
  if (!sms) return [];
  return [
    {
      name: 'sendSms',
      everyMs: 1000,
      run: async signal => {
        const sent = await sendDueSms(deps, sms, signal);
        if (sent > 0) deps.log.info({ sent }, 'messages were handed to the gateway');
      },
    },
  ];
}
