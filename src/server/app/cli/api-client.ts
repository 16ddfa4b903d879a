import { Readable } from 'node:stream'
import { request } from 'undici'
import { z } from 'zod'
import { errorBody } from '../../../contract/index.ts'
import { ConfigError } from '../../platform/index.ts'

/** The hub's API as commands call it. Every failure is a ConfigError with a sentence for the terminal. */
export interface ApiClient {
  get<Answer extends z.ZodType>(path: string, answer: Answer): Promise<z.infer<Answer>>
  post<Answer extends z.ZodType>(path: string, answer: Answer, body?: ApiBody): Promise<z.infer<Answer>>
}

export interface ApiBody {
  contentType: string
  bytes: number
  stream: Readable
}

export function createApiClient({ url, key }: { url: string; key: string }): ApiClient {
  const base = url.replace(/\/+$/, '')

  async function call<Answer extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    answer: Answer,
    body?: ApiBody,
  ): Promise<z.infer<Answer>> {
    const { statusCode, body: answerBody } = await request(`${base}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body ? { 'content-type': body.contentType, 'content-length': String(body.bytes) } : {}),
      },
      body: body?.stream ?? null,
      bodyTimeout: 60_000,
      headersTimeout: 600_000,
    }).catch((cause: unknown) => {
      throw new ConfigError(`No Parley answers at ${base}. Start it with npm start, or give --url.`, {
        cause,
      })
    })
    const text = await answerBody.text()
    if (statusCode >= 400) throw new ConfigError(readReason(text, statusCode))
    return answer.parse(JSON.parse(text))
  }

  return {
    get: (path, answer) => call('GET', path, answer),
    post: (path, answer, body) => call('POST', path, answer, body),
  }
}

export function jsonBody(value: unknown): ApiBody {
  const text = Buffer.from(JSON.stringify(value))
  return { contentType: 'application/json', bytes: text.length, stream: Readable.from([text]) }
}

function readReason(text: string, statusCode: number): string {
  const parsed = z
    .string()
    .transform((json, ctx) => {
      try {
        return JSON.parse(json)
      } catch {
        ctx.addIssue('not JSON')
        return z.NEVER
      }
    })
    .pipe(errorBody)
    .safeParse(text)
  return parsed.success ? parsed.data.error.message : `The server answered ${statusCode}.`
}
