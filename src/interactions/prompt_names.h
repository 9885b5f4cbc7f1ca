// SPDX-License-Identifier: Apache-2.0
// Every prompt the coordinator itself asks for, besides numbers (ivr/spoken.h) and what flows name.
#pragma once

#include <array>
#include <string_view>

namespace ys::interactions::prompts {

inline constexpr std::string_view music = "music";        ///< waiting and hold; repeats
inline constexpr std::string_view ringback = "ringback";  ///< to an agent who dials; repeats
inline constexpr std::string_view agent_number = "agent-number";        ///< 工号
inline constexpr std::string_view at_your_service = "at-your-service";  ///< 为您服务
inline constexpr std::string_view transferring = "transferring";
inline constexpr std::string_view seat_lost = "seat-lost";
inline constexpr std::string_view survey = "survey";
inline constexpr std::string_view survey_thanks = "survey-thanks";
inline constexpr std::string_view queue_full = "queue-full";  ///< QueueSetup::full_prompt's default
inline constexpr std::string_view queue_full_withheld = "queue-full-withheld";
inline constexpr std::string_view beep = "beep";  ///< voicemail begins
inline constexpr std::string_view voicemail = "voicemail";
inline constexpr std::string_view caller_barred = "caller-barred";    ///< why, and leave a message
inline constexpr std::string_view callback_offer = "callback-offer";  ///< 请按一
inline constexpr std::string_view voicemail_offer = "voicemail-offer";  ///< 请按二
inline constexpr std::string_view callback_number = "callback-number";  ///< key your number
inline constexpr std::string_view callback_promised = "callback-promised";
inline constexpr std::string_view callback_refused = "callback-refused";    ///< go on waiting
inline constexpr std::string_view callback_greeting = "callback-greeting";  ///< we call back
inline constexpr std::string_view duty_connecting = "duty-connecting";      ///< nobody at work
inline constexpr std::string_view duty_call = "duty-call";  ///< to who is on duty: press 1
inline constexpr std::string_view duty_unreached = "duty-unreached";      ///< leave a message
inline constexpr std::string_view emergency_until = "emergency-until";    ///< 预计
inline constexpr std::string_view emergency_over = "emergency-over";      ///< 前恢复
inline constexpr std::string_view emergency_person = "emergency-person";  ///< 请按零

inline constexpr std::string_view emergency_heating = "emergency-heating";
inline constexpr std::string_view emergency_bus = "emergency-bus";
inline constexpr std::string_view emergency_systems = "emergency-systems";

/// What an emergency may say.
inline constexpr std::array emergencies{emergency_heating, emergency_bus, emergency_systems};

inline constexpr std::array all{music,
                                ringback,
                                agent_number,
                                at_your_service,
                                transferring,
                                seat_lost,
                                survey,
                                survey_thanks,
                                queue_full,
                                queue_full_withheld,
                                beep,
                                voicemail,
                                caller_barred,
                                callback_offer,
                                voicemail_offer,
                                callback_number,
                                callback_promised,
                                callback_refused,
                                callback_greeting,
                                duty_connecting,
                                duty_call,
                                duty_unreached,
                                emergency_until,
                                emergency_over,
                                emergency_person,
                                emergency_heating,
                                emergency_bus,
                                emergency_systems};

}  // namespace ys::interactions::prompts
