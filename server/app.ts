/** The HTTP application: middleware in order, then the routes. Knows no socket; tests call `app.request`. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { CodedError } from '#contract/errors.ts';
import { TokenDirectory } from './auth/token-directory.ts';
import type { AppDeps } from './deps.ts';
import { authenticate, deviceRate } from './http/authenticate.ts';
import { clientFiles } from './http/client-files.ts';
import { compressJson, tellLength } from './http/compress.ts';
import { errorHandler, errorResponse } from './http/errors.ts';
import { observeRequests } from './http/metrics.ts';
import { RateLimiter } from './http/rate-limit.ts';
import { requestId } from './http/request-id.ts';
import { refuseCrossSite, securityHeaders } from './http/security.ts';
import type { AppEnv } from './http/types.ts';
import { alertRoutes } from './routes/alerts.ts';
import { feedRoutes } from './routes/feeds.ts';
import { healthRoutes } from './routes/health.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { openApiRoute } from './routes/openapi.ts';
import { referenceRoutes } from './routes/reference.ts';
import { roadRoutes } from './routes/road.ts';
import { sessionRoutes } from './routes/session.ts';
import { streamRoutes } from './routes/stream.ts';
import { tileRoutes } from './routes/tiles.ts';
import { traceRoutes } from './routes/trace.ts';
import { unitRoutes } from './routes/units.ts';
import { userRoutes } from './routes/users.ts';

const megabyte = 1_000_000;
const tooLarge = (most: number) => () => {
  throw new CodedError('tooLarge', `the body is larger than ${most / megabyte} MB`);
};

/** Builds the application. `AppType` is what the typed client is made from. */
export function createApp(deps: AppDeps) {
  const { metrics } = deps;
  const directory = new TokenDirectory(deps);
  const app = new OpenAPIHono<AppEnv>();
  app.onError(errorHandler(deps.log));
  app.notFound(c => errorResponse(c, new CodedError('notFound', 'no such address')));
  app.use(requestId(deps.randomBytes));
  app.use(securityHeaders(deps.https));
  app.use(observeRequests(metrics, deps.log));
  app.use('/api/*', compressJson, tellLength);
  app.use('/api/*', bodyLimit({ maxSize: megabyte, onError: tooLarge(megabyte) }));
  app.use('/feeds/*', bodyLimit({ maxSize: 20 * megabyte, onError: tooLarge(20 * megabyte) }));
  app.use(refuseCrossSite);
  const identify = authenticate(directory, metrics, new RateLimiter(deps.clock, deviceRate));
  app.use('/api/*', identify);
  app.use('/feeds/*', identify);

  const routes = app
    .route('/', healthRoutes(deps))
    .route('/', sessionRoutes(deps, directory))
    .route('/', alertRoutes(deps))
    .route('/', incidentRoutes(deps))
    .route('/', traceRoutes(deps))
    .route('/', unitRoutes(deps))
    .route('/', userRoutes(deps))
    .route('/', referenceRoutes(deps))
    .route('/', roadRoutes(deps))
    .route('/', streamRoutes(deps.live))
    .route('/', feedRoutes(deps.live))
    .route('/', tileRoutes(deps));
  openApiRoute(routes);
  if (deps.clientDir !== undefined) app.route('/', clientFiles(deps.clientDir));
  return routes;
}

export type AppType = ReturnType<typeof createApp>;
