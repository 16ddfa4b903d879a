import { z } from 'zod'
import { ParleyError } from '../error.ts'
import { findUnstorable } from './unstorable.ts'

interface FieldProblem {
  path: string
  message: string
}

/** Fastify's validator: what the contract's schema gives back replaces the body, query or parameters. */
export function compileValidator({ schema }: { schema: unknown }) {
  return (data: unknown): { value: unknown } | { error: Error } => {
    if (!(schema instanceof z.ZodType)) return { value: data }
    const result = schema.safeParse(data ?? undefined)
    if (!result.success) return { error: validationError(result.error) }
    const path = findUnstorable(result.data)
    return path === null ? { value: result.data } : { error: unstorable(path) }
  }
}

function unstorable(path: readonly PropertyKey[]): ParleyError {
  const message = 'There is a character in it that no text can hold: NUL, or half of a pair.'
  const where = pathText(path)
  return new ParleyError('validation_failed', `${where}: ${message}`, { fields: [{ path: where, message }] })
}

/** Names every field that is wrong; the message tells the first. */
export function validationError(error: z.ZodError): ParleyError {
  const fields = error.issues.flatMap(problemsOf)
  const first = fields[0]
  const message = first
    ? first.path
      ? `${first.path}: ${first.message}`
      : first.message
    : 'The request is not valid.'
  return new ParleyError('validation_failed', message, { fields })
}

function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      message: 'There is no field of this name.',
    }))
  }
  return [{ path: pathText(issue.path), message: issue.message }]
}

/** components[2].text */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text ? `${text}.${String(part)}` : String(part)
  }, '')
}
