// SPDX-License-Identifier: Apache-2.0
#include "reports/testing/sixty_cases.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/panic.h"

namespace ys::reports::testing {
namespace {

constexpr std::int64_t minute_us = 60'000'000, day_us = 24 * 60 * minute_us;

UtcTime first_of_november() {
    const auto at = parse_rfc3339("2026-11-01");
    YS_ASSERT(at);
    return *at;
}

/// "3/09:30": the third of the month.
UtcTime time_of(const std::string& text) {
    const auto slash = text.find('/'), colon = text.find(':');
    YS_ASSERT(slash != text.npos && colon != text.npos);
    const std::int64_t day = std::stoll(text.substr(0, slash));
    const std::int64_t minutes = std::stoll(text.substr(slash + 1, colon - slash - 1)) * 60 +
                                 std::stoll(text.substr(colon + 1));
    return {first_of_november().us + (day - 1) * day_us + minutes * minute_us};
}

std::string state_after(const std::string& verb, const std::string& state) {
    static const std::map<std::string, std::string> after{{"dispatch", "dispatched"},
                                                          {"accept", "accepted"},
                                                          {"return", "returned"},
                                                          {"return_again", "disputed"},
                                                          {"assign", "accepted"},
                                                          {"take_over", "accepted"},
                                                          {"tell_citizen", "awaiting_confirmation"},
                                                          {"confirm", "closed"},
                                                          {"object", "second_handling"},
                                                          {"object_unheard", "disputed"},
                                                          {"close", "closed"},
                                                          {"settle", "closed"},
                                                          {"declare_out_of_scope", "out_of_scope"},
                                                          {"withdraw", "withdrawn"}};
    if (verb == "reopen") return state == "out_of_scope" ? "filed" : "accepted";
    const auto found = after.find(verb);
    return found == after.end() ? state : found->second;
}

/// Tells one case as the stores do.
class Teller {
public:
    Teller(HandCounted& out, std::string kind, std::uint64_t agent, std::uint64_t centre)
        : out_(out), kind_(std::move(kind)), agent_(agent), centre_(centre) {}

    void filed(UtcTime at, bool has_file) {
        saved(at, "created");
        if (has_file) moved(at, "file", 0);
    }
    void event(const std::string& text) {
        std::istringstream in(text);
        std::string when, verb, first, second;
        std::uint64_t third = 0;
        in >> when >> verb >> first >> second >> third;
        if (when == "nothing" || verb == "nofile") return;
        const UtcTime at = time_of(when);
        if (verb == "kind") {
            kind_ = first;
            return saved(at, "changed");
        }
        if (verb == "late" || verb == "warned")
            return tell(
                at, facts::CaseClockTold{out_.case_id, first, verb == "late" ? "broken" : "warned",
                                         number(second)});
        if (verb == "survey") return said(at, "page", first, second);
        if (verb == "settle" && !second.empty()) said(at, "desk", "yes", second);
        if (verb == "close") said(at, "desk", "unreached", "not_said");
        const bool is_word = verb == "confirm" || verb.starts_with("object");
        if (is_word) said(at, "desk", first, second);
        if (verb == "tell") verb = "tell_citizen";
        if (verb == "attempt") verb = "record_attempt";
        moved(at, verb, is_word ? third : number(first));
    }

private:
    static std::uint64_t number(const std::string& text) {
        return text.empty() ? 0 : std::stoull(text);
    }
    void tell(UtcTime at, facts::Body body) {
        out_.facts.push_back({at, CentreId{centre_}, {}, {}, std::move(body)});
    }
    void saved(UtcTime at, const char* action) {
        tell(at, facts::CaseSaved{out_.case_id, std::to_string(out_.case_id), action, agent_,
                                  kind_ == "unknown" ? "" : kind_, 0});
    }
    void said(UtcTime at, const char* channel, const std::string& solved,
              const std::string& satisfied) {
        tell(at, facts::CaseConfirmed{out_.case_id, channel, solved, satisfied});
    }
    void moved(UtcTime at, const std::string& verb, std::uint64_t unit) {
        if (verb == "accept") unit = handler_;
        if (unit != 0) handler_ = unit;
        const std::string from = std::exchange(state_, state_after(verb, state_));
        tell(at, facts::CaseMoved{out_.case_id, verb, from, state_, 0, "", unit, handler_, 0, ""});
    }

    HandCounted& out_;
    std::string kind_;
    std::uint64_t agent_, centre_, handler_ = 0;
    std::string state_ = "filed";
};

std::vector<std::string> parts_of(const std::string& text, const std::string& between) {
    std::vector<std::string> out;
    for (std::size_t at = 0;;) {
        const auto end = text.find(between, at);
        out.push_back(text.substr(at, end - at));
        if (end == text.npos) return out;
        at = end + between.size();
    }
}

HandCounted read_case(const std::string& line) {
    HandCounted out;
    out.line = line;
    const auto parts = parts_of(line, " : ");
    YS_ASSERT(parts.size() == 3);
    std::istringstream head(parts[0]), marks(parts[2]);
    std::string kind, who, filed;
    head >> out.case_id >> kind >> who >> filed;
    const auto at = who.find('@');
    Teller teller(out, kind, std::stoull(who.substr(0, at)), std::stoull(who.substr(at + 1)));
    teller.filed(time_of(filed), parts[1].find("nofile") == std::string::npos);
    for (const std::string& event : parts_of(parts[1], ", ")) teller.event(event);
    for (std::string& mark : out.marks) marks >> mark;
    YS_ASSERT(!out.marks.back().empty());
    return out;
}

}  // namespace

std::vector<facts::Fact> SixtyCases::facts() const {
    std::vector<facts::Fact> out;
    for (const HandCounted& each : cases)
        out.insert(out.end(), each.facts.begin(), each.facts.end());
    return out;
}

SixtyCases sixty_cases() {
    std::ifstream in(std::filesystem::path(__FILE__).parent_path() /
                     "../../../tests/stories/cases/sixty.txt");
    YS_ASSERT(in.good());
    SixtyCases out;
    out.window = {first_of_november(), {first_of_november().us + 30 * day_us}};
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        if (line[0] != '=') {
            out.cases.push_back(read_case(line));
            continue;
        }
        std::istringstream words(line.substr(1));
        std::string row, id, figure, sum;
        words >> row >> id >> figure >> sum;
        const auto slash = sum.find('/');
        out.sums[row + " " + id + " " + figure] = {std::stoull(sum.substr(0, slash)),
                                                   std::stoull(sum.substr(slash + 1))};
    }
    return out;
}

}  // namespace ys::reports::testing
