// SPDX-License-Identifier: Apache-2.0
// One file per area of the screens.
import common from './common.json'
import state from './state.json'
import error from './error.json'
import exchange from './exchange.json'
import when from './when.json'
import voice from './voice.json'
import sign_in from './sign_in.json'
import frame from './frame.json'
import desk from './desk.json'
import palette from './palette.json'
import picker from './picker.json'
import caseWords from './case.json'
import evidence from './evidence.json'
import message from './message.json'
import calls from './calls.json'
import facts from './facts.json'
import recording from './recording.json'
import floor from './floor.json'
import flows from './flows.json'
import emergency from './emergency.json'
import incident from './incident.json'
import cause from './cause.json'
import defect from './defect.json'
import follow_up from './follow_up.json'
import lost from './lost.json'
import barred from './barred.json'
import knowledge from './knowledge.json'
import articleImport from './article_import.json'
import directory from './directory.json'
import live from './live.json'
import life from './life.json'
import kpi from './kpi.json'
import admin from './admin.json'
import keys from './keys.json'
import rules from './rules.json'
import types from './types.json'
import survey from './survey.json'
import chat from './chat.json'

export const messages = {
  common,
  state,
  error,
  exchange,
  when,
  voice,
  sign_in,
  frame,
  desk,
  palette,
  picker,
  case: caseWords,
  evidence,
  message,
  calls,
  facts,
  recording,
  floor,
  flows,
  emergency,
  incident,
  cause,
  defect,
  follow_up,
  lost,
  barred,
  knowledge, article_import: articleImport,
  directory,
  live,
  life,
  kpi,
  admin,
  keys,
  rules,
  types,
  survey,
  chat,
}
