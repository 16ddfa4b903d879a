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

/** Connectors 1 and 2 share an account and a workspace; 3 is another account there; 4 is another tenant's. */
const known: KnownOwners = {
  accounts: [
    { workspace_id: workspace(1), id: connector(1), waba_id: 'A' },
    { workspace_id: workspace(1), id: connector(2), waba_id: 'A' },
    { workspace_id: workspace(1), id: connector(3), waba_id: null },
    { workspace_id: workspace(2), id: connector(4), waba_id: 'B' },
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
    body: null,
    attempts: 0,
    facts: [],
  }
  const owner = ownerOf({ log, fact }, known)
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
