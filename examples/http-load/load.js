// One round: start the server, warm it up, put it under a bounded load, print autocannon's JSON, stop.
import autocannon from "autocannon";
import { server } from "./server.js";

server.listen(0, "127.0.0.1", async () => {
  const url = `http://127.0.0.1:${server.address().port}/articles`;
  await autocannon({ url, connections: 4, amount: 500 });
  const result = await autocannon({ url, title: "GET /articles", connections: 4, amount: 3000 });
  console.log(JSON.stringify(result));
  server.close();
});
