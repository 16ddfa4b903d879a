import { describe, expect, it } from 'vitest'
import {
  type ConnectorId,
  connectorId,
  inboundLogId,
  type NumberId,
  numberId,
  type WorkspaceId,
  workspaceId,
} from '../../contract/index.ts'
import type { UnknownFact } from '../providers/index.ts'
import { type KnownOwners, ownerOf } from './find-owner.ts'

const id = (prefix: string, n: number) => `${prefix}_${String(n).padStart(32, '0')}`
const workspace = (n: number): WorkspaceId => workspaceId.parse(id('wsp', n))
const connector = (n: number): ConnectorId => connectorId.parse(id('con', n))
const number = (n: number): NumberId => numberId.parse(id('num', n))

const ofMeta = { app_id: null, number_id: null }

/** Connectors 1 and 2 share an account and a workspace; 3 is another account there; 4 is another tenant's; 5 and 6 are Gupshup's. */
const known: KnownOwners = {
  accounts: [
    { workspace_id: workspace(1), id: connector(1), waba_id: 'A', ...ofMeta },
    { workspace_id: workspace(1), id: connector(2), waba_id: 'A', ...ofMeta },
    { workspace_id: workspace(1), id: connector(3), waba_id: null, ...ofMeta },
    { workspace_id: workspace(2), id: connector(4), waba_id: 'B', ...ofMeta },
    { workspace_id: workspace(1), id: connector(5), waba_id: null, app_id: 'app-5', number_id: number(5) },
    { workspace_id: workspace(1), id: connector(6), waba_id: null, app_id: 'app-6', number_id: null },
  ],
  numbers: new Map(
    [1, 2, 3, 4].map((n) => [
      `p${n}`,
      {
        workspace_id: workspace(n === 4 ? 2 : 1),
        id: number(n),
        connector_id: connector(n),
        waba_id: n === 4 ? 'B' : n === 3 ? null : 'A',
      },
    ]),
  ),
}

function ownerFor(signer: number | null, phone_number_id: string | null, waba_id: string | null) {
  const fact: UnknownFact = { kind: 'unknown', waba_id, phone_number_id, field: 'x', type: null, value: null }
  const log = {
    id: inboundLogId.parse(id('inl', 1)),
    workspace_id: null,
    connector_id: signer === null ? null : connector(signer),
    source: 'meta' as const,
    body: null,
    received_at: new Date(0),
    processed_at: null,
    attempts: 0,
    facts: [],
    was_parked: false,
  }
  const owner = ownerOf({ log, fact, appId: null }, known)
  return owner && [owner.workspaceId, owner.connectorId, owner.numberId]
}

describe('the owner of a fact', () => {
  it.each<[string, number | null, string | null, string | null, unknown]>([
    ['its own number', 1, 'p1', 'A', [workspace(1), connector(1), number(1)]],
    [
      'a number of the same account on another connector',
      1,
      'p2',
      'A',
      [workspace(1), connector(2), number(2)],
    ],
    ['a number of another account of the workspace', 1, 'p3', 'C', null],
    ['a number of another tenant (T04)', 1, 'p4', 'B', null],
    ['a number that nobody has', 1, 'p9', 'A', null],
    ['its own account', 1, null, 'A', [workspace(1), connector(1), null]],
    ['another account', 1, null, 'B', null],
    ['an account, when the connector knows none yet', 3, null, 'Z', [workspace(1), connector(3), null]],
    ['a number, told by the platform app', null, 'p4', 'B', [workspace(2), connector(4), number(4)]],
    ['an account, told by the platform app', null, null, 'B', [workspace(2), connector(4), null]],
    ['an account that nobody has, told by the platform app', null, null, 'Z', null],
    ['nothing at all, told by the platform app', null, null, null, null],
    ['anything, signed by a connector that is gone', 9, 'p1', 'A', null],
  ])('of %s', (_, signer, phoneNumberId, wabaId, owner) => {
    expect(ownerFor(signer, phoneNumberId, wabaId)).toEqual(owner)
  })
})

describe('the owner of what a Gupshup app says', () => {
  function ownerForApp(signer: number, appId: string | null) {
    const origin = { waba_id: null, phone_number_id: null }
    const fact: UnknownFact = { kind: 'unknown', ...origin, field: 'x', type: null, value: null }
    const log = {
      id: inboundLogId.parse(id('inl', 1)),
      workspace_id: workspace(1),
      connector_id: connector(signer),
      source: 'gupshup' as const,
      body: null,
      received_at: new Date(0),
      processed_at: null,
      attempts: 0,
      facts: [],
      was_parked: false,
    }
    return ownerOf({ log, fact, appId }, known)?.numberId ?? null
  }

  it.each([
    ['is its number, though no number is named', 5, null, number(5)],
    ['is its number when the app is named', 5, 'app-5', number(5)],
    ['is nobody when another app was pointed to this address', 5, 'app-6', null],
    ['is nobody while it is disconnected', 6, 'app-6', null],
  ])('%s', (_, signer, appId, expected) => {
    expect(ownerForApp(signer, appId)).toBe(expected)
  })
})
