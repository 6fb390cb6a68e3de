import { createServer } from "node:http";

/** The service under test: a page of articles, rendered anew for each request. */
export const server = createServer((request, response) => {
  if (request.url !== "/articles") {
    response.writeHead(404).end();
    return;
  }
  const articles = Array.from({ length: 50 }, (_, id) => ({ id, title: `Article ${id}`, words: (id * 7919) % 1000 }));
  articles.sort((a, b) => b.words - a.words);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(articles));
});
