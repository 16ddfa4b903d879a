import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'

interface ResponseRoute {
  schema: unknown
  method: string
  url: string
  httpStatus?: string
}

/**
 * Answers are written as they are: routes build them field by field, and a schema pass for each item would halve the
 * speed of long lists. With `isChecking` every answer is also compared with the contract, undeclared fields included.
 */
export function compileSerializer(isChecking: boolean) {
  return ({ schema, method, url, httpStatus }: ResponseRoute) => {
    if (!isChecking || !(schema instanceof z.ZodType)) return (data: unknown) => JSON.stringify(data)
    return (data: unknown) => {
      const text = JSON.stringify(data)
      refuseDifference(schema, JSON.parse(text), `${method} ${url} ${httpStatus ?? ''}`)
      return text
    }
  }
}

function refuseDifference(schema: z.ZodType, answer: unknown, route: string): void {
  const result = schema.safeParse(answer)
  if (!result.success)
    throw new Error(`The answer of ${route} does not match the contract: ${z.prettifyError(result.error)}`)
  const declared: unknown = JSON.parse(JSON.stringify(result.data))
  if (!isDeepStrictEqual(declared, answer))
    throw new Error(`The answer of ${route} has fields that the contract does not declare.`)
}
