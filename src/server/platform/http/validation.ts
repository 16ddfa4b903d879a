import { z } from 'zod'
import { ParleyError } from '../error.ts'

interface FieldProblem {
  path: string
  message: string
}

/** Fastify's validator: what the contract's schema gives back replaces the body, query or parameters. */
export function compileValidator({ schema }: { schema: unknown }) {
  return (data: unknown): { value: unknown } | { error: Error } => {
    if (!(schema instanceof z.ZodType)) return { value: data }
    const result = schema.safeParse(data ?? undefined)
    return result.success ? { value: result.data } : { error: validationError(result.error) }
  }
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
