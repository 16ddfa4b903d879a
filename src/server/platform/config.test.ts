import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'
import { variableNames } from './config-environment.ts'

describe('readConfig', () => {
  it('needs no variable at all', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      sandboxPort: 3001,
      publicUrl: 'http://127.0.0.1:3000',
      databaseUrl: null,
      graphUrl: 'https://graph.facebook.com',
      graphVersion: 'v25.0',
      gupshupUrl: 'https://api.gupshup.io',
      allowPrivateWebhooks: false,
    })
  })

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: null })
  })

  it.each([
    [{ PORT: 'http' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ PORT: '65535' }, 'PORT'],
    [{ HOST: 'a b' }, 'HOST'],
    [{ DATABASE_URL: 'mysql://localhost/parley' }, 'DATABASE_URL'],
    [{ REDIS_URL: 'localhost:6379' }, 'REDIS_URL'],
    [{ PARLEY_PUBLIC_URL: 'parley.example.com' }, 'PARLEY_PUBLIC_URL'],
    [{ PARLEY_SECRET_KEY: 'short' }, 'PARLEY_SECRET_KEY'],
    [{ PARLEY_SETUP_EMAIL: 'olivia@example.com' }, 'PARLEY_SETUP_PASSWORD'],
    [{ PARLEY_SETUP_WORKSPACE: 'shop' }, 'PARLEY_SETUP_EMAIL'],
    [
      { PARLEY_SETUP_EMAIL: 'olivia', PARLEY_SETUP_PASSWORD: 'longenough', PARLEY_SETUP_WORKSPACE: 's' },
      'PARLEY_SETUP_EMAIL',
    ],
    [{ PARLEY_META_APP_ID: '123' }, 'PARLEY_META_APP_SECRET'],
    [{ PARLEY_META_VERIFY_TOKEN: 'long-enough' }, 'PARLEY_META_APP_ID'],
    [{ PARLEY_META_VERIFY_TOKEN: 'has a blank' }, 'PARLEY_META_VERIFY_TOKEN'],
    [{ PARLEY_KEEP_BODIES_DAYS: '0' }, 'PARLEY_KEEP_BODIES_DAYS'],
    [{ PARLEY_KEEP_BODIES_DAYS: 'ever' }, 'PARLEY_KEEP_BODIES_DAYS'],
    [{ PARLEY_KEEP_EVENTS_DAYS: '6' }, 'PARLEY_KEEP_EVENTS_DAYS'],
    [{ PARLEY_GRAPH_VERSION: '25' }, 'PARLEY_GRAPH_VERSION'],
    [{ PARLEY_ALLOW_PRIVATE_WEBHOOKS: 'yes' }, 'PARLEY_ALLOW_PRIVATE_WEBHOOKS'],
    [{ PARLEY_ALOW_PRIVATE_WEBHOOKS: '1' }, 'PARLEY_ALOW_PRIVATE_WEBHOOKS'],
    [{ PARLEY_WEBHOOK_NETWORKS: '10.1.0.0/33' }, 'PARLEY_WEBHOOK_NETWORKS'],
    [{ PARLEY_WEBHOOK_NETWORKS: '10.1.0.0/16:0' }, 'PARLEY_WEBHOOK_NETWORKS'],
    [{ PARLEY_WEBHOOK_NETWORKS: 'receiver:8080' }, 'PARLEY_WEBHOOK_NETWORKS'],
    [{ PARLEY_WEBHOOK_NETWORKS: 'fd00::5:9000,x' }, 'PARLEY_WEBHOOK_NETWORKS'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
  ])('refuses %o in a sentence that begins with the variable', (variables, name) => {
    expect(() => readConfig(variables)).toThrow(ConfigError)
    expect(() => readConfig(variables)).toThrow(new RegExp(`^${name} .*\\.\\)?$`))
  })

  it('never shows a secret in what it prints', () => {
    const config = readConfig({
      DATABASE_URL: 'postgres://parley:canary@db/parley',
      PARLEY_META_APP_ID: '1',
      PARLEY_META_APP_SECRET: 'canary',
      PARLEY_META_VERIFY_TOKEN: 'canary-of-the-token',
      PARLEY_SECRET_KEY: 'ca'.repeat(32),
    })
    expect(JSON.stringify(config)).not.toMatch(/canary|caca/)
    expect(config.databaseUrl?.reveal()).toContain('canary')
  })
})

it('every variable stands in the README', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
  expect(variableNames.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
})
