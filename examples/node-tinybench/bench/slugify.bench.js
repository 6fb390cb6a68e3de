import { Bench } from "tinybench";
import { slugify } from "../src/slugify.js";

const article = "Crème brûlée, twice! ".repeat(200);

const bench = new Bench({ time: 200, warmupTime: 50 });
bench.add("short title", () => slugify("Crème brûlée, twice!"));
bench.add("whole article", () => slugify(article));

export default bench;
