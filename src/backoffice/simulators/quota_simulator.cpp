// SPDX-License-Identifier: Apache-2.0
#include "backoffice/simulators/quota_simulator.h"

#include <algorithm>
#include <array>

namespace ys::backoffice {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::size_t stages_of_all = 3;
constexpr minutes never{days(36'500)};

struct Record {
    std::string_view number;
    std::string_view digits;
    /// When each stage is done, from the start of the simulator on.
    std::array<minutes, stages_of_all> done;
    std::string_view refusal_zh = {}, refusal_en = {};  ///< at the first stage that is never done
    minutes expires{days(365)};
};

constexpr std::array records{
    // Goes through all of it while a demonstration lasts.
    Record{"QT20260001", "100001", {minutes(10), minutes(20), minutes(30)}},
    Record{"QT20260002", "100002", {-days(2), never, never}},
    Record{"QT20260003", "100003", {-days(9), -days(3), never}},
    Record{"QT20260004", "100004", {-days(40), -days(33), -days(26)}, {}, {}, days(180)},
    Record{"QT20260005", "100005", {-days(360), -days(355), -days(350)}, {}, {}, days(12)},
    Record{"QT20260006",
           "100006",
           {-days(5), never, never},
           "驾驶证信息与公安交管部门登记的不一致",
           "the driving licence differs from what the traffic police have"},
    Record{"QT20260007",
           "100007",
           {never, never, never},
           "居住证照片不清晰，请重新上传",
           "the picture of the residence permit cannot be read, please send another"},
    Record{"QT20260008", "100008", {-days(400), -days(395), -days(390)}, {}, {}, -days(3)},
};

const Record* find(const Subject& subject) {
    if (subject.kind != SubjectKind::Application) return nullptr;
    const auto found = std::ranges::find(records, subject.number, &Record::number);
    return found == records.end() ? nullptr : &*found;
}

}  // namespace

bool QuotaSimulator::matches(const Subject& subject, std::string_view digits) const {
    const Record* record = find(subject);
    return record && record->digits == digits;
}

Result<LiveAnswer> QuotaSimulator::look(const Subject& subject, std::string_view,
                                        UtcTime now) const {
    static const std::array<Words, stages_of_all> names{Words{"材料初审", "document check"},
                                                        Words{"复审", "second review"},
                                                        Words{"公示", "publication"}};
    const UtcTime as_of = clock_.data_of(now);
    LiveAnswer answer =
        answer_of(subject, {"指标管理系统（模拟）", "simulated quota system"}, as_of);
    const Record* record = find(subject);
    if (!record) return answer;
    answer.is_known = true;
    ApplicationFacts facts{.title = {"小客车指标申请", "car quota application"},
                           .status = Status::InProgress};
    for (std::size_t i = 0; i < names.size(); ++i) {
        const UtcTime done = clock_.after_start(record->done[i]);
        facts.stages.push_back({names[i], {}});
        if (done <= as_of) facts.stages.back().done_at = done;
    }
    if (!record->refusal_zh.empty()) {
        facts.status = Status::Refused;
        facts.refusal_reason = {std::string(record->refusal_zh), std::string(record->refusal_en)};
    } else if (facts.stages.back().done_at) {
        facts.status = Status::Granted;
        facts.result = {"获得小客车配置指标一个", "one car quota was given"};
        facts.expires_at = clock_.after_start(record->expires);
    }
    answer.application = std::move(facts);
    return answer;
}

}  // namespace ys::backoffice
