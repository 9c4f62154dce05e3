import { builtIdOf } from './manifest.ts';
import type { InstalledRegion } from './store.ts';

/**
 * The region that this server works with. Its tables may be replaced while the server runs; roads and basemap are the
 * ones it started with.
 */
export class RegionInUse {
  #current: InstalledRegion | null;
  #restartNeeded = false;

  constructor(current: InstalledRegion | null) {
    this.#current = current;
  }

  /** Null: none was installed when the server started. */
  get current(): InstalledRegion | null {
    return this.#current;
  }

  /** A version with other roads is installed; it is taken up when the server is started again. */
  get restartNeeded(): boolean {
    return this.#restartNeeded;
  }

  /** Whether the server can take the version up as it runs. */
  fits(region: InstalledRegion): boolean {
    return this.#current !== null && builtIdOf(this.#current.manifest) === builtIdOf(region.manifest);
  }

  /** The version that is installed now, and in the database if it fits. Others wait for a restart. */
  replace(region: InstalledRegion): void {
    this.#restartNeeded = !this.fits(region);
    if (!this.#restartNeeded) this.#current = region;
  }
}
