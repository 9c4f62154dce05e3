/** The HTTP application: middleware in order, then the routes. Knows no socket; tests call `app.request`. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { CodedError } from '#contract/errors.ts';
import { TokenDirectory } from './auth/token-directory.ts';
import { machineClock } from './clock.ts';
import type { AppDeps } from './deps.ts';
import { plainSignIn } from './auth/sign-in-settings.ts';
import { auditRefusals } from './http/audit-refusals.ts';
import { authenticate, deviceRate, strangerRate } from './http/authenticate.ts';
import { clientFiles } from './http/client-files.ts';
import { compressJson, tellLength } from './http/compress.ts';
import { errorHandler, errorResponse } from './http/errors.ts';
import { limitBodies, limitSessions } from './http/limits.ts';
import { observeRequests } from './http/metrics.ts';
import { identifyPeer } from './http/peer.ts';
import { RateLimiter } from './http/rate-limit.ts';
import { requestId } from './http/request-id.ts';
import { refuseCrossSite, refuseNul, securityHeaders } from './http/security.ts';
import type { AppEnv } from './http/types.ts';
import { Roads } from './live/roads.ts';
import { accountRoutes } from './routes/account.ts';
import { addressRoutes } from './routes/addresses.ts';
import { alertRoutes } from './routes/alerts.ts';
import { breakGlassRoutes } from './routes/break-glass.ts';
import { auditRoutes } from './routes/audit.ts';
import { clockRoutes } from './routes/clocks.ts';
import { closureRoutes } from './routes/closures.ts';
import { deviceRoutes } from './routes/devices.ts';
import { documentRoutes } from './routes/documents.ts';
import { exportRoutes } from './routes/exports.ts';
import { feedRoutes } from './routes/feeds.ts';
import { fieldRoutes } from './routes/field.ts';
import { healthRoutes } from './routes/health.ts';
import { homeRoutes } from './routes/homes.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { clearRoutes } from './routes/clear.ts';
import { outcomeRoutes } from './routes/outcomes.ts';
import { bookmarkRoutes } from './routes/bookmarks.ts';
import { replayRoutes } from './routes/replay.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { whatIfRoutes } from './routes/what-if.ts';
import { Checkpoints } from './replay/checkpoints.ts';
import { reportRoutes } from './routes/reports.ts';
import { intakeRoutes } from './routes/intake.ts';
import { contactRoutes } from './routes/contacts.ts';
import { handoverRoutes } from './routes/handovers.ts';
import { noteRoutes } from './routes/notes.ts';
import { lineRoutes } from './routes/lines.ts';
import { requestRoutes } from './routes/requests.ts';
import { smsReceiptRoutes } from './routes/sms-receipts.ts';
import { orderRoutes } from './routes/orders.ts';
import { meetingRoutes } from './routes/meetings.ts';
import { openApiRoute } from './routes/openapi.ts';
import { layerRoutes } from './routes/layers.ts';
import { posteriorRoutes } from './routes/posterior.ts';
import { priorRoutes } from './routes/priors.ts';
import { referenceRoutes } from './routes/reference.ts';
import { retentionRoutes } from './routes/retention.ts';
import { revisitRoutes } from './routes/revisits.ts';
import { roadRoutes } from './routes/road.ts';
import { rosterRoutes } from './routes/roster.ts';
import { sessionRoutes } from './routes/session.ts';
import { simulatorRoutes } from './routes/simulator.ts';
import { speedRoutes } from './routes/speeds.ts';
import { spotCheckRoutes } from './routes/spot-checks.ts';
import { bankRoutes } from './routes/banks.ts';
import { stopPaymentRoutes } from './routes/stop-payments.ts';
import { streamRoutes } from './routes/stream.ts';
import { taskRoutes } from './routes/tasks.ts';
import { tileRoutes } from './routes/tiles.ts';
import { traceRoutes } from './routes/trace.ts';
import { trackRoutes } from './routes/tracks.ts';
import { trustRoutes } from './routes/trust.ts';
import { unitRoutes } from './routes/units.ts';
import { upwardRoutes } from './routes/upward.ts';
import { userRoutes } from './routes/users.ts';
import { Quarantine } from './services/device/quarantine.ts';
import { DeviceUse } from './services/device/use.ts';
import { wallPinRoutes } from './routes/wall-pin.ts';

/** Builds the application. `AppType` is what the typed client is made from. */
export function createApp(deps: AppDeps) {
  const { metrics } = deps;
  const use = new DeviceUse(deps);
  const quarantine = new Quarantine(deps, metrics);
  const directory = new TokenDirectory(deps, deviceId => use.note(deviceId));
  const app = new OpenAPIHono<AppEnv>();
  app.onError(errorHandler(deps.log));
  app.notFound(c => errorResponse(c, new CodedError('notFound', 'no such address')));
  app.use(requestId(deps.randomBytes));
  app.use(securityHeaders(deps.https));
  app.use(observeRequests(metrics, deps.log));
  app.use(identifyPeer({ settings: deps.signIn ?? plainSignIn, metrics, log: deps.log }));
  app.use('/api/*', compressJson, tellLength);
  app.use(limitBodies());
  app.use(refuseCrossSite, refuseNul);
  const { router, live, clock } = deps;
  const roads = deps.roads ?? new Roads({ router, world: () => live.world(), clock });
  const devices = new RateLimiter(machineClock(deps.clock), deviceRate);
  const strangers = new RateLimiter(machineClock(deps.clock), strangerRate);
  const identify = authenticate({ directory, metrics, quarantine, devices, strangers });
  const refusals = auditRefusals(deps);
  app.use('/api/*', identify, refusals, limitSessions(deps.clock));
  app.use('/feeds/*', identify, refusals);

  const checkpoints = new Checkpoints();
  const routes = app
    .route('/', healthRoutes(deps))
    .route('/', sessionRoutes(deps))
    .route('/', accountRoutes(deps, directory))
    .route('/', addressRoutes(deps))
    .route('/', homeRoutes(deps))
    .route('/', alertRoutes(deps))
    .route('/', intakeRoutes(deps))
    .route('/', lineRoutes(deps))
    .route('/', noteRoutes(deps))
    .route('/', handoverRoutes(deps))
    .route('/', requestRoutes(deps))
    .route('/', contactRoutes(deps))
    .route('/', smsReceiptRoutes(deps))
    .route('/', incidentRoutes(deps))
    .route('/', traceRoutes(deps))
    .route('/', breakGlassRoutes(deps))
    .route('/', wallPinRoutes(deps))
    .route('/', posteriorRoutes(deps))
    .route('/', taskRoutes(deps))
    .route('/', orderRoutes(deps))
    .route('/', meetingRoutes(deps))
    .route('/', documentRoutes(deps))
    .route('/', revisitRoutes(deps))
    .route('/', spotCheckRoutes(deps))
    .route('/', trustRoutes(deps))
    .route('/', upwardRoutes(deps))
    .route('/', clockRoutes(deps))
    .route('/', stopPaymentRoutes(deps))
    .route('/', bankRoutes(deps))
    .route('/', outcomeRoutes(deps))
    .route('/', clearRoutes(deps))
    .route('/', reportRoutes(deps))
    .route('/', replayRoutes(deps, checkpoints))
    .route('/', whatIfRoutes(deps, checkpoints))
    .route('/', bookmarkRoutes(deps))
    .route('/', reviewRoutes(deps))
    .route('/', priorRoutes(deps))
    .route('/', fieldRoutes(deps))
    .route('/', unitRoutes(withClosures(deps, roads)))
    .route('/', rosterRoutes(deps))
    .route('/', trackRoutes(deps))
    .route('/', userRoutes(deps))
    .route('/', deviceRoutes(deps, { directory, use, quarantine }))
    .route('/', referenceRoutes(deps))
    .route('/', layerRoutes(deps))
    .route('/', roadRoutes(withClosures(deps, roads)))
    .route('/', closureRoutes(deps, roads))
    .route('/', speedRoutes(deps, roads))
    .route('/', simulatorRoutes(deps))
    .route('/', auditRoutes(deps))
    .route('/', retentionRoutes(deps))
    .route('/', exportRoutes(deps))
    .route('/', streamRoutes(deps.live))
    .route('/', feedRoutes({ pipeline: deps.live.pipeline, quarantine }))
    .route('/', tileRoutes(deps));
  openApiRoute(routes);
  if (deps.clientDir !== undefined) app.route('/', clientFiles(deps.clientDir));
  return routes;
}

/** For routes that ask for ways: the router is then each time the one of the moment. */
const withClosures = (deps: AppDeps, roads: Roads): AppDeps => ({
  ...deps,
  get router() {
    return roads.current();
  },
});

export type AppType = ReturnType<typeof createApp>;
