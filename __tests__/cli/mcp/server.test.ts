import { describe, expect, it } from "vitest";
import { serve, type Tool } from "../../../src/cli/mcp/server.ts";
import { GateError } from "../../../src/model/error.ts";

const SCHEMA = { type: "object" } as const;
const tool = (name: string, call: Tool["call"]): Tool => ({
  ...{ name, title: name, description: name, inputSchema: SCHEMA, outputSchema: SCHEMA, readsOnly: true },
  call,
});

/** What the server says to these lines, each piece as it arrives. */
async function said(tools: readonly Tool[], pieces: AsyncIterable<string> | Iterable<string>) {
  const lines: string[] = [];
  async function* input() {
    for await (const piece of pieces) yield new TextEncoder().encode(piece);
  }
  await serve(tools, { input: input(), send: (line) => void lines.push(line), version: "1.2.3" });
  return lines.map((line) => JSON.parse(line));
}

const request = (id: number, method: string, params: object = {}) =>
  `${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`;

describe("the protocol's server", () => {
  it("speaks the client's revision where it knows it, and its newest where it does not", async () => {
    const answers = await said(
      [],
      [
        request(1, "initialize", { protocolVersion: "2024-11-05" }),
        request(2, "initialize", { protocolVersion: "1999-01-01" }),
      ],
    );
    expect(answers.map(({ result }) => result.protocolVersion)).toEqual(["2024-11-05", "2025-06-18"]);
    expect(answers[0].result.serverInfo).toMatchObject({ name: "benchgate", version: "1.2.3" });
  });

  it("refuses what is no message, no method and no tool, and goes on", async () => {
    const answers = await said(
      [],
      [
        "{oops\n",
        "[]\n",
        "7\n",
        request(1, "tools/cal"),
        request(4, "__proto__"),
        request(5, "toString"),
        request(2, "tools/call", { name: "x" }),
        request(3, "ping"),
      ],
    );
    expect(answers.map(({ id, error, result }) => [id, error?.code ?? result])).toEqual([
      [null, -32700],
      [null, -32600],
      [null, -32600],
      [1, -32601],
      [4, -32601],
      [5, -32601],
      [2, -32602],
      [3, {}],
    ]);
  });

  it("ends, and stops what it carries out, at a line that has no end", async () => {
    const patient = tool("patient", async (_, { signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      return { text: "late", data: {} };
    });
    async function* pieces() {
      yield request(1, "tools/call", { name: "patient" });
      await new Promise((resolve) => setImmediate(resolve));
      yield " ".repeat(2 ** 24 + 1);
    }
    expect(await said([patient], pieces())).toMatchObject([{ id: null, error: { code: -32600 } }]);
  });

  it("puts a message together that comes in pieces, and says nothing to a notification", async () => {
    const [first, rest] = [request(1, "ping").slice(0, 20), request(1, "ping").slice(20)];
    const answers = await said(
      [],
      [first, `${rest}{"jsonrpc":"2.0","method":"notifications/initialized"}\n`, request(2, "ping").trim()],
    );
    expect(answers.map(({ id }) => id)).toEqual([1, 2]);
  });

  it("carries out one call after the other, and tells a mistake of the caller's as a result", async () => {
    const order: string[] = [];
    const slow = tool("slow", async () => {
      order.push("slow begins");
      await Promise.resolve();
      order.push("slow ends");
      return { text: "done", data: { a: 1 } };
    });
    const wrong = tool("wrong", async () => {
      order.push("wrong");
      throw new GateError("it is wrong", "Mend it");
    });
    const answers = await said(
      [slow, wrong],
      [request(1, "tools/call", { name: "slow" }), request(2, "tools/call", { name: "wrong" })],
    );
    expect(order).toEqual(["slow begins", "slow ends", "wrong"]);
    expect(answers[0].result).toEqual({ content: [{ type: "text", text: "done" }], structuredContent: { a: 1 } });
    expect(answers[1].result).toMatchObject({ isError: true, content: [{ text: expect.stringContaining("Mend it") }] });
  });

  it("stops a call that is called off, and does not answer it", async () => {
    const patient = tool("patient", async (_, { signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      return { text: "late", data: {} };
    });
    const cancel = `${JSON.stringify({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } })}\n`;
    async function* pieces() {
      yield request(1, "tools/call", { name: "patient" });
      // The call begins in a turn of its own.
      await new Promise((resolve) => setImmediate(resolve));
      yield cancel;
      yield request(2, "ping");
    }
    expect(await said([patient], pieces())).toEqual([{ jsonrpc: "2.0", id: 2, result: {} }]);
  });

  it("does not begin a call that is called off while it waits, nor one that nobody is left to hear", async () => {
    const begun: unknown[] = [];
    const patient = tool("patient", async ({ name }, { signal }) => {
      begun.push(name);
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      return { text: "late", data: {} };
    });
    const ask = (id: number) => request(id, "tools/call", { name: "patient", arguments: { name: id } });
    async function* pieces() {
      yield ask(1) + ask(2);
      // The call begins in a turn of its own.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await said([patient], pieces())).toEqual([]);
    expect(begun).toEqual([1]);
  });

  it("says of a tool that runs commands that these may do anything", async () => {
    const runs: Tool = { ...tool("runs", async () => ({ text: "", data: {} })), readsOnly: false };
    const [{ result }] = await said([runs], [request(1, "tools/list")]);
    expect(result.tools[0].annotations).toEqual({ readOnlyHint: false, destructiveHint: true, openWorldHint: true });
  });

  it("tells progress to whoever gave a token", async () => {
    const talks = tool("talks", async (_, { progress }) => {
      progress("round 1");
      return { text: "", data: {} };
    });
    const answers = await said(
      [talks],
      [
        request(1, "tools/call", { name: "talks", _meta: { progressToken: "t" } }),
        request(2, "tools/call", { name: "talks" }),
      ],
    );
    expect(answers.filter(({ method }) => method !== undefined)).toEqual([
      {
        jsonrpc: "2.0",
        method: "notifications/progress",
        params: { progressToken: "t", progress: 1, message: "round 1" },
      },
    ]);
  });
});
