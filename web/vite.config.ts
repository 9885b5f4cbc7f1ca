// SPDX-License-Identifier: Apache-2.0
// Pages: index.html is the desk, call.html the citizen's web call, case.html their case, survey.html what they
// say of it, ask.html where they ask a robot, chat.html where they write with it and with people,
// live.html where they look things up, list.html what they need to get one thing done,
// field.html the repairer's phone. The server embeds dist/.
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': here('./src') } },
  define: {
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  // The server puts a fresh value for every __NONCE__ in a page it sends.
  html: { cspNonce: '__NONCE__' },
  build: {
    // Desktops with older Chromium kernels are still common at public desks.
    target: 'chrome87',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { desk: here('./index.html'), call: here('./call.html'), case: here('./case.html'), survey: here('./survey.html'), ask: here('./ask.html'), list: here('./list.html'), chat: here('./chat.html'), live: here('./live.html'), field: here('./field.html') },
    },
  },
  server: {
    proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})
