// SPDX-License-Identifier: Apache-2.0
#include "api/testing/life_events.h"

#include "base/panic.h"
#include "knowledge/io/life_event_file.h"

namespace ys::api::testing {
namespace {

constexpr std::string_view file = R"(
[[event]]
code = "card"
title = "办卡"
evidence = [
  {code = "id", title = "身份证"},
  {code = "photo", title = "照片", copy_word = "照片", unit = "张"},
  {code = "receipt", title = "挂失回执"},
]
places = [
  {code = "hall", title = "大厅", address = "东街1号", hours = "daily 09:00-17:00"},
  {code = "police", title = "派出所", address = "西街2号", hours = "mon-fri 09:00-12:00"},
]

[[event.questions]]
code = "lost"
title = "旧卡丢了吗"
choices = [{code = "yes", title = "丢了"}, {code = "no", title = "没有丢"}]

[[event.services]]
code = "report"
title = "挂失"
matter = "cold"
when = [{question = "lost", is = ["yes"]}]
evidence = [{evidence = "id", original = true}]
output = "挂失回执"
gives = "receipt"
places = ["police"]
cost_fen = 0
period_days = 0

[[event.services]]
code = "card"
title = "新卡"
matter = "refund"
evidence = [
  {evidence = "id", original = true, copies = 1},
  {evidence = "photo", copies = 2},
  {evidence = "receipt", original = true, when = [{question = "lost", is = ["yes"]}]},
]
output = "卡"
places = ["hall"]
cost_fen = 2000
period_days = 7
queue = "hall_card"
)";

}  // namespace

knowledge::LifeEventBook life_events(knowledge::AnswerBook& answers) {
    auto events = knowledge::read_life_events(file, "life_events.toml");
    YS_ASSERT(events);
    auto book = knowledge::LifeEventBook::make(*std::move(events), {"cold", "refund"}, answers);
    YS_ASSERT(book);
    return *std::move(book);
}

}  // namespace ys::api::testing
