/** Placeholder until the first migration lands: `npm run db:types` writes this file. */
import type { ColumnType } from 'kysely'

type Row = Record<string, ColumnType<unknown, unknown, unknown>>

export type DB = Record<string, Row>
