import { staleFiles } from "../../scripts/current.ts";

/**
 * Refuses to test bundles that are not what src/ builds. By content: a checkout gives files any age.
 *
 * Note: nothing is built in place. dist/ is committed, and whoever has changed src/ must see that it changed.
 */
export function setup(): void {
  const stale = staleFiles();
  if (stale.length === 0) return;
  throw new Error(
    `The end-to-end tests run dist/, and ${stale.join(", ")} there is not what src/ builds. Run \`npm run build\` first; \`npm run test:unit\` needs no build.`,
  );
}
