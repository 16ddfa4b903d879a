import { deleteTemplate, editTemplate } from './change-template.ts'
import { createTemplate } from './create-template.ts'
import { listTemplates } from './list-templates.ts'
import { markRead } from './mark-read.ts'
import { downloadMedia, readMedia } from './media.ts'
import type { MetaClient } from './meta-client.ts'
import type { Pools } from './pools.ts'
import { readSubscribedApps, readWaba, subscribeApp } from './read-account.ts'
import { debugToken, readAppSubscription, verifyAppSecret } from './read-app.ts'
import { listNumbers, readNumber } from './read-number.ts'
import { createSendMessage } from './send-message.ts'
import { uploadMedia } from './upload-media.ts'

export function createMetaClient(pools: Pools): MetaClient {
  return {
    send: createSendMessage(pools),
    markRead: (connection, phoneNumberId, externalId, options) =>
      markRead(pools, connection, phoneNumberId, { externalId, typing: options?.typing ?? false }),
    createTemplate: (connection, template) => createTemplate(pools, connection, template),
    listTemplates: (connection) => listTemplates(pools, connection),
    readNumber: (connection, phoneNumberId) => readNumber(pools, connection, phoneNumberId),
    listNumbers: (connection, wabaId) => listNumbers(pools, connection, wabaId),
    readWaba: (connection, wabaId) => readWaba(pools, connection, wabaId),
    subscribeApp: (connection, wabaId) => subscribeApp(pools, connection, wabaId),
    readSubscribedApps: (connection, wabaId) => readSubscribedApps(pools, connection, wabaId),
    readAppSubscription: (connection, appId) => readAppSubscription(pools, connection, appId),
    debugToken: (connection) => debugToken(pools, connection),
    verifyAppSecret: (connection) => verifyAppSecret(pools, connection),
    editTemplate: (connection, edit) => editTemplate(pools, connection, edit),
    deleteTemplate: (connection, template) => deleteTemplate(pools, connection, template),
    readMedia: (connection, mediaId, phoneNumberId) => readMedia(pools, connection, mediaId, phoneNumberId),
    downloadMedia: (connection, url, options) => downloadMedia(pools, connection, url, options),
    uploadMedia: (connection, phoneNumberId, file) => uploadMedia(pools, connection, phoneNumberId, file),
  }
}
