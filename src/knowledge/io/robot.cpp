// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/robot.h"

namespace ys::knowledge {
namespace {

void add_list(std::string& out, std::string_view heading, const std::vector<std::string>& lines,
              bool is_numbered) {
    if (lines.empty()) return;
    out += "\n\n";
    out += heading;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        out += '\n';
        out += is_numbered ? std::to_string(i + 1) + ". " : std::string("· ");
        out += lines[i];
    }
}

}  // namespace

std::string word_of(const Heard& heard) {
    if (!heard.is_learnt) return "learning";
    switch (heard.certainty) {
        case Certainty::Sure:
            return "sure";
        case Certainty::Confirm:
            return "confirm";
        case Certainty::Choose:
            return "choose";
        case Certainty::Unknown:
            break;
    }
    return "unknown";
}

RobotTurn robot_turn(AnswerBook& book, const std::string& text, const std::string& matter,
                     CentreId centre, UtcTime now, std::string_view channel) {
    const Scope scope = Scope::of(centre);
    RobotTurn out{.certainty = "chosen"};
    std::string answered = matter;
    if (matter.empty()) {
        Heard heard = book.hear(text, scope);
        out.certainty = word_of(heard);
        if (heard.certainty == Certainty::Sure && !heard.choices.empty())
            answered = heard.choices.front().code;
        out.choices = std::move(heard.choices);
        out.offers_person = out.certainty == "unknown";
    }
    out.row = {.centre_id = centre,
               .asked_at = now,
               .channel = std::string(channel),
               .words = Private(matter.empty() ? text : std::string{}),
               .certainty = out.certainty,
               .matter = answered};
    if (answered.empty()) return out;
    auto said = book.about(answered, scope, now);
    if (said.empty()) {
        out.offers_person = true;
        return out;
    }
    out.said = std::move(said.front());
    out.row.article_id = out.said->id.value;
    out.row.version = out.said->version.number;
    return out;
}

std::string in_writing(const Said& said) {
    const ArticleContent& c = said.version.content;
    const std::string& text = c.texts[static_cast<std::size_t>(Audience::Citizen)];
    std::string out = text.empty() ? c.statement : text;
    add_list(out, "要带的材料：", c.materials, false);
    add_list(out, "办理步骤：", c.steps, true);
    add_list(out, "适用地区：", c.regions, false);
    if (!c.transfer.empty()) out += "\n\n电话：" + c.transfer;
    return out;
}

}  // namespace ys::knowledge
