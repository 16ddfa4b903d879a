interface Answer {
  description?: string
  content?: unknown
}

/** Where a route's media types stand until the document is tidied. */
export const answersWithKey = 'x-answers-with'

interface Operation {
  responses?: Record<string, Answer>
  [answersWithKey]?: readonly string[]
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
 * to and calls what is only sent by its plain name; gives each route a name for programs that are made from the
 * document, and what it answers when something is wrong.
 */
export function tidyDocument<Document extends ApiDocument>(
  document: Document,
  roots: readonly string[],
): Document {
  const paths = mapOperations(document.paths ?? {}, completeOperation)
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

function mapOperations(
  paths: Record<string, unknown>,
  change: (operation: Operation, method: string, path: string) => object,
) {
  const mapValues = (record: object, map: (value: object, key: string) => object) =>
    Object.fromEntries(
      Object.entries(record).map(([key, value]) => [
        key,
        typeof value === 'object' && value !== null ? map(value, key) : value,
      ]),
    )
  return mapValues(paths, (operations, path) =>
    mapValues(operations, (operation, method) => change(operation, method, path)),
  )
}

function completeOperation(operation: Operation, method: string, path: string): object {
  const { [answersWithKey]: types, ...described } = operation
  const files = types && { 200: { content: Object.fromEntries(types.map((type) => [type, {}])) } }
  return {
    ...described,
    operationId: nameOf(method, path),
    responses: describeAnswers(files ?? operation.responses),
  }
}

/** `patch` of `/api/v1/webhook-endpoints/{id}` → `patchWebhookEndpointsById` */
function nameOf(method: string, path: string): string {
  const words = path
    .replace(/^\/api\/v\d+/, '')
    .replaceAll(/\{(\w+)\}/g, 'by-$1')
    .split(/[^a-z0-9]+/i)
  return [method, ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('')
}

function describeAnswers(responses: Record<string, Answer> = {}): Record<string, Answer> {
  const { 200: ok, ...others } = responses
  const isEmpty = ok !== undefined && ok.content === undefined
  const answers: Record<string, Answer> = { ...(ok ? { [isEmpty ? 204 : 200]: ok } : {}), ...others }
  const described = Object.entries(answers).map(([status, answer]) => [
    status,
    { ...answer, description: answer.content === undefined ? 'Done' : 'OK' },
  ])
  return { ...Object.fromEntries(described), default: errorAnswer }
}
