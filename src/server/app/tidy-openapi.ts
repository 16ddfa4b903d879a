interface Answer {
  description?: string
  content?: unknown
}

interface Operation {
  responses?: Record<string, Answer>
}

/** As much of an OpenAPI document as is read and written here. */
export interface ApiDocument {
  paths?: Record<string, unknown>
  components?: { schemas?: Record<string, unknown> }
}

const schemaReference = /"#\/components\/schemas\/(\w+)"/g
const input = 'Input'
const errorAnswer = {
  description: 'An error: its code is one of a closed list',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorBody' } } },
}

/**
 * The generator names every schema twice, as it is sent and as it is answered. Keeps those that a route or `roots` lead
 * to and calls what is only sent by its plain name; adds to each route what it answers when something is wrong.
 */
export function tidyDocument<Document extends ApiDocument>(
  document: Document,
  roots: readonly string[],
): Document {
  const paths = mapOperations(document.paths ?? {}, completeResponses)
  const schemas = document.components?.schemas ?? {}
  const used = findUsed(paths, schemas, roots)
  const plainNameOf = (name: string) => {
    const plain = name.endsWith(input) ? name.slice(0, -input.length) : name
    return used.has(plain) ? name : plain
  }
  const kept = [...used].sort().map((name) => [plainNameOf(name), renameIn(schemas[name], plainNameOf)])
  return {
    ...document,
    paths: renameIn(paths, plainNameOf),
    components: { ...document.components, schemas: Object.fromEntries(kept) },
  }
}

function findUsed(
  paths: unknown,
  schemas: Record<string, unknown>,
  roots: readonly string[],
): ReadonlySet<string> {
  const used = new Set<string>()
  const waiting = [...referencesIn(paths), ...roots]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (used.has(name) || schemas[name] === undefined) continue
    used.add(name)
    waiting.push(...referencesIn(schemas[name]))
  }
  return used
}

function referencesIn(json: unknown): string[] {
  return [...JSON.stringify(json).matchAll(schemaReference)].flatMap(([, name]) => name ?? [])
}

function renameIn(json: unknown, nameOf: (name: string) => string) {
  return JSON.parse(
    JSON.stringify(json).replace(
      schemaReference,
      (_, name: string) => `"#/components/schemas/${nameOf(name)}"`,
    ),
  )
}

function mapOperations(paths: Record<string, unknown>, change: (operation: Operation) => Operation) {
  const mapValues = (record: object, map: (value: object) => object) =>
    Object.fromEntries(
      Object.entries(record).map(([key, value]) => [
        key,
        typeof value === 'object' && value !== null ? map(value) : value,
      ]),
    )
  return mapValues(paths, (operations) => mapValues(operations, change))
}

function completeResponses(operation: Operation): Operation {
  const { 200: ok, ...others } = operation.responses ?? {}
  const isEmpty = ok !== undefined && ok.content === undefined
  const answers: Record<string, Answer> = { ...(ok ? { [isEmpty ? 204 : 200]: ok } : {}), ...others }
  const described = Object.entries(answers).map(([status, answer]) => [
    status,
    { ...answer, description: answer.content === undefined ? 'Done' : 'OK' },
  ])
  return { ...operation, responses: { ...Object.fromEntries(described), default: errorAnswer } }
}
