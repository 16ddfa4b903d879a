const pattern = /^\/api\/v1\/workspaces\/([a-z0-9][a-z0-9-]{0,62})(\/.*)$/

export interface WorkspacePath {
  /** The path as the routes know it. */
  path: string
  /** The workspace named in it; null when the credential alone decides. */
  slug: string | null
}

/** `/api/v1/workspaces/acme/lists/…` is `/api/v1/lists/…` in the workspace `acme`. */
export function readWorkspacePath(url: string): WorkspacePath {
  const match = pattern.exec(url)
  if (!match) return { path: url, slug: null }
  return { path: `/api/v1${match[2]}`, slug: match[1] ?? null }
}

/** Remembers, from rewriting to authentication, which workspace a request named. */
export function createWorkspacePaths() {
  const slugs = new WeakMap<object, string>()
  return {
    rewriteUrl(request: { url?: string | undefined }): string {
      const { path, slug } = readWorkspacePath(request.url ?? '/')
      if (slug !== null) slugs.set(request, slug)
      return path
    },
    slugOf: (request: object): string | null => slugs.get(request) ?? null,
  }
}

export type WorkspacePaths = ReturnType<typeof createWorkspacePaths>
