/** A place in a workflow file. */
export type Path = readonly PropertyKey[];

/** A mapping of a workflow file, whatever it holds. */
type Mapping = Readonly<Record<string, unknown>>;

/** A step of a workflow that runs the gate, with what stands around it. */
export interface GateStep {
  readonly workflow: Mapping;
  readonly job: Mapping;
  readonly step: Mapping;
  readonly with: Mapping;
  readonly steps: readonly Mapping[];
  readonly jobPath: Path;
  readonly stepPath: Path;
}

/** The steps of a workflow that run the gate. */
export function gateSteps(value: unknown): readonly GateStep[] {
  const workflow = mapping(value);
  return Object.entries(mapping(workflow.jobs)).flatMap(([name, each]) => {
    const job = mapping(each);
    const steps = Array.isArray(job.steps) ? job.steps.map(mapping) : [];
    const jobPath = ["jobs", name];
    return steps.flatMap((step, index) =>
      /(^|\/)benchgate(\/[^@]*)?@/.test(uses(step))
        ? [{ workflow, job, step, with: mapping(step.with), steps, jobPath, stepPath: [...jobPath, "steps", index] }]
        : [],
    );
  });
}

/** A value as a mapping: an empty one where it is none. */
export function mapping(value: unknown): Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
}

/** The action that a step uses; empty where it uses none. */
export function uses(step: Mapping): string {
  return typeof step.uses === "string" ? step.uses : "";
}

/** The events of a workflow, however they are written. */
export function triggersOf(workflow: Mapping): Mapping {
  const on = workflow.on;
  if (typeof on === "string") return { [on]: null };
  if (Array.isArray(on)) return Object.fromEntries(on.map((event) => [String(event), null]));
  return mapping(on);
}

/** Whether an event starts the workflow of a step. */
export function runsOn({ workflow }: GateStep, event: string): boolean {
  return triggersOf(workflow)[event] !== undefined;
}

/** Whether permissions are written down and this one is not among them. Without any, the repository's own setting holds, which is not known. */
export function lacks({ workflow, job }: GateStep, scope: string, access: string): boolean {
  const permissions = job.permissions ?? workflow.permissions;
  if (permissions === undefined) return false;
  if (typeof permissions === "string") return permissions !== "write-all";
  return mapping(permissions)[scope] !== access;
}
