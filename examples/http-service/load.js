// An open load: requests leave on a schedule, whether or not earlier ones were answered, as they do in real life. Each is timed from
// the moment it was due, so a stall of the service counts for every request that it held up.
import { writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";

const RATE = 500; // requests a second
const COUNT = 1500;

const url = `${process.env.BENCHGATE_URL}/articles`;
const agent = new Agent({ keepAlive: true });
const latencies = [];
let failed = 0;

/** One request; resolves once it is answered, in whatever way. */
function request(due) {
  return new Promise((resolve) => {
    const fail = () => resolve(void failed++);
    get(url, { agent }, (response) => {
      response.resume().once("error", fail);
      response.once("end", () => {
        if (response.statusCode !== 200) return fail();
        latencies.push((performance.now() - due) / 1000);
        resolve();
      });
    }).once("error", fail);
  });
}

/** Resolves when it is `due`, never before: a timer counts whole milliseconds and may end early, so the last one is waited out in turns. */
async function until(due) {
  for (let left = due - performance.now(); left > 0; left = due - performance.now()) {
    await (left > 1 ? sleep(left - 1) : turn());
  }
}

const start = performance.now();
const requests = [];
while (requests.length < COUNT) {
  const due = start + (requests.length / RATE) * 1000;
  await until(due);
  requests.push(request(due));
}
await Promise.all(requests);
agent.destroy();

const common = { benchmark: "GET /articles", loadModel: "open" };
const measurements = [
  { ...common, metric: "latency", unit: "s", better: "lower", samples: latencies },
  { ...common, metric: "error-rate", unit: "1", better: "lower", value: failed / COUNT },
];
writeFileSync(
  process.env.BENCHGATE_OUTPUT,
  JSON.stringify({
    schema: "benchgate.recording/1",
    rounds: [{ measurements: latencies.length > 0 ? measurements : [] }],
  }),
);
