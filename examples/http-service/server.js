// The service under test: articles from a store that takes its time. It listens on the port that Benchgate gives it.
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** How long the store takes to answer, in milliseconds. */
const STORE = 20;

const server = createServer(async (request, response) => {
  if (request.url === "/health") {
    response.end("ready");
    return;
  }
  if (request.url !== "/articles") {
    response.writeHead(404).end();
    return;
  }
  await sleep(STORE);
  const articles = Array.from({ length: 50 }, (_, id) => ({ id, title: `Article ${id}`, words: (id * 7919) % 1000 }));
  articles.sort((a, b) => b.words - a.words);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(articles));
});

server.listen(Number(process.env.PORT ?? 3000), "127.0.0.1");
process.once("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
});
