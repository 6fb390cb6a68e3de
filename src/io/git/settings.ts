import type { Checkout, ScopedSetting } from "./checkout.ts";
import type { GitSetting } from "./environment.ts";

/**
 * Which settings of a checkout git is given again. Each list names what it takes, so that whatever is new in git, or planted, is left out.
 * Keys are as `git config --list` has them: section and name in lower case.
 */

/** How files and history are laid out: nothing in here starts a program or names a place. */
const LAYOUT =
  /^(?:core\.(?:filemode|symlinks|ignorecase|precomposeunicode|autocrlf|eol|safecrlf|checkroundtripencoding|longpaths|protecthfs|protectntfs|bigfilethreshold|sparsecheckout|sparsecheckoutcone|warnambiguousrefs|commitgraph|multipackindex|packedgitlimit|packedgitwindowsize|deltabasecachelimit)|index\.sparse|branch\..+\.(?:remote|merge)|remote\..+\.fetch|remote\.pushdefault|push\.default)$/;

/** What tells git that objects may be missing here, and on which remote they are. */
const PARTIAL = /^remote\..+\.(?:promisor|partialclonefilter)$/;

/** The filters that files go through on their way into a working tree, and what git-lfs needs. */
const FILTERS = /^(?:filter\..+\.(?:clean|smudge|process|required)|lfs\..+|remote\..+\.lfs(?:push)?url)$/;

/** What git-lfs starts. */
const LFS_PROGRAMS = /^lfs\.(?:customtransfer\..+|extension\..+|standalonetransferagent|.+\.standalonetransferagent)$/;

/** How a remote is reached by the means of the user. */
const CONNECTION =
  /^(?:http|credential|ssh)\.|^core\.(?:sshcommand|askpass|gitproxy)$|^remote\.origin\.(?:proxy|proxyauthmethod|uploadpack|receivepack)$/;
const HEADER = /^http\.(?:.+\.)?extraheader$/;

/** Of a connection, what starts a program. */
const STARTING =
  /^credential\.(?:.+\.)?helper$|^core\.(?:sshcommand|askpass|gitproxy)$|^remote\.origin\.(?:uploadpack|receivepack)$/;

/** Of the checkout's own settings for HTTP, what neither leads elsewhere nor trusts anybody else. */
const TUNING =
  /^http\.(?:.+\.)?(?:extraheader|version|postbuffer|lowspeedlimit|lowspeedtime|maxrequests|useragent|sslcert|sslkey)$/;

/** A proxy sees nothing of what goes through it to an https address. */
const PROXY = /^(?:http\.(?:.+\.)?|remote\.origin\.)(?:proxy|proxyauthmethod)$/;

/** Whether a setting belongs to the checkout, where what the job runs can write it. */
function isOwn({ scope }: ScopedSetting): boolean {
  return scope === "local" || scope === "worktree";
}

/** How files are laid out in this checkout. */
export function layoutSettings({ settings }: Checkout): readonly GitSetting[] {
  return pick(settings, ({ key }) => LAYOUT.test(key) || PARTIAL.test(key));
}

/** What tells git that objects may be missing here. */
export function partialSettings({ settings }: Checkout): readonly GitSetting[] {
  return pick(settings, ({ key }) => PARTIAL.test(key));
}

/** The filters that were there. */
export function filterSettings({ settings }: Checkout): readonly GitSetting[] {
  return pick(settings, ({ key }) => FILTERS.test(key));
}

/** What git-lfs needs to fetch, and whether some of it starts a program. */
export function lfsSettings({ settings }: Checkout): {
  readonly settings: readonly GitSetting[];
  readonly starting: boolean;
} {
  const all = settings.filter(({ key }) => FILTERS.test(key) && !key.startsWith("filter."));
  return { settings: pick(all, () => true), starting: all.some(({ key }) => LFS_PROGRAMS.test(key)) };
}

/** Whether git-lfs was set up. */
export function hasLfs({ settings }: Checkout): boolean {
  return settings.some(({ key, value }) => /^filter\.lfs\.(?:smudge|process)$/.test(key) && value !== "");
}

/** The means of the user, with the programs that they may start. Headers are left out: what starts a program is shown no secret. */
export function connectionSettings({ settings }: Checkout): {
  readonly settings: readonly GitSetting[];
  /** Programs that the checkout's own settings name, and that any settings name. */
  readonly own: boolean;
  readonly any: boolean;
} {
  const starting = settings.filter(({ key, value }) => STARTING.test(key) && value !== "");
  return {
    settings: pick(settings, ({ key }) => CONNECTION.test(key) && !HEADER.test(key)),
    own: starting.some(isOwn),
    any: starting.length > 0,
  };
}

/**
 * What a request over HTTP to an address needs that carries a secret: nothing that starts a program, nothing of the checkout's that leads
 * elsewhere. A header for every server becomes one for the address' own: git-lfs goes where a file of the tree sends it.
 */
export function httpSettings({ settings }: Checkout, { origin, protocol }: URL): readonly GitSetting[] {
  const wanted = pick(settings, (setting) => {
    if (isOwn(setting)) return TUNING.test(setting.key) || (protocol === "https:" && PROXY.test(setting.key));
    return setting.key.startsWith("http.") || PROXY.test(setting.key);
  });
  return wanted.map(([key, value]) => [key === "http.extraheader" ? `http.${origin}/.extraheader` : key, value]);
}

/** The folders that the user trusts although they belong to somebody else. */
export function safeFolders({ settings }: Checkout): readonly string[] {
  return settings.filter((each) => each.key === "safe.directory" && !isOwn(each)).map(({ value }) => value);
}

/** The version of the repository's format and its extensions, which git takes from the repository's own file alone. */
export function formatSettings({ settings }: Checkout): readonly GitSetting[] {
  // Settings of one working tree are what we do without.
  const wanted = /^core\.repositoryformatversion$|^extensions\.(?!worktreeconfig$)[a-z0-9-]+$/;
  return pick(settings.filter(isOwn), ({ key }) => wanted.test(key));
}

/** Whether this is a partial clone: objects may be missing here that the remote has. */
export function isPartial({ settings }: Checkout): boolean {
  return settings.some(
    ({ key, value }) => key === "extensions.partialclone" || (/^remote\..+\.promisor$/.test(key) && value === "true"),
  );
}

/** Whether only a part of the files is checked out. */
export function isSparse({ settings }: Checkout): boolean {
  return settings.findLast(({ key }) => key === "core.sparsecheckout")?.value === "true";
}

function pick(settings: readonly ScopedSetting[], wanted: (setting: ScopedSetting) => boolean): readonly GitSetting[] {
  return settings.filter(wanted).map(({ key, value }): GitSetting => [key, value]);
}
