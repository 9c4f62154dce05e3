import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import type { Logger } from '../log.ts';
import type { AppEnv } from './types.ts';

/** Counters and gauges for Prometheus. Labels are few and known; nothing about a person ever becomes one. */
export class Metrics {
  readonly #counters = new Map<string, number>();
  readonly #gauges = new Map<string, () => number>();

  /** `labels`: name="value" pairs already in order. */
  count(name: string, labels = '', by = 1): void {
    const key = labels ? `${name}{${labels}}` : name;
    this.#counters.set(key, (this.#counters.get(key) ?? 0) + by);
  }

  /** A value that is read when somebody asks. */
  gauge(name: string, read: () => number): void {
    this.#gauges.set(name, read);
  }

  /** The text exposition format, version 0.0.4. */
  render(): string {
    const lines: string[] = [];
    const typed = new Set<string>();
    for (const [key, value] of [...this.#counters].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const name = key.split('{')[0]!;
      if (!typed.has(name)) lines.push(`# TYPE ${name} counter`);
      typed.add(name);
      lines.push(`${key} ${value}`);
    }
    for (const [name, read] of this.#gauges) lines.push(`# TYPE ${name} gauge`, `${name} ${read()}`);
    return `${lines.join('\n')}\n`;
  }
}

/** Counts each request, and logs it by its route's pattern: a path or query could hold what no log may. */
export const observeRequests = (metrics: Metrics, log: Logger) =>
  createMiddleware<AppEnv>(async (c, next) => {
    const started = performance.now();
    await next();
    const route = routePath(c, -1);
    const { status } = c.res;
    metrics.count('jianmian_http_requests_total', `method="${c.req.method}",status="${status}"`);
    const ms = Math.round(performance.now() - started);
    log.debug({ requestId: c.get('requestId'), method: c.req.method, route, status, ms });
  });
