import { createContext, useContext } from 'react'
import { type Api, createApi } from './api.ts'

/** The API outside any workspace: set-up, sign-in, the person. */
export const personApi = createApi('/api/v1')

export const ApiContext = createContext<Api | null>(null)

/** The API of the workspace whose page is open. */
export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('useApi is for pages of a workspace.')
  return api
}

export function workspaceApi(slug: string): Api {
  return createApi(`/api/v1/workspaces/${encodeURIComponent(slug)}`)
}
