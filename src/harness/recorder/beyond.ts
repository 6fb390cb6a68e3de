import process from "node:process";
import workers from "node:worker_threads";
import { type Note, pathOf } from "./note.ts";
import { binding, type Holder, wrap } from "./wrap.ts";

/** An address that is this machine's own, where nobody has to be asked for it. */
const OWN = /^(?:localhost|127(?:\.\d+){3}|::1)$/;

type Prototype = { readonly prototype?: unknown };

/** Notes a refusal for whatever can read what no note tells of: the network, other processes, native code, threads that are not watched. */
export function watchBeyond(note: Note): void {
  const { BENCHGATE_TOUCHED: file, NODE_OPTIONS: nodeOptions } = process.env;
  const refuse = (why: string) => () => note("refuse", why);
  const { Process } = binding("process_wrap") as { Process?: Prototype };
  const spawns = ([options]: readonly unknown[]) =>
    note("refuse", `starts a process (${String((options as Holder | undefined)?.file)})`);
  wrap(Process?.prototype, "spawn", spawns);
  wrap(binding("spawn_sync"), "spawn", spawns);
  wrap(process, "execve", refuse("starts a process (execve)"));
  wrap(process, "dlopen", ([, file]) => note("refuse", `loads native code (${String(file)})`));

  watchNetwork(note);
  wrap(workers, "Worker", ([script, given]) => {
    const options = (given ?? {}) as { execArgv?: unknown; env?: unknown; eval?: unknown };
    const isWatched = process.env.BENCHGATE_TOUCHED === file && process.env.NODE_OPTIONS === nodeOptions;
    if (options.execArgv || options.env || !isWatched)
      note("refuse", "starts a thread with arguments or an environment of its own");
    const path = options.eval ? null : pathOf(script);
    if (path !== null) note("touch", path);
  });
  wrap(process, "chdir", refuse("changes its working folder"));
  for (const name of ["binding", "_linkedBinding"]) {
    wrap(process, name, ([id]) => note("refuse", `takes hold of Node's inside (process.${name} ${String(id)})`));
  }
}

/** A server of this process itself is the same code on both sides; any other knows things that no tree tells. */
function watchNetwork(note: Note): void {
  const own = new Set<unknown>();
  const { TCP } = binding("tcp_wrap") as { TCP?: Prototype };
  wrap(TCP?.prototype, "listen", (_, self) => own.add(portOf(self)));
  for (const name of ["connect", "connect6"]) {
    wrap(TCP?.prototype, name, ([, address, port]) => {
      if (!own.has(port) || !OWN.test(String(address)))
        note("refuse", `connects to ${String(address)}:${String(port)}`);
    });
  }
  const { Pipe } = binding("pipe_wrap") as { Pipe?: Prototype };
  wrap(Pipe?.prototype, "connect", ([, name]) => note("refuse", `connects to ${String(name)}`));
  const { UDP } = binding("udp_wrap") as { UDP?: Prototype };
  for (const name of ["send", "send6", "connect", "connect6"]) {
    wrap(UDP?.prototype, name, () => note("refuse", "sends UDP"));
  }
  const names = binding("cares_wrap") as Holder & { ChannelWrap?: { readonly prototype?: object } };
  for (const name of ["getaddrinfo", "getnameinfo"]) {
    wrap(names, name, ([, host]) => {
      if (!OWN.test(String(host))) note("refuse", `looks up ${String(host)}`);
    });
  }
  // These ask a name server by themselves.
  const { prototype: channel } = names.ChannelWrap ?? {};
  for (const name of Object.getOwnPropertyNames(channel ?? {})) {
    if (/^(?:query|getHostBy)/.test(name))
      wrap(channel, name, ([, host]) => note("refuse", `looks up ${String(host)}`));
  }
}

function portOf(handle: unknown): unknown {
  const told: Holder = {};
  try {
    (handle as { getsockname(into: Holder): unknown }).getsockname(told);
  } catch {
    return null;
  }
  return told.port ?? null;
}
