import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AppEnv } from '../http/types.ts';

const info = {
  title: 'Jianmian',
  version: '1',
  description:
    'Positions are WGS-84 {"lng","lat"}; inputs may name another system as "crs". Times are ISO 8601 with offset. ' +
    'People sign in with a cookie, devices send Authorization: Bearer. x-policy names the action that a route needs.',
};

/** The document of all routes, made from the same schemas that check requests. */
export function openApiRoute(app: OpenAPIHono<AppEnv>): void {
  let document: unknown;
  app.get('/api/openapi.json', c => {
    document ??= app.getOpenAPI31Document({ openapi: '3.1.0', info }, { unionPreferredType: 'oneOf' });
    return c.json(document as Record<string, unknown>);
  });
}
