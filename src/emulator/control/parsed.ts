import type { FastifyReply } from 'fastify'
import { z } from 'zod'

/** A control request that cannot be served; answered with its status and sentence. */
export class ControlFault extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** The input in the schema's shape, or a 422 that names the field. */
export function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input ?? {})
  if (result.success) return result.data
  throw new ControlFault(422, z.prettifyError(result.error))
}

export function found<Thing>(thing: Thing | undefined, what: string): Thing {
  if (thing === undefined) throw new ControlFault(404, `There is no such ${what}.`)
  return thing
}

export function sendControlFault(reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof ControlFault)
    return reply.code(error.status).send({ error: { message: error.message } })
  const status = isHttpError(error) ? error.statusCode : 500
  const message = error instanceof Error ? error.message : 'Something went wrong.'
  return reply.code(status).send({ error: { message } })
}

function isHttpError(error: unknown): error is { statusCode: number } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'statusCode' in error &&
    typeof error.statusCode === 'number'
  )
}
