import { describe, expect, it } from "vitest";
import { k6Of, servedBy } from "../../served.ts";

const served = (body: string, others: Readonly<Record<string, string>> = {}) => {
  const main = `package main\nimport "net/http"\nfunc main() {\n${body}\n}`;
  return servedBy({ "go.mod": "module m", "main.go": main, ...others, "k6/load.js": k6Of("/items") });
};

describe("a service of Go", () => {
  it.each([
    ["a call that listens", 'http.ListenAndServe(":8081", nil)', 8081],
    [
      "a call that listens, next to the profiler",
      'go http.ListenAndServe("localhost:6060", nil)\nhttp.ListenAndServe(":8081", m)',
      8081,
    ],
    [
      "a constant, and not from that of its database",
      'dbAddr, exportPort := "db:5432", "9"\nexportPort = "7000"\nport := "8081"\nhttp.ListenAndServe(":"+port, nil)',
      8081,
    ],
    [
      "its server, and not from the client of its database",
      'redis.NewClient(&redis.Options{ Addr: "localhost:6379" })\nredis_addr := "localhost:6380"\ns := &http.Server{ Addr: ":8081" }\ns.ListenAndServe()',
      8081,
    ],
    [
      "its own flag",
      'db := flag.String("db", "localhost:5432", "")\np := flag.Int("port", 8081, "")\nhttp.ListenAndServe(fmt.Sprintf(":%d", *p), nil)',
      8081,
    ],
    ["a constant of any name", 'const where string = ":8081"\nhttp.ListenAndServe(where, nil)', 8081],
    ["a number", "const serverPort = 8081\nhttp.ListenAndServe(at(serverPort), nil)", 8081],
    ["its variable", 'http.ListenAndServe(":"+os.Getenv("PORT"), nil)', "$PORT"],
    ["its call, whatever it calls itself", 'call(os.Getenv("API_PORT"))\nhttp.ListenAndServe(":8081", nil)', 8081],
  ])("has its port from %s", (_, body, port) => {
    expect(served(body)).toMatchObject({ serve: "./.benchgate-bin/server", ready: `tcp://127.0.0.1:${port}` });
  });

  it("may listen in another file of its package, or in another package of its module", () => {
    const listens = 'package x\nimport "net/http"\nfunc serve() { http.ListenAndServe(":8081", nil) }';
    expect(served("serve()", { "http.go": listens }).ready).toBe("tcp://127.0.0.1:8081");
    expect(served("x.Serve()", { "internal/x/http.go": listens }).ready).toBe("tcp://127.0.0.1:8081");
  });

  it("may take its connections itself", () => {
    const listens =
      'package server\nimport "net"\nfunc Up(addr string) { var c net.ListenConfig; c.Listen(ctx, "tcp", addr) }';
    expect(served("server.Up(addr)", { "internal/server/server.go": listens }).serve).toBe("./.benchgate-bin/server");
  });

  it("is none that only starts commands or tests", () => {
    expect(served('exec.Command("ls").Run()\ncmd.Start()\nt.Run("a", f)').serve).toBe(null);
  });
});
