import type { Evidence, SubjectEvidence } from "../model/evidence.ts";
import { decodeEvidence } from "../report/html/decode.ts";
import { BLOCKS, type WireEvidence, type WireOverview } from "../report/html/wire.ts";
import { addressOf } from "./address.ts";
import { byId } from "./dom.ts";

/** What is known of one subject: the comparison whose rounds count, and the history it was held against, if any. */
export interface Exhibit {
  readonly rounds: Found | null;
  readonly history: Found | null;
}

/** A subject in the comparison that it belongs to. */
export interface Found {
  readonly evidence: Evidence;
  readonly subject: SubjectEvidence;
}

/** Finds what the verdicts rest on, by a subject's address. The data are read when they are first asked for. */
export function openArchive(overview: WireOverview): (address: string) => Exhibit {
  let known: ReadonlyMap<string, Exhibit> | null = null;
  return (address) => {
    known ??= index(decodeEvidence(JSON.parse(byId(BLOCKS.evidence).textContent) as WireEvidence, overview));
    return known.get(address) ?? { rounds: null, history: null };
  };
}

/** Where a subject was compared twice, the later comparison decided; the history stays worth seeing. */
function index(all: readonly Evidence[]): ReadonlyMap<string, Exhibit> {
  const found = new Map<string, Exhibit>();
  for (const evidence of all) {
    for (const subject of evidence.subjects) {
      const address = addressOf(subject);
      const here = { evidence, subject };
      const before = found.get(address)?.history ?? null;
      found.set(address, { rounds: here, history: subject.history.some((runs) => runs.length > 0) ? here : before });
    }
  }
  return found;
}
