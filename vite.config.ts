import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv } from 'vite'

/** The page is built into dist/web, from where the hub serves it; in development Vite passes the API on to a hub. */
export default defineConfig(({ mode }) => {
  const hub = loadEnv(mode, import.meta.dirname, 'PARLEY_').PARLEY_HUB_URL ?? 'http://127.0.0.1:3000'
  return {
    root: `${import.meta.dirname}/src/web`,
    plugins: [react()],
    build: {
      outDir: `${import.meta.dirname}/dist/web`,
      emptyOutDir: true,
      target: 'es2022',
      reportCompressedSize: true,
      rolldownOptions: {
        output: {
          // Without groups each page would ask for a hundred files of one component each.
          codeSplitting: {
            groups: [
              {
                name: 'base',
                test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|i18next|react-i18next)[\\/]/,
              },
              {
                name: 'kit',
                test: /node_modules[\\/](@mantine|@floating-ui|@tabler|clsx)[\\/]/,
                minShareCount: 10,
              },
            ],
          },
        },
      },
    },
    server: { host: '127.0.0.1', proxy: { '/api': { target: hub, changeOrigin: false } } },
  }
})
