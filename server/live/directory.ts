/** Which units and devices there are: in memory, since every ping asks. */
import type { DeviceEntry, UnitEntry } from '../../db/queries/device-directory.ts';
import type { Clock } from '../clock.ts';

export type { DeviceEntry, UnitEntry } from '../../db/queries/device-directory.ts';

export interface DirectorySource {
  units(ids?: readonly string[]): Promise<UnitEntry[]>;
  devices(identifiers?: readonly string[]): Promise<DeviceEntry[]>;
}

/** For this long an unknown name is not looked up again: a stray device must not become a query for every ping. */
const unknownForMs = 2000;
const maxUnknown = 10_000;

export class Directory {
  readonly #source: DirectorySource;
  readonly #clock: Clock;
  #units = new Map<string, UnitEntry>();
  #devices = new Map<string, DeviceEntry[]>();
  readonly #unknownUntil = new Map<string, number>();

  constructor(source: DirectorySource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** Reads everything again: at start, when the log tells of a new unit or device, and now and then for revocations. */
  async refresh(): Promise<void> {
    const [units, devices] = [await this.#source.units(), await this.#source.devices()];
    this.#units = new Map(units.map(unit => [unit.unitId, unit]));
    this.#devices = Map.groupBy(devices, device => device.identifier);
    this.#unknownUntil.clear();
  }

  unit(unitId: string): UnitEntry | undefined {
    return this.#units.get(unitId);
  }

  /** Devices with this identifier, one a protocol at most. */
  devicesNamed(identifier: string): readonly DeviceEntry[] {
    return this.#devices.get(identifier) ?? [];
  }

  /** Looks up those of the names that are not here yet: a device may report a moment after it was registered. */
  async ensure(unitIds: Iterable<string>, identifiers: Iterable<string>): Promise<void> {
    const devices = this.#missing('device', identifiers, name => this.#devices.has(name));
    if (devices.length > 0) {
      const found = await this.#source.devices(devices);
      for (const [name, entries] of Map.groupBy(found, device => device.identifier))
        this.#devices.set(name, entries);
      this.#lookedUp('device', devices);
    }
    const carried = devices.flatMap(name => this.devicesNamed(name).flatMap(device => device.unitId ?? []));
    const units = this.#missing('unit', [...unitIds, ...carried], id => this.#units.has(id));
    if (units.length > 0) {
      for (const unit of await this.#source.units(units)) this.#units.set(unit.unitId, unit);
      this.#lookedUp('unit', units);
    }
  }

  #missing(what: string, names: Iterable<string>, isHere: (name: string) => boolean): string[] {
    const now = this.#clock.now();
    return [...new Set(names)].filter(
      name => !isHere(name) && !((this.#unknownUntil.get(`${what} ${name}`) ?? 0) > now),
    );
  }

  /** Only after the store answered: a failed look must not make a known device unknown. */
  #lookedUp(what: string, names: readonly string[]): void {
    if (this.#unknownUntil.size > maxUnknown) this.#unknownUntil.clear();
    for (const name of names) this.#unknownUntil.set(`${what} ${name}`, this.#clock.now() + unknownForMs);
  }
}
