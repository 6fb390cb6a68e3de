import { GateError } from "../model/error.ts";
import type { Files } from "../ports/index.ts";

/** The text of a file of at most so many bytes, unpacked where it is in gzip. Throws a `GateError` for a larger one, which is not read to its end. */
export async function boundedText(files: Pick<Files, "open">, file: string, most: number): Promise<string> {
  const opened = await files.open(file);
  if (opened === null) throw new GateError("there is no such file", "Run the job that left it again");
  const decoder = new TextDecoder();
  const texts: string[] = [];
  let size = 0;
  for await (const chunk of opened.chunks()) {
    size += chunk.length;
    if (size > most)
      throw new GateError(`it is larger than ${most / 2 ** 20} MiB`, "Measure fewer benchmarks in one suite");
    texts.push(decoder.decode(chunk, { stream: true }));
  }
  texts.push(decoder.decode());
  // Joined at once: a text of a thousand parts would be read part by part.
  return texts.join("");
}
