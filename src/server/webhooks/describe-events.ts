import type { EventTypeEntry } from '../../contract/index.ts'

const introduction = `# Events

Every event type with a sample in each format. Generated from the code that makes deliveries: \`npx vitest run src/server/webhooks/event-catalogue -u\` writes this page anew. The hub gives the same list at \`GET /api/v1/event-types\`. How to receive them: [receiving-webhooks.md](receiving-webhooks.md).

Formats of an endpoint:

- **normalized**: Parley's own, the same whichever provider a number is connected through. Fields may be added, none is taken away.
- **gupshup**: account, template and delivery events key by key as Gupshup's console webhooks send them, built from whatever provider they came from: \`appId\` and \`phone\` stand exactly where its samples have them, and \`conversation\` where the provider told one (Meta hardly does any more). A connector has one address for delivery events: of several endpoints the one saved last gets them, and the answer that saves it carries a \`warning\`. Two things are not in Gupshup's documents and follow its other samples: the code of a READ event and the payload of \`quality-update\`.
- **meta**: the provider's change as it came; of a webhook that told of several, the one this event is about. A webhook of one change comes byte for byte as the provider sent it. Statuses, texts and preferences of Gupshup numbers are put into the form of its v3. Left out, since they would lose something by it: Gupshup's files, taps and lists, its account, template and user events. Left out, since no provider told them: what Parley itself brings about (conversations, lists, consent given through the API), what was learnt by asking the provider (a template sync), and a replay of events whose webhook is not kept any more.

\`message.status_updated\` comes beside \`message.sent\`, \`message.delivered\`, \`message.read\` and \`message.failed\`. In the formats gupshup and meta both would look the same, so an endpoint that asked for both hears a status once.
`

/** The catalogue as a page of the documentation. */
export function describeEvents(catalogue: readonly EventTypeEntry[]): string {
  return `${[introduction, ...catalogue.map(describeType)].join('\n')}`
}

function describeType({ type, description, samples }: EventTypeEntry): string {
  const forms = Object.entries(samples).map(([format, sample]) =>
    sample === null
      ? `Format ${format}: none.\n`
      : `Format ${format}:\n\n\`\`\`json\n${JSON.stringify(sample, null, 2)}\n\`\`\`\n`,
  )
  return [`## ${type}\n`, `${description}\n`, ...forms].join('\n')
}
