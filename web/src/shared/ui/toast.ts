// SPDX-License-Identifier: Apache-2.0
// A passing message at the top; never the only place of a fact.
import { ElMessage } from 'element-plus/es/components/message/index'
import 'element-plus/es/components/message/style/css'
import { announce } from '../lib/announcer'

export type ToastKind = 'success' | 'warning' | 'error'

export function toast(text: string, kind: ToastKind = 'success'): void {
  announce(text, kind === 'error')
  ElMessage({ message: text, type: kind, duration: kind === 'success' ? 2_500 : 5_000, grouping: true, placement: 'bottom-left', showClose: kind !== 'success' })
}
