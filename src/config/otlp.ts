import { GateError } from "../model/error.ts";
import { one } from "../model/setting.ts";

/** Where metrics of OTLP over HTTP go below a collector's address. */
const PATH = "/v1/metrics";

/** The address of a collector for metrics: `https`, or `http` on this machine alone, since numbers and headers would be read on the way. */
export const OTLP = one((word): string => {
  const url = URL.canParse(word) ? new URL(word) : null;
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw new GateError("this is not the address of a collector", "Write it like https://otlp.example.com");
  }
  if (url.username !== "" || url.password !== "") {
    throw new GateError("a password does not belong in an address", "Put it into OTEL_EXPORTER_OTLP_HEADERS");
  }
  if (url.protocol === "http:" && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)) {
    throw new GateError("without TLS only a collector on this machine is sent to", "Use https");
  }
  const path = url.pathname.replace(/\/+$/, "");
  url.pathname = path.endsWith(PATH) ? path : `${path}${PATH}`;
  url.hash = "";
  return url.href;
});

/** What is said of the setting, as an input and as a flag. */
export const OTLP_ABOUT =
  "The address of a collector, such as `https://otlp.example.com`. It gets medians, p99 and verdicts as OTLP metrics over HTTP, with the headers from the variable `OTEL_EXPORTER_OTLP_HEADERS`. If they cannot be sent, that is a warning.";
