/** The simulator of a demo, for those who lead trainings. In a real installation it does not exist. */
import { createRoute, z } from '@hono/zod-openapi';
import { simulatorBodySchema, simulatorViewSchema, trainingResultSchema } from '#contract/simulator.ts';
import { notFound } from '../services/guard.ts';
import type { Simulator } from '../sim/control.ts';
import { guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';

const get = createRoute({
  method: 'get',
  path: '/api/simulator',
  summary: 'What the simulator can play and plays now',
  ...guarded('simulator.run'),
  responses: { 200: jsonReply('The simulator', simulatorViewSchema), ...refusals },
});
const post = createRoute({
  method: 'post',
  path: '/api/simulator',
  summary: 'Start, pause, pace, stop; make a history',
  ...guarded('simulator.run'),
  request: { body: jsonBody(simulatorBodySchema) },
  responses: { 200: jsonReply('The simulator', simulatorViewSchema), ...refusals },
});
const training = createRoute({
  method: 'get',
  path: '/api/simulator/trainings/{id}',
  summary: 'How a training went, with the truth',
  ...guarded('simulator.run'),
  request: { params: z.object({ id: z.string() }) },
  responses: { 200: jsonReply('The training', trainingResultSchema), ...refusals },
});

export function simulatorRoutes({ simulator }: { simulator?: Simulator }) {
  const running = (): Simulator => {
    if (!simulator) throw notFound('simulator');
    return simulator;
  };
  return resource()
    .openapi(get, c => c.json(running().view(), 200))
    .openapi(post, async c => c.json(await running().obey(c.req.valid('json')), 200))
    .openapi(training, c => {
      const result = running().training(c.req.valid('param').id);
      if (!result) throw notFound('training');
      return c.json(result, 200);
    });
}
