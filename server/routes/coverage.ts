import type { CoverageView } from '#contract/reference.ts';
import { CodedError } from '#contract/errors.ts';
import { readReference } from '../region/versions.ts';
import { coverageOf } from '../region/coverage.ts';
import type { AppDeps } from '../deps.ts';

/** The coverage of the cameras in use, worked out once a version. */
export class CoverageBook {
  readonly #deps: Pick<AppDeps, 'region' | 'router'>;
  #known: { regionId: string; view: Promise<CoverageView> } | null = null;

  constructor(deps: Pick<AppDeps, 'region' | 'router'>) {
    this.#deps = deps;
  }

  /** Throws notFound without a region. */
  current(): Promise<CoverageView> {
    const { region, router } = this.#deps;
    const installed = region.current;
    if (!installed || !router) throw new CodedError('notFound', 'no region is installed');
    const regionId = installed.manifest.id;
    if (this.#known?.regionId !== regionId) {
      const view = readReference(installed).then(({ cameras }) => coverageOf(router.graph, cameras));
      this.#known = { regionId, view };
      view.catch(() => (this.#known = null));
    }
    return this.#known.view;
  }
}
