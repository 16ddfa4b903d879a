import type { Connection } from './connection.ts'
import type { GupshupClient } from './gupshup/gupshup-client.ts'
import type {
  MediaReading,
  MessagePayload,
  MetaClient,
  SendOptions,
  TemplateReading,
} from './meta/meta-client.ts'
import type { ProviderAnswer } from './provider-error.ts'
import type { SendOutcome } from './send-outcome.ts'

/** A message on its way out, in Meta's form; each provider's client words it its own way. */
export interface OutgoingMessage {
  /** The provider's id of the number: Meta's phone number id, or Gupshup's source number. */
  phone_number_id: string
  payload: MessagePayload
  /** The provider's id of the template; null when the message is none. */
  template_external_id: string | null
}

/** A template to be reviewed, with components as in Meta's template API. */
export interface NewTemplate {
  name: string
  /** `en_US`. */
  language: string
  category: string
  parameter_format: 'POSITIONAL' | 'NAMED'
  components: Record<string, unknown>[]
}

/** What changes of a template that was submitted. */
export interface TemplateEdit {
  external_id: string
  category?: string
  components: Record<string, unknown>[]
}

/** A file of ours on its way to the provider. */
export interface FileToUpload {
  open: () => AsyncIterable<Uint8Array>
  sizeBytes: number
  mimeType: string
  fileName: string
}

/** What the provider made of it; null where it doesn't say. */
export interface CreatedTemplate {
  external_id: string
  status: string
  category: string | null
}

/** What the hub asks of any provider once a number is connected. Expected failures are values. */
export interface Channel {
  send(connection: Connection, message: OutgoingMessage, options?: SendOptions): Promise<SendOutcome>
  /** Blue ticks; nothing happens where the provider has no way to say it. */
  markRead(connection: Connection, phoneNumberId: string, externalId: string): Promise<ProviderAnswer<null>>
  /** All templates of the account, page by page; ends after the first answer that is not ok. */
  listTemplates(connection: Connection): AsyncIterable<ProviderAnswer<TemplateReading[]>>
  /** Submits a template for review. A part that the provider can't take is answered with the code `unsupported`. */
  createTemplate(connection: Connection, template: NewTemplate): Promise<ProviderAnswer<CreatedTemplate>>
  /** Has it reviewed anew. Where the provider can't, the code is `unsupported`. */
  editTemplate(connection: Connection, edit: TemplateEdit): Promise<ProviderAnswer<null>>
  /** One language of its name. Where the provider can't, the code is `unsupported`. */
  deleteTemplate(
    connection: Connection,
    template: { external_id: string; name: string },
  ): Promise<ProviderAnswer<null>>
  /** Where the file of an inbound message can be fetched. */
  readMedia(
    connection: Connection,
    mediaId: string,
    phoneNumberId: string,
  ): Promise<ProviderAnswer<MediaReading>>
  downloadMedia(
    connection: Connection,
    url: string,
    options: { bytesMax: number; signal?: AbortSignal },
  ): Promise<ProviderAnswer<Buffer>>
  /** The provider's id of the file; null where it takes files by an address only. */
  uploadMedia(
    connection: Connection,
    phoneNumberId: string,
    file: FileToUpload,
  ): Promise<ProviderAnswer<string | null>>
}

const inConsole = {
  ok: false,
  error: {
    code: 'unsupported',
    title: "Templates of Gupshup are changed and deleted in Gupshup's console.",
    detail: null,
  },
} as const

/** One channel for all providers: the connection says whose it is. */
export function createChannel(meta: MetaClient, gupshup: GupshupClient): Channel {
  return {
    send: (connection, message, options) =>
      connection.provider === 'gupshup'
        ? gupshup.send(connection, message, options)
        : meta.send(connection, message.phone_number_id, message.payload, options),
    markRead: async (connection, phoneNumberId, externalId) =>
      connection.provider === 'gupshup'
        ? { ok: true, value: null }
        : await meta.markRead(connection, phoneNumberId, externalId),
    listTemplates: (connection) =>
      connection.provider === 'gupshup' ? gupshup.listTemplates(connection) : meta.listTemplates(connection),
    createTemplate: (connection, template) =>
      connection.provider === 'gupshup'
        ? gupshup.createTemplate(connection, template)
        : meta.createTemplate(connection, template),
    editTemplate: async (connection, edit) =>
      connection.provider === 'gupshup' ? inConsole : await meta.editTemplate(connection, edit),
    deleteTemplate: async (connection, template) =>
      connection.provider === 'gupshup' ? inConsole : await meta.deleteTemplate(connection, template),
    readMedia: async (connection, mediaId, phoneNumberId) =>
      connection.provider === 'gupshup'
        ? gupshup.readMedia(mediaId)
        : await meta.readMedia(connection, mediaId, phoneNumberId),
    downloadMedia: (connection, url, options) =>
      connection.provider === 'gupshup'
        ? gupshup.downloadMedia(connection, url, options)
        : meta.downloadMedia(connection, url, options),
    uploadMedia: async (connection, phoneNumberId, file) =>
      connection.provider === 'gupshup'
        ? { ok: true, value: null }
        : await meta.uploadMedia(connection, phoneNumberId, file),
  }
}
