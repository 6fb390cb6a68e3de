import { artifacts } from "./artifacts.ts";
import { disks } from "./disks.ts";
import { environments } from "./environments.ts";
import { hostile } from "./hostile.ts";
import { jobs } from "./jobs.ts";
import { matrix } from "./matrix.ts";
import { planted } from "./planted.ts";
import { type Cell, openStage, type Stage, type Wanted } from "./stage.ts";
import { writers } from "./writers.ts";

/** How much of a part is run. */
export interface Extent {
  /** A sample that takes seconds. */
  readonly short: boolean;
  /** Cells whose name holds this. */
  readonly only: string;
}

type Part = (stage: Stage, wanted: Wanted) => AsyncGenerator<Cell>;

/** The parts of the campaign. */
export const PARTS: Readonly<Record<string, Part>> = {
  remotes: matrix,
  outputs: hostile,
  artifacts,
  places: environments,
  disks,
  settings: planted,
  writers,
  jobs,
};

/** Runs the named parts, or all, each on a stage of its own; `onCell` is told of each cell as it ends. */
export async function campaign(
  names: readonly string[],
  { short, only }: Extent,
  onCell: (cell: Cell) => void = () => {},
): Promise<readonly Cell[]> {
  const cells: Cell[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const stage = await openStage();
    try {
      for await (const cell of part(stage, (text, inSample) => text.includes(only) && (inSample || !short))) {
        cells.push(cell);
        onCell(cell);
      }
    } finally {
      await stage.close();
    }
  }
  return cells;
}
