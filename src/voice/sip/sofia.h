// SPDX-License-Identifier: Apache-2.0
// The one door through which sofia-sip's C types come in, with our classes as its contexts.
#pragma once

namespace ys::sip {
class Call;
class SofiaStack;
}  // namespace ys::sip

#define SU_ROOT_MAGIC_T ys::sip::SofiaStack
#define SU_MSG_ARG_T ys::sip::SofiaStack*
#define SU_TIMER_ARG_T ys::sip::SofiaStack
#define NTA_AGENT_MAGIC_T ys::sip::SofiaStack
#define NTA_LEG_MAGIC_T ys::sip::Call
#define NTA_INCOMING_MAGIC_T ys::sip::Call
#define NTA_OUTGOING_MAGIC_T ys::sip::Call
#define NTA_RELIABLE_MAGIC_T ys::sip::Call

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
// clang-format off
#include <sofia-sip/su_wait.h>
#include <sofia-sip/su_log.h>
#include <sofia-sip/su_tag.h>
#include <sofia-sip/nta.h>
#include <sofia-sip/nta_tag.h>
#include <sofia-sip/nta_stateless.h>
#include <sofia-sip/nta_tport.h>
#include <sofia-sip/tport.h>
#include <sofia-sip/tport_tag.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/sip_tag.h>
#include <sofia-sip/sip_util.h>
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/url.h>
// clang-format on
#pragma GCC diagnostic pop
