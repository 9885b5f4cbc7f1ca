// SPDX-License-Identifier: Apache-2.0
#include "api/chat_problem.h"

#include <algorithm>
#include <array>

namespace ys::api {
namespace {

struct Sentence {
    std::string_view code, zh, en;
};

// clang-format off
constexpr std::array sentences{
    Sentence{"chat_not_now",               "现在不能这样操作",                     "This cannot be done in the conversation now."},
    Sentence{"chat_has_ended",             "会话已经结束",                         "The conversation has ended."},
    Sentence{"chat_text_missing",          "请先写点内容",                         "Please write something first."},
    Sentence{"chat_text_too_long",         "内容太长，请分几次发送",               "The message is too long; send it in parts."},
    Sentence{"chat_key_unfit",             "消息无法识别，请刷新页面",             "The message could not be read; reload the page."},
    Sentence{"chat_too_fast",              "发得太快了，请稍等再发",               "Too fast; wait a moment, then send again."},
    Sentence{"chat_too_many_messages",     "这次会话太长了，请结束后重新开始",     "This conversation is too long; end it and begin another."},
    Sentence{"chat_not_yours",             "这个会话不在您这里",                   "You do not have this conversation."},
    Sentence{"chat_article_not_said",      "这个版本的口径现在不能使用",           "This version of the article is not in force."},
    Sentence{"chat_contact_too_long",      "联系方式太长",                         "The contact is too long."},
    Sentence{"chat_rating_unfit",          "请选一到五颗星，留言不要太长",         "Choose one to five stars, with few words."},
    Sentence{"chat_rated_already",         "您已经评价过了，谢谢",                 "You have rated it already. Thank you."},
    Sentence{"chat_no_such_conversation",  "会话已经结束，可以重新开始",           "The conversation is over; you can begin another."},
    Sentence{"chat_there_already",         "会话已经开始了",                       "The conversation has begun already."},
    Sentence{"chat_too_many_conversations","现在咨询的人太多，请稍后再来或拨打热线", "Too many people are writing; try later or ring the hotline."},
    Sentence{"chat_no_such_agent",         "该坐席没有在接会话",                   "The agent takes no conversations now."},
    Sentence{"chat_agent_full",            "该坐席的会话已经满了",                 "The agent has as many conversations as they take."},
    Sentence{"chat_capacity_unfit",        "同时会话数应为 1 到 5",                "One to five conversations at once."},
    Sentence{"chat_word_unfit",            "有一个敏感词是空的或太长",             "A guarded word is empty or too long."},
    Sentence{"chat_too_many_words",        "敏感词太多了",                         "The list of guarded words is too long."},
    Sentence{"chat_passed_to_own",         "您自己就接这个队列，不用转",           "You serve that queue yourself."},
    Sentence{"chat_queue_closed",          "那个队列现在不在服务时间，不能转过去", "That queue is closed now, so nothing can be passed to it."},
    Sentence{"chat_nobody_there",          "那个队列现在没有人接会话，不能转过去", "Nobody takes conversations of that queue now."},
    Sentence{"chat_not_offered",           "本热线没有开通在线会话",               "This hotline offers no web chat."},
    Sentence{"chat_no_queue",              "您没有加入任何队列，不能接会话",       "You serve no queue, so there is nothing to take."},
    Sentence{"chat_look_unfit",            "编号或名称不对，请照单子上的写",       "That is no such number or name; write it as on your paper."},
    Sentence{"chat_too_many_looks",        "查得太快了，请一分钟后再查",           "Too many look-ups; try again in a minute."},
    Sentence{"file_empty",                 "文件是空的",                           "The file is empty."},
    Sentence{"file_too_large",             "文件太大，最大 10 MB",                 "The file is too large; 10 MB at most."},
    Sentence{"file_kind",                  "只能发送照片（JPG、PNG）、PDF 和文本", "Only photos (JPG, PNG), PDF and plain text can be sent."},
    Sentence{"file_name",                  "文件没有名字",                         "The file has no name."},
    Sentence{"file_gap",                   "文件没有传完整，请重新发送",           "A piece of the file is missing; send it again."},
};
// clang-format on

}  // namespace

std::string_view chat_sentence(std::string_view code, std::string_view language) {
    const auto found = std::ranges::find(sentences, code, &Sentence::code);
    if (found == sentences.end()) return {};
    return language == "en" ? found->en : found->zh;
}

}  // namespace ys::api
