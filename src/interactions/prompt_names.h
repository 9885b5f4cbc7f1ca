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
inline constexpr std::string_view beep = "beep";              ///< voicemail begins

inline constexpr std::array all{music,     ringback, agent_number,  at_your_service, transferring,
                                seat_lost, survey,   survey_thanks, queue_full,      beep};

}  // namespace ys::interactions::prompts
