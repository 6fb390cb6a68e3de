import { WITH_LOOKS } from "./looks.ts";
import { FIXED } from "./ours.ts";
import { PEERS } from "./peers.ts";
import type { Rule } from "./rule.ts";

/** Every rule, Benchgate's first. */
export const RULES: readonly Rule[] = [WITH_LOOKS, ...FIXED, ...PEERS];
