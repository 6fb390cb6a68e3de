import type { Case } from "./case.ts";
import { INERT } from "./cases/inert.ts";
import { LATE } from "./cases/late.ts";
import { LOOKUPS } from "./cases/lookups.ts";
import { MANIFESTS } from "./cases/manifests.ts";
import { MODULES } from "./cases/modules.ts";
import { OTHERS } from "./cases/others.ts";
import { PRESENCE } from "./cases/presence.ts";
import { READS } from "./cases/reads.ts";

/** Every case. */
export const CASES: readonly Case[] = [
  ...MODULES,
  ...MANIFESTS,
  ...LOOKUPS,
  ...READS,
  ...PRESENCE,
  ...OTHERS,
  ...LATE,
  ...INERT,
];
