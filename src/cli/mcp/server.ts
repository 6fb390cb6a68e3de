import { GateError } from "../../model/error.ts";
import { CODES, type Id, linesOf, type Message, parseMessage, RefusedError, recordOf } from "./messages.ts";

/** What a tool found: words for whoever reads, and the same as data that fit its `outputSchema`. */
export interface ToolAnswer {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A JSON schema of an object. */
export type ObjectSchema = Readonly<Record<string, unknown>> & { readonly type: "object" };

/** What a client may ask for. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema: ObjectSchema;
  /** Whether it only looks: it runs no command of the repository, and writes nothing. */
  readonly readsOnly: boolean;
  /** Throws a `GateError` where the client, or who it works for, must change something. */
  readonly call: (given: Readonly<Record<string, unknown>>, call: Call) => Promise<ToolAnswer>;
}

/** One call of a tool. */
export interface Call {
  /** Aborts where the client no longer wants the answer. */
  readonly signal: AbortSignal;
  /** Says how far it is; nobody may be listening. */
  readonly progress: (message: string) => void;
}

/** How the server speaks with its client. */
export interface Connection {
  readonly input: AsyncIterable<Uint8Array>;
  readonly send: (line: string) => void;
  readonly version: string;
}

/** The revisions of the protocol that this server speaks, newest first: what it uses of them has not changed. */
const PROTOCOLS = ["2025-06-18", "2025-03-26", "2024-11-05"] as const;

const INSTRUCTIONS =
  "Benchgate measures whether a change made a program slower or faster. `run` with `base` measures the working tree side by side with a revision; add `goal` to prove an improvement. Believe its verdicts rather than single timings: inconclusive means not proven either way.";

/**
 * Serves tools over the Model Context Protocol, one JSON-RPC message a line, until the input ends: https://modelcontextprotocol.io/specification.
 * Calls are carried out one after the other, because two measurements at once disturb each other.
 */
export async function serve(tools: readonly Tool[], { input, send, version }: Connection): Promise<void> {
  const running = new Map<Id, AbortController>();
  let last: Promise<void> = Promise.resolve();
  const say = (message: object) => send(JSON.stringify({ jsonrpc: "2.0", ...message }));
  const refuse = (id: Id | null, error: RefusedError) =>
    say({ id, error: { code: error.code, message: error.message } });

  const handle = (message: Message) => {
    const { id, method, params } = message;
    if (method === "notifications/cancelled") running.get(params.requestId as Id)?.abort();
    if (id === null) return;
    if (method === "tools/call") {
      const tool = tools.find(({ name }) => name === params.name);
      if (tool === undefined)
        return refuse(id, new RefusedError(CODES.wrongParameters, `there is no tool ${String(params.name)}`));
      const controller = new AbortController();
      running.set(id, controller);
      last = last.then(async () => {
        // What was called off while others were carried out is not begun.
        const { signal } = controller;
        const result = signal.aborted ? {} : await answerOf(tool, params, { signal, say });
        running.delete(id);
        // Nobody waits for what was called off.
        if (!signal.aborted) say({ id, result });
      });
      return;
    }
    const result = Object.hasOwn(ANSWERS, method) ? ANSWERS[method]!(params, { tools, version }) : undefined;
    if (result === undefined) return refuse(id, new RefusedError(CODES.unknownMethod, `there is no method ${method}`));
    say({ id, result });
  };

  try {
    for await (const line of linesOf(input)) {
      try {
        const message = parseMessage(line);
        if (message !== null) handle(message);
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        refuse(null, error);
      }
    }
  } catch (error) {
    // A line without an end: nothing that comes after it can be read.
    if (!(error instanceof RefusedError)) throw error;
    refuse(null, error);
  }
  for (const controller of running.values()) controller.abort();
  await last;
}

interface Server {
  readonly tools: readonly Tool[];
  readonly version: string;
}

/** What is answered at once, by method. */
const ANSWERS: Readonly<Record<string, (params: Message["params"], server: Server) => object>> = {
  initialize: ({ protocolVersion }, { version }) => ({
    protocolVersion: PROTOCOLS.find((each) => each === protocolVersion) ?? PROTOCOLS[0],
    capabilities: { tools: {} },
    serverInfo: { name: "benchgate", title: "Benchgate", version },
    instructions: INSTRUCTIONS,
  }),
  ping: () => ({}),
  "tools/list": (_, { tools }) => ({
    tools: tools.map(({ call: _, readsOnly, ...told }) => ({
      ...told,
      // The repository's own commands, and those that a client gives, may do anything.
      annotations: { readOnlyHint: readsOnly, destructiveHint: !readsOnly, openWorldHint: !readsOnly },
    })),
  }),
};

async function answerOf(
  tool: Tool,
  params: Message["params"],
  { signal, say }: { readonly signal: AbortSignal; readonly say: (message: object) => void },
): Promise<object> {
  const token = recordOf(params._meta).progressToken;
  let progress = 0;
  const call: Call = {
    signal,
    progress(message) {
      if (token === undefined || signal.aborted) return;
      progress += 1;
      say({ method: "notifications/progress", params: { progressToken: token, progress, message } });
    },
  };
  try {
    const { text, data } = await tool.call(recordOf(params.arguments), call);
    return { content: [{ type: "text", text }], structuredContent: data };
  } catch (error) {
    const text =
      error instanceof GateError ? error.message : `This is a bug in Benchgate: please report it. ${String(error)}`;
    return { content: [{ type: "text", text }], isError: true };
  }
}
