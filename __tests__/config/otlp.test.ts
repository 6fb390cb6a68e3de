import { expect, it } from "vitest";
import { OTLP } from "../../src/config/otlp.ts";

it("a collector's address gets the path of metrics, once", () => {
  const paths = {
    "https://otlp.example.com": "https://otlp.example.com/v1/metrics",
    "https://otlp.example.com/otlp/": "https://otlp.example.com/otlp/v1/metrics",
    "https://otlp.example.com/v1/metrics?key=1#x": "https://otlp.example.com/v1/metrics?key=1",
    "http://localhost:4318": "http://localhost:4318/v1/metrics",
    "http://127.0.0.1:4318/": "http://127.0.0.1:4318/v1/metrics",
    "http://[::1]:4318": "http://[::1]:4318/v1/metrics",
  };
  for (const [written, meant] of Object.entries(paths)) expect(OTLP.read([written])).toBe(meant);
  expect(OTLP.read([])).toBeNull();
});

it("a collector is not sent to where others could read or choose what is sent", () => {
  const refused = {
    "http://otlp.example.com": /Use https/,
    "http://127.0.0.1.example.com": /Use https/,
    "http://2130706434.example.com": /Use https/,
    "https://user:secret@otlp.example.com": /OTEL_EXPORTER_OTLP_HEADERS/,
    "ftp://otlp.example.com": /Write it like/,
    "file:///etc/passwd": /Write it like/,
    "otlp.example.com:4318": /Write it like/,
    "": /Write it like/,
  };
  for (const [written, remedy] of Object.entries(refused)) {
    expect(() => OTLP.read([written])).toThrow(remedy);
    expect(() => OTLP.read([written])).not.toThrow(/secret/);
  }
});
