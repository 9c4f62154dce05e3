/** An outside road engine is asked first; whenever it does not answer, our own does, and the log says so. */
import type { RoadService } from '#road/service.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import { ValhallaError } from './http.ts';

/** So long nobody waits again for an engine that was away. */
const restMs = 15_000;

interface OutsideRoadsDeps {
  service: RoadService;
  clock: Clock;
  log: Logger;
}

export class OutsideRoads {
  readonly #deps: OutsideRoadsDeps;
  #awayUntilMs = -Infinity;
  #isAway = false;

  constructor(deps: OutsideRoadsDeps) {
    this.#deps = deps;
  }

  /** The outside engine as long as it works, and `own` in its place when it does not. */
  orElse(own: RoadService): RoadService {
    const ask = async <T>(question: (service: RoadService) => Promise<T>): Promise<T> => {
      if (this.#deps.clock.now() < this.#awayUntilMs) return question(own);
      try {
        const answer = await question(this.#deps.service);
        this.#works();
        return answer;
      } catch (error) {
        if (!(error instanceof ValhallaError)) throw error;
        this.#fails(error);
        return question(own);
      }
    };
    return {
      matrix: (from, to) => ask(service => service.matrix(from, to)),
      route: (from, to) => ask(service => service.route(from, to)),
      isochrone: (from, limitS) => ask(service => service.isochrone(from, limitS)),
      nearest: (target, sources, limit) => ask(service => service.nearest(target, sources, limit)),
    };
  }

  #works(): void {
    if (this.#isAway) this.#deps.log.info('the outside road engine answers again');
    this.#isAway = false;
  }

  #fails(error: ValhallaError): void {
    const { clock, log } = this.#deps;
    if (!error.away) {
      log.warn({ error }, 'the outside road engine refused a question; our own answers it');
      return;
    }
    this.#isAway = true;
    this.#awayUntilMs = clock.now() + restMs;
    log.warn({ error }, `the outside road engine is away; our own answers for the next ${restMs / 1000} s`);
  }
}
