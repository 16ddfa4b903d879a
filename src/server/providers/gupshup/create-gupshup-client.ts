import type { Pools } from '../meta/pools.ts'
import { checkKey, checkSource, readRatings, readWallet } from './check-app.ts'
import { createTemplate } from './create-template.ts'
import type { GupshupClient } from './gupshup-client.ts'
import { listTemplates } from './list-templates.ts'
import { downloadMedia, readMedia } from './media.ts'
import { sendMessage } from './send-message.ts'

export function createGupshupClient(pools: Pools): GupshupClient {
  return {
    send: (connection, message, options) => sendMessage(pools, connection, message, options),
    listTemplates: (connection) => listTemplates(pools, connection),
    createTemplate: (connection, template) => createTemplate(pools, connection, template),
    checkKey: (connection) => checkKey(pools, connection),
    checkSource: (connection, source) => checkSource(pools, connection, source),
    readRatings: (connection) => readRatings(pools, connection),
    readWallet: (connection) => readWallet(pools, connection),
    readMedia,
    downloadMedia: (connection, url, options) => downloadMedia(pools, connection, url, options),
  }
}
