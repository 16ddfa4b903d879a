import type { Readable } from 'node:stream'
import type { Dispatcher, Pool } from 'undici'
import type { HttpAnswer } from './http-answer.ts'
import { whenAborted } from './when-aborted.ts'

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path and query. */
  path: string
  /** Name, value, name, value, … */
  headers: string[]
  /** A stream needs a header with its length. */
  body?: string | Readable
  /** For waiting, connect, headers and body together. */
  timeoutMs: number
  /** What is beyond is not read, and the answer is marked as cut. */
  bytesMax: number
  signal?: AbortSignal | undefined
  /** Asked right before the first byte is written; a process that stood still may have lost its right meanwhile. */
  mayBegin?: (() => boolean) | undefined
}

/** One request through the pool. Never rejects; never repeats anything by itself. */
export function request(pool: Pool, details: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const exchange = new Exchange(details, resolve)
    if (details.signal?.aborted) return exchange.fail('aborted')
    const { method, path, headers } = details
    try {
      pool.dispatch({ method, path, headers, body: details.body ?? null }, exchange)
    } catch (error) {
      exchange.fail(reasonOf(error))
    }
  })
}

/**
 * Collects one answer straight from undici's dispatch, which costs half of its promise API on the send path.
 * `onRequestStart` comes just before the first byte is written, so a failure before it is provably unsent.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #details: HttpRequest
  readonly #resolve: (answer: HttpAnswer) => void
  readonly #deadline: NodeJS.Timeout
  readonly #callOff: (() => void) | undefined
  readonly #chunks: Buffer[] = []
  #controller: Dispatcher.DispatchController | undefined
  #isDone = false
  #byteCount = 0
  #status = 0
  #retryAfter: string | undefined

  constructor(details: HttpRequest, resolve: (answer: HttpAnswer) => void) {
    this.#details = details
    this.#resolve = resolve
    this.#deadline = setTimeout(() => this.fail('timeout'), details.timeoutMs)
    this.#callOff = details.signal && whenAborted(details.signal, () => this.fail('aborted'))
  }

  fail(reason: string): void {
    const isWritten = this.#controller !== undefined
    this.#finish({ kind: 'failed', isWritten, reason })
    this.#controller?.abort(new Error(reason))
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#details.mayBegin?.() === false) this.fail('not allowed any more')
    // Given up while it waited for a socket: throwing here keeps the request from being written.
    if (this.#isDone) throw new Error('given up')
    this.#controller = controller
  }

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status
    const retryAfter = headers['retry-after']
    this.#retryAfter = Array.isArray(retryAfter) ? retryAfter[0] : retryAfter
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isDone) return
    this.#byteCount += chunk.length
    if (this.#byteCount <= this.#details.bytesMax) {
      this.#chunks.push(chunk)
      return
    }
    this.#answer(true)
    controller.abort(new Error('answer too long'))
  }

  onResponseEnd(): void {
    this.#answer(false)
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#finish({ kind: 'failed', isWritten: this.#controller !== undefined, reason: reasonOf(error) })
  }

  #answer(isCut: boolean): void {
    const body = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : Buffer.concat(this.#chunks)
    this.#finish({ kind: 'answered', status: this.#status, retryAfter: this.#retryAfter, body, isCut })
  }

  #finish(answer: HttpAnswer): void {
    if (this.#isDone) return
    this.#isDone = true
    clearTimeout(this.#deadline)
    this.#callOff?.()
    this.#resolve(answer)
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return code === '' ? error.message : code
}
