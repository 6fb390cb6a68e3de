/** The root of the tree in which a side's folder lies at `below` ("" at the root), `/` as separator. */
export function rootOf(cwd: string, below: string): string {
  const path = cwd.replaceAll("\\", "/");
  return below !== "" && path.endsWith(`/${below}`) ? path.slice(0, -below.length - 1) : path;
}
