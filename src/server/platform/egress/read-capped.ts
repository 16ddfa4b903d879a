import type { Readable } from 'node:stream'

/** Reads at most `bytesMax` and then closes the connection: the rest is never received. */
export async function readCapped(
  stream: Readable,
  bytesMax: number,
): Promise<{ body: Buffer; isBodyCut: boolean }> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    const part = Buffer.from(chunk)
    chunks.push(part)
    bytes += part.length
    // Leaving the loop destroys the stream and with it the socket.
    if (bytes > bytesMax) break
  }
  return { body: Buffer.concat(chunks).subarray(0, bytesMax), isBodyCut: bytes > bytesMax }
}
