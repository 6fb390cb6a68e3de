import type { Direction } from "./measurement.ts";
import type { StatisticName } from "./statistic.ts";

/** One statistic of one metric of one benchmark: what is judged, followed through a history or searched for. */
export interface RowName {
  readonly suite: string;
  readonly benchmark: string;
  readonly metric: string;
  readonly statistic: StatisticName;
  readonly unit: string;
  readonly better: Direction;
}
