import { describe, expect, it } from 'vitest'
import { readWorkspacePath } from './workspace-path.ts'

describe('a path that names a workspace', () => {
  it.each([
    ['/api/v1/workspaces/acme/lists/lst_1?limit=2', '/api/v1/lists/lst_1?limit=2', 'acme'],
    ['/api/v1/workspaces/a-1/me', '/api/v1/me', 'a-1'],
  ])('%s is the route %s', (url, path, slug) => {
    expect(readWorkspacePath(url)).toEqual({ path, slug })
  })

  it.each([
    '/api/v1/workspaces',
    '/api/v1/workspaces/acme',
    '/api/v1/workspaces/ACME/me',
    '/api/v1/workspaces/%61cme/me',
    '/api/v1/workspaces//me',
    '/api/v1/workspaces/../me',
    '/x/api/v1/workspaces/acme/me',
    '/api/v1/lists',
  ])('%s names none and stays as it is', (url) => {
    expect(readWorkspacePath(url)).toEqual({ path: url, slug: null })
  })
})
