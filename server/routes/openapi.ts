import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { AppEnv } from '../http/types.ts';
import { jsonReply, open } from './define.ts';

const info = {
  title: 'Jianmian',
  version: '1',
  description:
    'Positions are WGS-84 {"lng","lat"}; inputs may name another system as "crs". Times are ISO 8601 with offset. ' +
    'People sign in with a cookie, devices send Authorization: Bearer. x-policy names the action that a route needs.',
};

const self = createRoute({
  method: 'get',
  path: '/api/openapi.json',
  summary: 'This document',
  ...open,
  responses: { 200: jsonReply('OpenAPI 3.1', z.looseObject({ openapi: z.string() })) },
});

/** The document of all routes, made from the same schemas that check requests. */
export function openApiRoute(app: OpenAPIHono<AppEnv>): void {
  let document: { openapi: string } | undefined;
  app.openapi(self, c => {
    document ??= app.getOpenAPI31Document({ openapi: '3.1.0', info }, { unionPreferredType: 'oneOf' });
    return c.json(document as { openapi: string } & Record<string, unknown>, 200);
  });
}
