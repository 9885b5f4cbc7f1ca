// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/import_draft.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "platform/words/characters.h"

namespace ys::knowledge {
namespace {

constexpr std::size_t said_max = 120, part_max = 60'000, notes_max = 200;

/// The engine's own limits, before anybody has to learn of them at the last step.
std::string part_too_long(const ContentText& content, UserId by) {
    Article probe;
    const auto written = probe.on({}, WriteArticle{by, content_of(content)});
    return written ? "" : written.error().note;
}

}  // namespace

std::string title_key(std::string_view title) {
    std::string out = words::plain_text(title);
    std::erase(out, ' ');
    return out;
}

ImportDraft::ImportDraft(const ImportGround& ground, std::string place) : ground_(ground) {
    out_.place = std::move(place);
    out_.content.owner_id = ground.owner;
}

void ImportDraft::note(const std::string& place, std::string code, std::string_view said) {
    if (out_.notes.size() < notes_max)
        out_.notes.push_back({place, std::move(code), cleaned(said, said_max)});
}

void ImportDraft::put_matter(std::string_view text, const std::string& place) {
    const std::string key = title_key(text);
    out_.matter_said = cleaned(text, said_max);
    for (const MatterRow& each : ground_.matters)
        if (each.code == text || title_key(each.title) == key) out_.matter = each.code;
    if (out_.matter.empty()) note(place, "no_such_matter", text);
}

void ImportDraft::put_minute(ImportPart part, std::string_view text, const std::string& place) {
    const bool is_end = part == ImportPart::ValidUntil;
    const auto minute = minute_in(text, ground_.utc_offset, is_end);
    if (minute)
        (is_end ? out_.content.valid_until : out_.content.review_by) = minute;
    else if (!is_no_date(text))
        note(place, "no_date", text);
}

bool ImportDraft::put_days(ImportPart part, double days, bool counts_from_1904,
                           const std::string& place) {
    const bool is_end = part == ImportPart::ValidUntil;
    if (!is_end && part != ImportPart::ReviewBy) return false;
    const auto minute = minute_of(days, counts_from_1904, ground_.utc_offset, is_end);
    if (minute) (is_end ? out_.content.valid_until : out_.content.review_by) = minute;
    // 20261231 is a day as some write it.
    else if (const auto n = static_cast<long long>(days); n > 20'000'000 && n < 22'000'000)
        put_minute(part,
                   std::to_string(n / 10'000) + "-" + std::to_string(n / 100 % 100) + "-" +
                       std::to_string(n % 100),
                   place);
    else
        note(place, "no_date", std::to_string(n));
    return true;
}

std::string& ImportDraft::text_of_part(ImportPart part) {
    if (part == ImportPart::AgentText) return out_.content.texts.agent;
    return part == ImportPart::CitizenText ? out_.content.texts.citizen : out_.content.texts.voice;
}

void ImportDraft::put(ImportPart part, std::string_view hostile, const std::string& place) {
    std::string text;
    for (const std::string_view line : split(hostile.substr(0, part_max), '\n'))
        text += (text.empty() ? "" : "\n") + cleaned(line, part_max);
    if (hostile.size() > part_max) note(place, "too_long", hostile);
    text = std::string(trimmed(text));
    if (text.empty()) return;
    const auto line = [](std::string from) {
        std::erase(from, '\n');
        return from;
    };
    const auto add = [](std::vector<std::string>& to, std::vector<std::string> more) {
        to.insert(to.end(), std::make_move_iterator(more.begin()),
                  std::make_move_iterator(more.end()));
    };
    ContentText& c = out_.content;
    switch (part) {
        case ImportPart::Matter:
            return put_matter(text, place);
        case ImportPart::Title:
            c.title = line(text);
            return;
        case ImportPart::Statement:
            c.statement += line(text);
            return;
        case ImportPart::AgentText:
        case ImportPart::CitizenText:
        case ImportPart::VoiceText:
            text_of_part(part) += (text_of_part(part).empty() ? "" : "\n") + text;
            return;
        case ImportPart::Materials:
            return add(c.materials, items_in(text));
        case ImportPart::Steps:
            return add(c.steps, items_in(text));
        case ImportPart::Regions:
            return add(c.regions, regions_in(text));
        case ImportPart::Transfer:
            if (std::ranges::any_of(text, [](char sign) { return '0' <= sign && sign <= '9'; }))
                c.transfer = line(text);
            else if (!is_no_date(text))
                note(place, "no_number", text);
            return;
        case ImportPart::Source:
            c.source += line(text);
            return;
        case ImportPart::ValidUntil:
        case ImportPart::ReviewBy:
            return put_minute(part, text, place);
    }
}

std::optional<ImportedArticle> ImportDraft::end(std::vector<ImportNote>& refused) && {
    std::string fault, said = out_.content.title;
    if (said.empty()) {
        fault = "no_title";
        said = out_.content.statement.empty() ? out_.content.texts.agent : out_.content.statement;
    } else if (std::string part = part_too_long(out_.content, ground_.owner); !part.empty()) {
        fault = "part_too_long";
        said = std::move(part);
    }
    if (fault.empty()) return std::move(out_);
    refused.push_back({out_.place, fault, cleaned(said, said_max)});
    return std::nullopt;
}

}  // namespace ys::knowledge
