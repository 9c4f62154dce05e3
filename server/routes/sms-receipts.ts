import { createRoute } from '@hono/zod-openapi';
import { CodedError } from '#contract/errors.ts';
import { smsReceiptsBodySchema, smsReceiptsReplySchema } from '#contract/lines.ts';
import { machineClock } from '../clock.ts';
import type { AppDeps } from '../deps.ts';
import { invalidBody } from '../http/errors.ts';
import { isSigned } from '../http/signature.ts';
import { takeReceipts } from '../services/sms/receipt.ts';
import { guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';

const receipts = createRoute({
  method: 'post',
  path: '/feeds/sms-receipts',
  summary: 'What became of messages: from the gateway, by its token and signed over time, nonce and body',
  ...guarded('sms.receipt'),
  // Checked here by hand: the signature is over the bytes, before anything reads them.
  request: { body: { ...jsonBody(smsReceiptsBodySchema), required: false } },
  responses: { 200: jsonReply('Taken in', smsReceiptsReplySchema), ...refusals },
});

export const smsReceiptRoutes = (deps: AppDeps) => {
  const routes = resource();
  routes.openAPIRegistry.registerPath(receipts);
  return routes.post(receipts.path, receipts.middleware, async c => {
    const text = await c.req.text();
    const key = deps.sms?.key;
    const header = (name: string) => c.req.header(name);
    if (key === undefined || !isSigned(key, text, header, machineClock(deps.clock).now()))
      throw new CodedError('unauthenticated', 'the receipts are not signed by the gateway, or not now');
    const body = smsReceiptsBodySchema.safeParse(parsed(text));
    if (!body.success) throw invalidBody(body.error, 'body');
    return c.json(await takeReceipts(deps, { actor: c.get('actor') }, body.data.receipts), 200);
  });
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CodedError('invalidBody', 'the body is not valid JSON; expected {"receipts": […]}');
  }
}
